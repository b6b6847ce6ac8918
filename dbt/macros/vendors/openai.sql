{# The input includes what is read from and written to a cache, and reasoning is inside
   output. Where nothing is said of caching, the input of completions stays unspecified:
   its price is not known. Calls of a model for a web search are those of completions.
   Line items of costs are free text, `<model>, <kind>` where they are of tokens. #}
{% macro facts__openai() %}
    {%- set uncached = "coalesce(
                    input_uncached_tokens,
                    input_tokens - coalesce(input_cached_tokens, 0)
                    - coalesce(input_cache_write_tokens, 0)
                )" -%}
    {%- set is_split = "(
                    endpoint <> 'completions'
                    or coalesce(input_uncached_tokens, input_cached_tokens) is not null
                )" -%}
    {%- set kind = "lower(trim(substr(line_item, instr(line_item, ',') + 1)))" -%}
    {%- set token_class = "case
                when instr(line_item, ',') = 0 then 'none'
                when " ~ kind ~ " in ('input', 'input_tokens', 'uncached input')
                    then 'input_uncached'
                when " ~ kind ~ " in (
                    'cached input', 'cached_input', 'input_cached_tokens'
                ) then 'cache_read'
                when " ~ kind ~ " in (
                    'cache write', 'cache_write', 'input_cache_write_tokens'
                ) then 'cache_write_unspecified'
                when " ~ kind ~ " in ('output', 'output_tokens') then 'output'
                else 'none'
            end" -%}
    {{ return({
        'usage': [{
            'table': 'usage',
            'evidence': 'vendor',
            'scope': "'openai'",
            'usage_date': 'usage_date',
            'principal_type': "case
                when user_id is not null then 'user'
                when api_key_id is not null then 'api_key'
                else 'unknown'
            end",
            'principal_id': "coalesce(user_id, api_key_id, '')",
            'provider': "'openai'",
            'model': 'model',
            'product': 'endpoint',
            'service_tier': "case
                when is_batch then 'batch'
                when service_tier in ('default', 'auto') then 'standard'
                else service_tier
            end",
            'api_key_id': 'api_key_id',
            'project_id': 'project_id',
            'tokens': {
                'input_uncached': 'case when ' ~ is_split ~ ' then ' ~ uncached ~ ' end',
                'cache_read': 'input_cached_tokens',
                'cache_write_unspecified': 'input_cache_write_tokens',
                'input_unspecified':
                    'case when not ' ~ is_split ~ ' then input_tokens
                    - coalesce(input_cache_write_tokens, 0) end',
                'output': 'output_tokens',
            },
            'vendor_total': 'input_tokens + coalesce(output_tokens, 0)',
            'requests':
                "case when endpoint <> 'web_search_calls' then num_model_requests end",
            'tool_units': 'coalesce(
                images, characters, seconds, usage_bytes, num_sessions, num_requests
            )',
            'tool_unit': "case
                when images is not null then 'images'
                when characters is not null then 'characters'
                when seconds is not null then 'seconds'
                when usage_bytes is not null then 'bytes'
                when num_sessions is not null then 'sessions'
                when num_requests is not null then 'searches'
            end",
        }],
        'cost': [{
            'table': 'costs',
            'usage_date': 'usage_date',
            'model': "case
                when instr(line_item, ',') > 0
                    then trim(substr(line_item, 1, instr(line_item, ',') - 1))
            end",
            'project_id': 'project_id',
            'api_key_id': 'api_key_id',
            'token_class': token_class,
            'charge_kind': "case
                when amount < 0 then 'adjustment'
                when line_item is null
                    or quantity_unit in ('tokens', '1000_tokens')
                    or (" ~ token_class ~ ") <> 'none'
                    then 'usage'
                else 'tool'
            end",
            'quantity': 'quantity',
            'quantity_unit': 'quantity_unit',
            'billed_usd': "case when lower(currency) = 'usd' then amount end",
            'currency': 'upper(currency)',
            'allocate': 'true',
        }],
        'accounts': [{
            'table': 'users',
            'account_kind': "'user'",
            'account_id': 'user_id',
            'email': 'email',
            'account_name': 'full_name',
            'where': 'not coalesce(is_service_account, false)',
        }],
        'keys': [{
            'table': 'api_keys',
            'key_id': 'api_key_id',
            'key_name': 'key_name',
            'owner_kind': 'owner_type',
            'owner_id': 'owner_id',
            'project_id': 'project_id',
        }],
    }) }}
{% endmacro %}

{# Prompt tokens contain what caches held; a proxy that says less of the prompt than of
   its caches is taken at the caches' word, and then its total closes to nothing. Spend is
   the proxy's estimate: the price book is asked instead. Models come as the proxy names
   its deployments, 'vertex_ai/gemini-2.5-pro'; without the provider they are those of the
   price book. #}
{% macro facts__litellm() %}
    {%- set cached = 'coalesce(cache_read_tokens, 0) + coalesce(cache_creation_tokens, 0)' -%}
    {{ return({
        'usage': [{
            'table': 'spend_logs',
            'evidence': 'gateway',
            'scope': "case
                when provider in ('vertex_ai', 'vertex_ai_beta', 'gemini') then 'google/vertex'
                when provider like 'bedrock%' then 'aws/bedrock'
                when provider like 'azure%' then 'azure/openai'
                else coalesce(provider, 'litellm')
            end",
            'provider': "case
                when provider in ('vertex_ai', 'vertex_ai_beta', 'gemini') then 'google'
                when provider like 'bedrock%' then 'aws'
                when provider like 'azure%' then 'azure'
                else coalesce(provider, 'litellm')
            end",
            'usage_date': 'usage_date',
            'used_at': "date_trunc('hour', started_at)",
            'principal_type': "case
                when user_id is not null then 'user'
                when api_key <> '' then 'api_key'
                else 'unknown'
            end",
            'principal_id': 'coalesce(user_id, api_key)',
            'model': "case
                when substr(model, 1, length(provider) + 1) = concat(provider, '/')
                    then substr(model, length(provider) + 2)
                else model
            end",
            'api_key_id': "nullif(api_key, '')",
            'project_id': 'team_id',
            'tokens': {
                'input_uncached': 'greatest(prompt_tokens - (' ~ cached ~ '), 0)',
                'cache_read': 'cache_read_tokens',
                'cache_write_unspecified': 'cache_creation_tokens',
                'output': 'completion_tokens',
            },
            'vendor_total': 'case when prompt_tokens >= ' ~ cached ~ ' then total_tokens end',
            'requests': '1',
        }],
        'sums': [{
            'table': 'daily_activity',
            'of': 'spend_logs',
            'evidence': 'gateway',
            'usage_date': 'usage_date',
            'tokens': {
                'input_uncached': 'greatest(prompt_tokens - (' ~ cached ~ '), 0)',
                'cache_read': 'cache_read_tokens',
                'cache_write_unspecified': 'cache_creation_tokens',
                'output': 'completion_tokens',
            },
        }],
        'accounts': [{
            'table': 'users',
            'account_kind': "'user'",
            'account_id': 'user_id',
            'email': 'email',
        }],
        'keys': [{
            'table': 'keys',
            'key_id': 'api_key',
            'key_name': 'key_alias',
            'owner_kind': "case when user_id is not null then 'user' end",
            'owner_id': 'user_id',
            'project_id': 'team_id',
        }],
    }) }}
{% endmacro %}

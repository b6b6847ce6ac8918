{# Prompts contain what a cache held, and completions their reasoning. Writes to a cache
   are told by nobody and stay in the uncached input. Calls with a key of one's own at a
   provider are in that provider's count; a row with both kinds goes by where the larger
   part of its money went. #}
{% macro facts__openrouter() %}
    {{ return({
        'usage': [{
            'table': 'activity',
            'evidence': 'vendor',
            'scope': "'openrouter'",
            'is_elsewhere': 'coalesce(byok_usage_usd > usage_usd, false)',
            'usage_date': 'usage_date',
            'principal_type':
                "case when api_key_hash = '' then 'unknown' else 'api_key' end",
            'principal_id': 'api_key_hash',
            'provider': "'openrouter'",
            'model': 'model',
            'api_key_id': "nullif(api_key_hash, '')",
            'tokens': {
                'input_uncached': 'case
                    when cached_tokens > prompt_tokens then 0
                    else prompt_tokens - coalesce(cached_tokens, 0)
                end',
                'cache_read': 'cached_tokens',
                'output': 'completion_tokens',
            },
            'vendor_total': 'case
                when coalesce(cached_tokens, 0) <= prompt_tokens
                    then prompt_tokens + completion_tokens
            end',
            'reasoning_tokens': 'reasoning_tokens',
            'requests': 'requests',
            'list_usd': 'usage_usd',
            'billed_usd': 'usage_usd',
        }],
        'keys': [{
            'table': 'keys',
            'key_id': 'key_hash',
            'key_name': 'key_name',
            'project_id': 'workspace_id',
        }],
    }) }}
{% endmacro %}

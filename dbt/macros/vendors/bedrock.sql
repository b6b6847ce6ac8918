{# Input excludes what is read from or written to a cache, and thinking is inside
   output. Requests count the calls that were answered. #}
{% macro facts__bedrock() %}
    {{ return({
        'usage': [{
            'table': 'invocations',
            'evidence': 'cloud_log',
            'scope': "'aws/bedrock'",
            'usage_date': 'usage_date',
            'used_at': "date_trunc('hour', invoked_at)",
            'principal_type': 'principal_type',
            'principal_id': 'principal_id',
            'principal_email': 'principal_email',
            'provider': "'aws'",
            'model': 'model',
            'product': "'bedrock'",
            'region': 'coalesce(inference_region, region)',
            'api_key_id': 'role_name',
            'project_id': 'account_id',
            'tokens': {
                'input_uncached': 'input_tokens',
                'cache_read': 'cache_read_input_tokens',
                'cache_write_unspecified': 'cache_write_input_tokens',
                'output': 'output_tokens',
            },
            'requests': 'case when error_code is null then 1 end',
        }],
    }) }}
{% endmacro %}

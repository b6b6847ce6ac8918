{# Input contains what a cache held. #}
{% macro facts__toy() %}
    {{ return({
        'usage': [{
            'table': 'usage',
            'evidence': 'vendor',
            'scope': "'toy'",
            'usage_date': 'usage_date',
            'principal_type': "'user'",
            'principal_id': 'user_email',
            'principal_email': 'user_email',
            'tokens': {
                'input_uncached': 'input_tokens - cached_tokens',
                'cache_read': 'cached_tokens',
                'output': 'output_tokens',
            },
            'vendor_total': 'input_tokens + output_tokens',
        }],
    }) }}
{% endmacro %}

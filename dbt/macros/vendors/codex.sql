{# The text counters are disjoint, and reasoning is inside output. The vendor splits
   credits by model and tokens not at all, so a row has no model. #}
{% macro facts__codex() %}
    {{ return({
        'usage': [{
            'table': 'usage',
            'evidence': 'vendor',
            'scope': "'openai/chatgpt'",
            'usage_date': 'usage_date',
            'principal_type': 'principal_type',
            'principal_id': 'principal_id',
            'principal_email': 'principal_email',
            'provider': "'openai'",
            'product': "'codex'",
            'tokens': {
                'input_uncached': 'uncached_text_input_tokens',
                'cache_read': 'cached_text_input_tokens',
                'output': 'text_output_tokens',
            },
            'vendor_total': 'text_total_tokens',
            'credits': 'credits',
            'list_usd': 'coalesce(estimated_cost_usd, '
                ~ credits_to_usd('credits', 'usd_per_credit') ~ ')',
            'billed_usd': 'cost_usd',
        }],
        'activity': [{
            'table': 'usage',
            'usage_date': 'usage_date',
            'principal_type': 'principal_type',
            'principal_id': 'principal_id',
            'principal_email': 'principal_email',
            'product': "'codex'",
            'sessions': 'threads',
            'turns': 'turns',
            'lines_added_ai': 'lines_added',
            'lines_removed_ai': 'lines_removed',
        }],
    }) }}
{% endmacro %}

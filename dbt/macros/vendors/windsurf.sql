{# Credits are the vendor's measure and no tokens; it counts hundredths of them. #}
{% macro facts__windsurf() %}
    {{ return({
        'usage': [{
            'table': 'user_days',
            'evidence': 'vendor',
            'scope': "'windsurf'",
            'where': "record = 'runs'",
            'usage_date': 'usage_date',
            'principal_type': "'user'",
            'principal_id': 'user_email',
            'principal_email': 'user_email',
            'model': 'model',
            'product': "'cascade'",
            'requests': 'messages_sent',
            'credits': credits_of_hundredths('prompts_used'),
            'list_usd': credits_to_usd(credits_of_hundredths('prompts_used'), 'usd_per_credit'),
        }],
        'accounts': [{
            'table': 'users',
            'account_kind': "'user'",
            'account_id': 'email',
            'email': 'email',
            'account_name': 'full_name',
        }],
        'seats': [{
            'table': 'users',
            'where': 'removed_at is null',
            'account_kind': "'user'",
            'account_id': 'email',
            'email': 'email',
            'last_active_on': 'cast(last_used_at as date)',
        }],
        'activity': [{
            'table': 'user_days',
            'usage_date': 'usage_date',
            'principal_type': "'user'",
            'principal_id': 'user_email',
            'principal_email': 'user_email',
            'product': "'cascade'",
            'prompts': 'messages_sent',
            'lines_added_ai': 'lines_accepted',
        }],
    }) }}
{% endmacro %}

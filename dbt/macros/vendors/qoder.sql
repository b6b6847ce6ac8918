{# Credits are the vendor's measure and no tokens; `cost` is of no stated unit. #}
{% macro facts__qoder() %}
    {{ return({
        'usage': [{
            'table': 'usage_events',
            'evidence': 'vendor',
            'scope': "'qoder'",
            'usage_date': 'usage_date',
            'used_at': "date_trunc('hour', used_at)",
            'principal_type': "case when user_id = '' then 'unknown' else 'user' end",
            'principal_id': 'user_id',
            'principal_email': 'user_email',
            'model': 'model_tier',
            'product': 'usage_source',
            'credits': 'credits',
            'list_usd': credits_to_usd('credits', 'usd_per_credit'),
        }],
        'accounts': [{
            'table': 'usage_events',
            'where': "user_id <> '' and user_email is not null",
            'account_kind': "'user'",
            'account_id': 'user_id',
            'email': 'user_email',
        }, {
            'table': 'members',
            'account_kind': "'member'",
            'account_id': 'member_id',
            'email': 'email',
        }],
        'seats': [{
            'table': 'members',
            'where': "status <> 'DELETED' and removed_at is null",
            'account_kind': "'member'",
            'account_id': 'member_id',
            'email': 'email',
            'assigned_on': 'cast(joined_at as date)',
        }],
    }) }}
{% endmacro %}

{#
    Cursor names members in its events by nothing but their e-mail, so the e-mail is the
    account in every entry. Input excludes what a cache held, and how long a written
    cache lasts is not told. The money stands in the events themselves.
#}
{% macro facts__cursor() %}
    {{ return({
        'usage': [{
            'table': 'usage_events',
            'evidence': 'vendor',
            'scope': "'cursor'",
            'is_elsewhere': "coalesce(lower(kind) like '%user api key%', false)",
            'usage_date': 'usage_date',
            'used_at': "date_trunc('hour', occurred_at)",
            'principal_type': "case
                when service_account_id is not null then 'service_account'
                when user_email is not null then 'user'
                else 'unknown'
            end",
            'principal_id': "coalesce(service_account_id, user_email, '')",
            'principal_email': "case when service_account_id is null then user_email end",
            'provider': "case
                when lower(model) like 'claude%' then 'anthropic'
                when lower(model) like 'gpt%' or lower(model) like 'codex%'
                    or lower(model) like 'o_' or lower(model) like 'o_-%' then 'openai'
                when lower(model) like 'gemini%' then 'google'
                else 'cursor'
            end",
            'model': 'model',
            'product': "case
                when is_free_bugbot then 'cursor_bugbot'
                when is_headless then 'cursor_headless'
                else 'cursor'
            end",
            'tokens': {
                'input_uncached': 'input_tokens',
                'cache_read': 'cache_read_tokens',
                'cache_write_unspecified': 'cache_write_tokens',
                'output': 'output_tokens',
            },
            'requests': '1',
            'list_usd': cents_to_usd('model_cents'),
            'billed_usd': cents_to_usd('charged_cents'),
        }],
        'accounts': [{
            'table': 'members',
            'account_kind': "'user'",
            'account_id': 'email',
            'email': 'email',
            'account_name': 'full_name',
        }],
        'seats': [{
            'table': 'members',
            'where': "removed_at is null and not is_removed and role <> 'free-owner'",
            'account_kind': "'user'",
            'account_id': 'email',
            'email': 'email',
            'plan': 'plan',
            'monthly_usd': 'seat_usd_per_month',
        }],
        'activity': [
            {
                'table': 'daily_usage',
                'where': 'is_active',
                'usage_date': 'usage_date',
                'principal_type': "case when email is null then 'unknown' else 'user' end",
                'principal_id': "coalesce(email, '')",
                'principal_email': 'email',
                'product': "'cursor'",
                'prompts': 'composer_requests + chat_requests + agent_requests + cmdk_usages',
                'suggestions_accepted': 'accepts',
                'suggestions_rejected': 'rejects',
                'lines_added_ai': 'accepted_lines_added',
                'lines_removed_ai': 'accepted_lines_deleted',
            },
            {
                'table': 'ai_code_commits',
                'usage_date': 'commit_date',
                'principal_type': "case when user_email is null then 'unknown' else 'user' end",
                'principal_id': "coalesce(user_email, '')",
                'principal_email': 'user_email',
                'product': "'cursor_commits'",
                'commits_ai': "case
                    when tab_lines_added + tab_lines_deleted
                        + composer_lines_added + composer_lines_deleted > 0 then 1
                    else 0
                end",
            },
        ],
    }) }}
{% endmacro %}

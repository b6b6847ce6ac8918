{# Credits are the unit of consumption; only CLI and app tell tokens, of usage that is in
   the credits already. So credits carry all money and no tokens, and the entries of
   tokens say a list price of zero, which is what they cost beside the credits: without
   it they would count as usage whose price is missing. Cached input is not told apart.

   List price is the gross amount: what the plan includes comes as a discount. GitHub
   tells no e-mails, so there is no directory here; accounts.csv links logins. #}
{% macro facts__copilot() %}
    {%- set principal = "case
        when coalesce(user_login, '') = '' then 'unknown'
        when lower(user_login) like '%[bot]' then 'service_account'
        else 'user'
    end" -%}
    {%- set login = "lower(coalesce(user_login, ''))" -%}
    {%- set reported = {
        'table': 'user_days',
        'evidence': 'vendor',
        'scope': "'copilot'",
        'usage_date': 'usage_date',
        'principal_type': principal,
        'principal_id': login,
        'list_usd': 'cast(0 as decimal(38, 12))',
    } -%}
    {{ return({
        'usage': [
            {
                'table': 'credit_usage',
                'evidence': 'vendor',
                'scope': "'copilot'",
                'usage_date': 'usage_date',
                'principal_type': principal,
                'principal_id': login,
                'model': 'model',
                'product': 'lower(product)',
                'credits': "case when lower(unit_type) like '%credits' then gross_quantity end",
                'list_usd': 'gross_amount',
                'billed_usd': 'net_amount',
            },
            dict(reported, **{
                'where': 'coalesce(cli_prompt_tokens, cli_output_tokens) is not null',
                'product': "'copilot_cli'",
                'tokens': {
                    'input_unspecified': 'cli_prompt_tokens',
                    'output': 'cli_output_tokens',
                },
                'requests': 'cli_request_count',
            }),
            dict(reported, **{
                'where': 'coalesce(app_prompt_tokens, app_output_tokens) is not null',
                'product': "'copilot_app'",
                'tokens': {
                    'input_unspecified': 'app_prompt_tokens',
                    'output': 'app_output_tokens',
                },
                'requests': 'app_request_count',
            }),
        ],
        'seats': [{
            'table': 'seats',
            'account_kind': "case
                when lower(user_login) like '%[bot]' then 'service_account'
                else 'user'
            end",
            'account_id': "case
                when user_login <> '' then lower(user_login)
                else concat('unassigned ', cast(unassigned_number as string))
            end",
            'plan': 'plan_type',
            'monthly_usd': 'monthly_usd',
            'assigned_on': 'cast(created_at as date)',
            'last_active_on': 'cast(last_activity_at as date)',
            'ends_on': 'coalesce(pending_cancellation_date, cast(removed_at as date))',
        }],
        'activity': [
            {
                'table': 'user_days',
                'usage_date': 'usage_date',
                'principal_type': principal,
                'principal_id': login,
                'product': "'copilot'",
                'prompts': 'user_initiated_interaction_count',
                'suggestions_accepted': 'code_acceptance_activity_count',
                'lines_added_ai': 'loc_added_sum',
                'lines_removed_ai': 'loc_deleted_sum',
            },
            {
                'table': 'user_days',
                'where': 'cli_session_count is not null',
                'usage_date': 'usage_date',
                'principal_type': principal,
                'principal_id': login,
                'product': "'copilot_cli'",
                'sessions': 'cli_session_count',
                'prompts': 'cli_prompt_count',
            },
        ],
    }) }}
{% endmacro %}

{#
    Seat users only. The four input counters are disjoint, and thinking is inside output.
    The cost is what goes beyond the seats, so it is no total to compare with. The
    organisation has no directory here: the report of activity says who has which e-mail.
#}
{% macro facts__anthropic_enterprise() %}
{%- set whose = {
    'usage_date': 'usage_date',
    'principal_type': "case when user_id is null then 'unknown' else 'user' end",
    'principal_id': "coalesce(user_id, '')",
} -%}
{%- set named = dict(whose, principal_email='user_email') -%}
    {{ return({
        'usage': [dict(named, **{
            'table': 'user_usage',
            'evidence': 'vendor',
            'scope': "'anthropic/enterprise'",
            'provider': "'anthropic'",
            'model': 'model',
            'product': 'product',
            'context_window': 'context_window',
            'region': 'inference_geo',
            'tokens': {
                'input_uncached': 'uncached_input_tokens',
                'cache_read': 'cache_read_input_tokens',
                'cache_write_5m': 'cache_creation_5m_input_tokens',
                'cache_write_1h': 'cache_creation_1h_input_tokens',
                'output': 'output_tokens',
            },
            'vendor_total': 'total_tokens',
            'requests': 'requests',
            'tool_units': 'web_search_requests',
            'tool_unit': "'searches'",
        })],
        'cost': [dict(whose, **{
            'table': 'user_cost',
            'model': 'model',
            'product': 'product',
            'context_window': 'context_window',
            'region': 'inference_geo',
            'token_class': "case token_type
                when 'uncached_input_tokens' then 'input_uncached'
                when 'cache_read_input_tokens' then 'cache_read'
                when 'cache_creation.ephemeral_5m_input_tokens' then 'cache_write_5m'
                when 'cache_creation.ephemeral_1h_input_tokens' then 'cache_write_1h'
                when 'output_tokens' then 'output'
                else 'none'
            end",
            'charge_kind': "case when cost_type = 'tokens' then 'usage' else 'tool' end",
            'list_usd': cents_to_usd('list_amount_cents'),
            'billed_usd': cents_to_usd('amount_cents'),
            'currency': 'currency',
            'is_partial': true,
        })],
        'accounts': [{
            'table': 'user_activity',
            'account_kind': "'user'",
            'account_id': 'user_id',
            'email': 'user_email',
        }],
        'activity': [
            dict(named, **{
                'table': 'user_activity',
                'where': 'chat_messages > 0',
                'product': "'chat'",
                'sessions': 'chat_conversations',
                'prompts': 'chat_messages',
            }),
            dict(named, **{
                'table': 'user_activity',
                'where': 'cowork_sessions > 0',
                'product': "'cowork'",
                'sessions': 'cowork_sessions',
                'prompts': 'cowork_messages',
            }),
            dict(named, **{
                'table': 'user_activity',
                'where': 'code_sessions > 0',
                'product': "'claude_code'",
                'sessions': 'code_sessions',
                'suggestions_accepted': 'edit_tool_accepted + multi_edit_tool_accepted
                    + notebook_edit_tool_accepted + write_tool_accepted',
                'suggestions_rejected': 'edit_tool_rejected + multi_edit_tool_rejected
                    + notebook_edit_tool_rejected + write_tool_rejected',
                'lines_added_ai': 'code_lines_added',
                'lines_removed_ai': 'code_lines_removed',
                'commits_ai': 'code_commits',
                'pull_requests_ai': 'code_pull_requests',
            }),
        ],
    }) }}
{% endmacro %}

{#
    The four input counters are disjoint, and thinking is inside output. The report of
    Claude Code gives signals only: its tokens are in the usage already.
#}
{% macro facts__anthropic() %}
    {{ return({
        'usage': [{
            'table': 'usage',
            'evidence': 'vendor',
            'scope': "'anthropic'",
            'usage_date': 'usage_date',
            'principal_type': 'principal_type',
            'principal_id': 'principal_id',
            'principal_email': 'principal_email',
            'model': 'model',
            'service_tier': 'service_tier',
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
        }],
        'cost': [{
            'table': 'cost',
            'usage_date': 'usage_date',
            'principal_type': 'principal_type',
            'principal_id': 'principal_id',
            'model': 'model',
            'service_tier': 'service_tier',
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
            'allocate': "endpoint = 'legacy'",
        }],
        'accounts': [{
            'table': 'users',
            'account_kind': "'user'",
            'account_id': 'user_id',
            'email': 'email',
            'account_name': 'full_name',
        }],
        'keys': [{
            'table': 'api_keys',
            'key_id': 'api_key_id',
            'key_name': 'key_name',
            'owner_kind': 'principal_type',
            'owner_id': 'principal_id',
            'project_id': 'workspace_id',
        }],
        'activity': [{
            'table': 'claude_code',
            'usage_date': 'usage_date',
            'principal_type': "case
                when actor_type = 'user_actor' then 'user'
                when actor_type = 'api_actor' then 'api_key'
                else 'unknown'
            end",
            'principal_id': "coalesce(lower(trim(email_address)), api_key_name, '')",
            'principal_email': 'email_address',
            'product': "'claude_code'",
            'sessions': 'num_sessions',
            'suggestions_accepted': 'edit_tool_accepted + multi_edit_tool_accepted
                + notebook_edit_tool_accepted + write_tool_accepted',
            'suggestions_rejected': 'edit_tool_rejected + multi_edit_tool_rejected
                + notebook_edit_tool_rejected + write_tool_rejected',
            'lines_added_ai': 'lines_of_code_added',
            'lines_removed_ai': 'lines_of_code_removed',
            'commits_ai': 'commits_by_claude_code',
            'pull_requests_ai': 'pull_requests_by_claude_code',
        }],
    }) }}
{% endmacro %}

{# Clients count by their own conventions: Claude Code's input excludes its cache, that
   of Codex and Gemini includes it, and Gemini's thoughts come beside its output. Where
   a client does not say what came from the cache, its input stays unspecified. Tokens
   of Gemini's tool prompts are beside the input if only that closes to its total. #}
{% macro facts__otel() %}
    {% set user = "coalesce(user_email, account_id, account_uuid)" %}
    {% set principal = {
        'usage_date': 'usage_date',
        'principal_type': "case when " ~ user ~ " is null then 'unknown' else 'user' end",
        'principal_id': "coalesce(" ~ user ~ ", installation_id, '')",
        'principal_email': 'user_email',
        'product': 'tool',
    } %}
    {% set beside = "case
        when tool = 'gemini_cli'
            and total_tokens
                = input_tokens + output_tokens + coalesce(thoughts_tokens, 0) + tool_tokens
            then tool_tokens
        else 0
    end" %}
    {{ return({
        'usage': [dict(principal, **{
            'table': 'token_usage',
            'evidence': 'telemetry',
            'scope': "case
                when tool = 'codex' and lower(auth_type) = 'chatgpt'
                    then 'openai/chatgpt'
                when tool = 'codex' then 'openai'
                when platform = 'vertex' then 'google/vertex'
                when tool = 'gemini_cli' then 'google/login'
                when platform = 'bedrock' then 'aws/bedrock'
                else 'anthropic'
            end",
            'where': "signal = 'log' or coalesce(
                input_tokens, output_tokens, cache_read_tokens, cache_creation_tokens
            ) is not null",
            'used_at': "date_trunc('hour', event_at)",
            'provider': "case
                when tool = 'codex' then 'openai'
                when tool = 'gemini_cli' or platform = 'vertex' then 'google'
                when platform = 'bedrock' then 'aws'
                else 'anthropic'
            end",
            'model': 'model',
            'service_tier': "case when speed = 'fast' then speed end",
            'tokens': {
                'input_uncached': "case
                    when tool = 'claude_code' then input_tokens
                    when cache_read_tokens > input_tokens then " ~ beside ~ "
                    when cache_read_tokens is not null
                        then input_tokens - cache_read_tokens + " ~ beside ~ "
                end",
                'cache_read': 'cache_read_tokens',
                'cache_write_unspecified': 'cache_creation_tokens',
                'output': "case
                    when tool = 'gemini_cli' and thoughts_tokens is not null
                        then output_tokens + thoughts_tokens
                    else output_tokens
                end",
                'input_unspecified': "case
                    when tool <> 'claude_code' and cache_read_tokens is null
                        then input_tokens + " ~ beside ~ "
                end",
            },
            'vendor_total': 'total_tokens',
            'reasoning_tokens': 'coalesce(reasoning_tokens, thoughts_tokens)',
            'requests': "case when signal = 'log' then 1 end",
        })],
        'activity': [dict(principal, **{
            'table': 'activity',
            'sessions': "case when metric = 'claude_code.session.count' then amount end",
            'suggestions_accepted': "case
                when metric = 'claude_code.code_edit_tool.decision' and kind = 'accept'
                    then amount
            end",
            'suggestions_rejected': "case
                when metric = 'claude_code.code_edit_tool.decision' and kind = 'reject'
                    then amount
            end",
            'lines_added_ai': "case
                when metric = 'claude_code.lines_of_code.count' and kind = 'added'
                    then amount
            end",
            'lines_removed_ai': "case
                when metric = 'claude_code.lines_of_code.count' and kind = 'removed'
                    then amount
            end",
            'commits_ai': "case when metric = 'claude_code.commit.count' then amount end",
            'pull_requests_ai': "case
                when metric = 'claude_code.pull_request.count' then amount
            end",
            'active_seconds': "case
                when metric = 'claude_code.active_time.total' then amount
            end",
        })],
    }) }}
{% endmacro %}

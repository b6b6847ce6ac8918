{#
    Tables of facts: one macro a vendor, `facts__<source>`, in a file of its own here.

    Each says how the vendor's staging models read in the words that all vendors share.
    Nothing lists the vendors: what is defined is found. Values are SQL expressions over
    the staging model, so a literal needs its own quotes; a key that is left out is
    null. A vendor's macro returns a dictionary of lists, one entry a table:

    usage      what was used, by day and principal
        table                 staging table, `stg_<source>__<table>`
        evidence              vendor | cloud_log | gateway | telemetry: who counted it.
                              (a literal without SQL quotes)
        scope                 what is counted, e.g. 'anthropic', 'aws/bedrock',
                              'google/vertex': of several sources with the same scope
                              and day, the strongest evidence counts, the others are
                              compared with it
        is_elsewhere          true for rows that another scope's source counts, such as
                              calls with a customer's own key of another vendor
        where                 rows that are usage at all; left out: all
        usage_date            UTC day
        used_at               start of the hour, where the vendor sends instants
        principal_type        user | service_account | api_key | federated | unknown
        principal_id          the vendor's id as given, '' if none
        principal_email       only if the vendor sent it with the row
        provider              vendor id in the price book; left out: the source itself
        model                 the vendor's name of the model
        product, service_tier, context_window, region
        api_key_id, project_id    what bills it, where the vendor says so
        tokens                {token class: expression}; classes of `token_classes()`,
                              disjoint; null where the vendor reports none
        vendor_total          the vendor's own total of all classes, by its own
                              convention; the classes must close to it exactly
        reasoning_tokens      part of output, never added
        requests
        tool_units, tool_unit metered items that are no tokens: searches, images, …
        credits               the vendor's own credits
        list_usd, billed_usd  money that the vendor states for this very row

    sums       what the source itself sums up of one of its tables of usage: the same
               calls once more, compared in mart_usage_overlap and never added
        table, evidence, usage_date, tokens
        of                    the table of usage (a literal without SQL quotes)

    cost       what the vendor says it charges
        table, usage_date, principal_type, principal_id, model, product,
        service_tier, context_window, region, project_id, api_key_id
        token_class           class of `token_classes()`, or 'none'
        charge_kind           'usage' | 'tool' | 'seat' | 'credit' | 'adjustment' | 'tax'
        quantity, quantity_unit
        list_usd, billed_usd
        currency              ISO code of what was sent, before any conversion
        allocate              true: the rows name no principal and are shared among the
                              usage of the same day and scope
        is_partial            true: the rows are of a part of the source's usage only, so
                              that their sum is no total to compare with; a literal
                              without SQL quotes

    accounts   the vendor's directory: what id has which e-mail
        table, account_kind, account_id, email, where
        account_name          as shown; for suggestions to operators only
    keys       API keys as the vendor describes them
        table, key_id, key_name, owner_kind, owner_id, project_id
    seats      who holds a paid seat
        table, account_kind, account_id, email, plan, monthly_usd, assigned_on,
        last_active_on, ends_on
    activity   signals that are no tokens, never summed across vendors
        table, usage_date, principal_type, principal_id, principal_email, product,
        sessions, turns, prompts, suggestions_accepted, suggestions_rejected,
        lines_added_ai, lines_removed_ai, commits_ai, pull_requests_ai, active_seconds
#}

{# Entries of one kind, of every vendor, each with its `source`. #}
{% macro vendor_facts(kind) %}
    {%- set found = [] -%}
    {%- for name in context.keys() | list | sort if name.startswith('facts__') -%}
        {%- set source = name[7:] -%}
        {%- for entry in context[name]().get(kind, []) -%}
            {%- do found.append(dict(entry, source=source)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{# The expression of a fact; null where the vendor has none. #}
{% macro fact(entry, name, type) -%}
    cast({{ entry.get(name) or 'null' }} as {{ type }})
{%- endmacro %}

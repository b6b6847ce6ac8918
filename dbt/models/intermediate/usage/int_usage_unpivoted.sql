with

int_usage_reported as (

    select
        source as vendor,
        *
    from {{ ref('int_usage_reported') }}

),

int_scopes_decided as (

    select * from {{ ref('int_scopes_decided') }}

),

-- 'none' carries what is no token and is counted once a vendor row.
token_classes as (

    {% for token_class in token_classes() + ['none'] -%}
    select '{{ token_class }}' as token_class
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

unpivoted as (

    select
        int_usage_reported.*,
        token_classes.token_class,
        case
            when token_classes.token_class = 'none' then int_usage_reported.tool_unit
            else 'not_reported'
        end as unit,
        case token_classes.token_class
            {% for token_class in token_classes() -%}
            when '{{ token_class }}' then int_usage_reported.{{ token_class }}
            {% endfor -%}
        end as tokens
    from int_usage_reported
    cross join token_classes

),

-- Events of a day are summed to the grain that is priced, before they are priced.
summed as (

    select
        {% for name in usage_grain() -%}
        {{ name }},
        {% endfor -%}
        token_class,
        unit as tool_unit,
        is_elsewhere,
        min(pull_id) as pull_id,
        cast(sum(tokens) as bigint) as tokens,
        {% for name in [
            'requests', 'tool_units', 'credits', 'stated_list_usd', 'stated_billed_usd',
            'reasoning_tokens'
        ] -%}
        sum(case when token_class = 'none' then {{ name }} end) as {{ name }},
        {% endfor -%}
        -- One row that the vendor did not count makes the sum unknown.
        count(case when token_class = 'none' and requests is null then 1 end)
            as uncounted_rows_n,
        count(*) as records_n,
        min(page_number) as page_number,
        max(page_number) as last_page_number
    from unpivoted
    where token_class = 'none' or tokens <> 0
    group by
        {% for name in usage_grain() -%}
        {{ name }},
        {% endfor -%}
        token_class,
        unit,
        is_elsewhere

),

usage_unpivoted as (

    select
        ---------- ids
        {% for name in usage_grain() if name != 'usage_date' -%}
        summed.{{ name }},
        {% endfor -%}
        summed.token_class,
        summed.tool_unit,
        summed.pull_id,

        ---------- numerics
        summed.tokens,
        case when summed.uncounted_rows_n = 0 then cast(summed.requests as bigint) end
            as requests,
        cast(summed.reasoning_tokens as bigint) as reasoning_tokens,
        cast(summed.tool_units as decimal(38, 12)) as tool_units,
        cast(summed.credits as decimal(38, 12)) as credits,
        cast(summed.stated_list_usd as decimal(38, 12)) as stated_list_usd,
        cast(summed.stated_billed_usd as decimal(38, 12)) as stated_billed_usd,
        cast(summed.records_n as bigint) as records_n,
        summed.page_number,
        summed.last_page_number,

        ---------- booleans
        not summed.is_elsewhere
        and coalesce(int_scopes_decided.counting_source = summed.vendor, false)
            as is_counted,

        ---------- dates
        summed.usage_date,
        {{ quarter_start('summed.usage_date') }} as quarter_start

    from summed
    left join int_scopes_decided
        on
            summed.scope = int_scopes_decided.scope
            and summed.usage_date = int_scopes_decided.usage_date

)

select * from usage_unpivoted

with

int_usage_unpivoted as (

    select * from {{ ref('int_usage_unpivoted') }}

),

int_usage_attributed as (

    select * from {{ ref('int_usage_attributed') }}

),

int_vendor_costs_converted as (

    select * from {{ ref('int_vendor_costs_converted') }}

),

int_sources_connected as (

    select * from {{ ref('int_sources_connected') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

reported as (

    select
        vendor,
        usage_date,
        token_class,
        sum(tokens) as vendor_tokens,
        sum(case when not is_counted then tokens else 0 end) as elsewhere_tokens
    from int_usage_unpivoted
    where token_class <> 'none'
    group by vendor, usage_date, token_class

),

attributed as (

    select
        vendor,
        usage_date,
        token_class,
        {% for part in ['person', 'service', 'unattributed'] -%}
        sum(case when attribution = '{{ part }}' then tokens end) as {{ part }}_tokens,
        sum(case when attribution = '{{ part }}' then usage_usd end) as {{ part }}_usd,
        {% endfor -%}
        sum(case when price_basis = 'unpriced' then tokens end) as unpriced_tokens,
        {{ each_listed(
            "case when price_basis = 'unpriced' then vendor_model end"
        ) }} as unpriced_models,
        sum(usage_usd) as list_usd
    from int_usage_attributed
    group by vendor, usage_date, token_class

),

-- Vendors that state amounts with each row of usage state them for all its classes.
stated as (

    select
        vendor,
        usage_date,
        'none' as token_class,
        stated_billed_usd as billed_usd,
        stated_list_usd as list_usd
    from int_usage_unpivoted
    where stated_billed_usd is not null or stated_list_usd is not null
    union all
    select
        vendor,
        usage_date,
        token_class,
        billed_usd,
        list_usd
    from int_vendor_costs_converted
    where is_total

),

-- The older report says no list price: then there is none to compare with.
charged as (

    select
        vendor,
        usage_date,
        token_class,
        sum(billed_usd) as vendor_billed_cost_usd,
        case when count(list_usd) = count(*) then sum(list_usd) end
            as vendor_list_cost_usd
    from stated
    group by vendor, usage_date, token_class

),

cells as (

    select
        vendor,
        usage_date,
        token_class
    from reported
    union
    select
        vendor,
        usage_date,
        token_class
    from charged
    union
    select
        vendor,
        usage_date,
        token_class
    from attributed
    where list_usd is not null

),

costs_compared as (

    select
        ---------- ids
        cells.vendor,
        cells.token_class,

        ---------- strings
        attributed.unpriced_models,

        ---------- numerics
        {% for part in ['person', 'service', 'unattributed'] -%}
        {{ zero_if_no_tokens('attributed.' ~ part ~ '_tokens') }} as {{ part }}_tokens,
        {{ zero_if_no_tokens(
            'attributed.' ~ part ~ '_usd', 'attributed.' ~ part ~ '_tokens'
        ) }} as {{ part }}_list_cost_usd,
        {% endfor -%}
        {{ zero_if_no_tokens('reported.vendor_tokens') }} as vendor_tokens,
        {{ zero_if_no_tokens('reported.elsewhere_tokens') }} as elsewhere_tokens,
        {{ zero_if_no_tokens('attributed.unpriced_tokens') }} as unpriced_tokens,
        {{ zero_if_no_tokens('attributed.list_usd', 'reported.vendor_tokens') }}
            as list_cost_usd,
        charged.vendor_billed_cost_usd,
        charged.vendor_list_cost_usd,

        ---------- booleans
        coalesce(
            cells.usage_date < cast(
                int_settings_resolved.as_of_utc_date
                - int_sources_connected.revision_days * interval '1' day as date
            ),
            false
        ) as is_final,

        ---------- dates
        cells.usage_date

    from cells
    left join reported
        on
            cells.vendor = reported.vendor
            and cells.usage_date = reported.usage_date
            and cells.token_class = reported.token_class
    left join attributed
        on
            cells.vendor = attributed.vendor
            and cells.usage_date = attributed.usage_date
            and cells.token_class = attributed.token_class
    left join charged
        on
            cells.vendor = charged.vendor
            and cells.usage_date = charged.usage_date
            and cells.token_class = charged.token_class
    left join int_sources_connected
        on cells.vendor = int_sources_connected.source
    cross join int_settings_resolved

)

select * from costs_compared

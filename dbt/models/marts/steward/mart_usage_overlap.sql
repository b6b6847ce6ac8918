with

int_usage_owned as (

    select * from {{ ref('int_usage_owned') }}

),

int_scopes_decided as (

    select * from {{ ref('int_scopes_decided') }}

),

int_usage_sums_compared as (

    select * from {{ ref('int_usage_sums_compared') }}

),

uncounted as (

    select
        vendor,
        scope,
        evidence,
        usage_date,
        token_class,
        sum(tokens) as tokens,
        sum(usage_usd) as list_usd
    from int_usage_owned
    where not is_counted
    group by vendor, scope, evidence, usage_date, token_class

),

counted as (

    select
        scope,
        usage_date,
        token_class,
        sum(tokens) as tokens,
        sum(usage_usd) as list_usd
    from int_usage_owned
    where is_counted
    group by scope, usage_date, token_class

),

compared as (

    select
        uncounted.*,
        int_scopes_decided.counting_source,
        coalesce(counted.tokens, 0) as counted_tokens,
        counted.list_usd as counted_usd
    from uncounted
    left join int_scopes_decided
        on
            uncounted.scope = int_scopes_decided.scope
            and uncounted.usage_date = int_scopes_decided.usage_date
    left join counted
        on
            uncounted.scope = counted.scope
            and uncounted.usage_date = counted.usage_date
            and uncounted.token_class = counted.token_class

),

-- A source's own sums of what it lists one by one.
summed as (

    select
        vendor,
        concat(vendor, '/', table_name) as scope,
        evidence,
        usage_date,
        token_class,
        tokens,
        cast(null as decimal(38, 12)) as list_usd,
        vendor as counting_source,
        listed_tokens as counted_tokens,
        cast(null as decimal(38, 12)) as counted_usd
    from int_usage_sums_compared

),

overlapping as (

    select
        vendor,
        scope,
        evidence,
        usage_date,
        token_class,
        tokens,
        list_usd,
        counting_source,
        counted_tokens,
        counted_usd
    from compared
    union all
    select * from summed

),

usage_overlap as (

    select
        ---------- ids
        vendor,
        scope,
        coalesce(counting_source, 'none') as counting_source,
        token_class,

        ---------- strings
        evidence,

        ---------- numerics
        cast(tokens as bigint) as tokens,
        cast(list_usd as decimal(38, 12)) as list_cost_usd,
        cast(case when token_class <> 'none' then counted_tokens end as bigint)
            as counted_tokens,
        cast(counted_usd as decimal(38, 12)) as counted_list_cost_usd,

        ---------- dates
        usage_date

    from overlapping

)

select * from usage_overlap

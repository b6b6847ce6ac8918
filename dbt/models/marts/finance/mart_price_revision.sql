with

int_usage_repriced as (

    select * from {{ ref('int_usage_repriced') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

price_revision as (

    select
        ---------- ids
        int_usage_repriced.price_kind,
        int_usage_repriced.vendor,
        int_usage_repriced.provider,
        int_usage_repriced.model,
        int_usage_repriced.token_class,
        int_usage_repriced.change_kind,

        ---------- strings
        int_usage_repriced.price_source_before,
        int_usage_repriced.price_source_after,

        ---------- numerics
        cast(int_usage_repriced.tokens as bigint) as tokens,
        cast(int_usage_repriced.changed_tokens as bigint) as changed_tokens,
        cast(int_usage_repriced.cost_before_usd as decimal(38, 12)) as cost_before_usd,
        cast(int_usage_repriced.cost_after_usd as decimal(38, 12)) as cost_after_usd,
        cast(
            int_usage_repriced.cost_after_usd - int_usage_repriced.cost_before_usd
            as decimal(38, 12)
        ) as difference_usd,

        ---------- booleans
        {{ quarter_end(quarter_start('int_usage_repriced.month_start')) }}
        <= int_settings_resolved.as_of_utc_date as is_quarter_over,

        ---------- dates
        int_usage_repriced.month_start,
        int_usage_repriced.changed_on

    from int_usage_repriced
    cross join int_settings_resolved

)

select * from price_revision

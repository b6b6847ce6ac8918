with

int_usage_priced as (

    select * from {{ ref('int_usage_priced') }}

),

int_accounts_resolved as (

    select * from {{ ref('int_accounts_resolved') }}

),

int_sources_connected as (

    select * from {{ ref('int_sources_connected') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

-- The last day that the vendor may no longer revise.
final_days as (

    select
        int_sources_connected.source,
        cast(
            int_settings_resolved.as_of_utc_date
            - int_sources_connected.revision_days * interval '1' day as date
        ) as final_until
    from int_sources_connected
    cross join int_settings_resolved

),

usage_owned as (

    select
        ---------- ids
        int_usage_priced.vendor,
        int_usage_priced.table_name,
        int_usage_priced.scope,
        int_usage_priced.provider,
        int_usage_priced.principal_type,
        int_usage_priced.principal_id,
        int_accounts_resolved.person_id,
        int_accounts_resolved.cost_pool,
        int_usage_priced.model,
        int_usage_priced.vendor_model,
        int_usage_priced.product,
        int_usage_priced.service_tier,
        int_usage_priced.context_window,
        int_usage_priced.region,
        int_usage_priced.api_key_id,
        int_usage_priced.project_id,
        int_usage_priced.token_class,
        int_usage_priced.tool_unit,
        int_usage_priced.pull_id,

        ---------- strings
        int_usage_priced.evidence,
        int_accounts_resolved.team,
        int_accounts_resolved.attribution,
        int_accounts_resolved.method,
        int_accounts_resolved.reason,
        int_usage_priced.price_basis,

        ---------- numerics
        int_usage_priced.tokens,
        int_usage_priced.requests,
        int_usage_priced.reasoning_tokens,
        int_usage_priced.tool_units,
        int_usage_priced.credits,
        int_usage_priced.usd_per_token,
        int_usage_priced.usage_usd,
        int_usage_priced.contracted_usd,
        int_usage_priced.stated_list_usd,
        int_usage_priced.stated_billed_usd,
        int_accounts_resolved.confidence,
        int_usage_priced.records_n,
        int_usage_priced.page_number,
        int_usage_priced.last_page_number,

        ---------- booleans
        int_usage_priced.is_counted,
        coalesce(int_usage_priced.usage_date < final_days.final_until, false)
            as is_final,

        ---------- dates
        int_usage_priced.usage_date,
        int_usage_priced.quarter_start

    from int_usage_priced
    -- Left: a row that identity missed must show up as lost, not vanish.
    left join int_accounts_resolved
        on
            int_usage_priced.vendor = int_accounts_resolved.source
            and int_usage_priced.principal_type = int_accounts_resolved.account_kind
            and int_usage_priced.principal_id = int_accounts_resolved.account_id
            and int_usage_priced.usage_date = int_accounts_resolved.seen_date
    left join final_days
        on int_usage_priced.vendor = final_days.source

)

select * from usage_owned

with

stg_config__sources as (

    select * from {{ ref('stg_config__sources') }}

),

sources_connected as (

    select
        ---------- ids
        source,

        ---------- strings
        source_kind,

        ---------- numerics
        coalesce(revision_days, 0) as revision_days,
        -- A day is over before its report can be due.
        greatest(coalesce(reporting_lag_days, 1), 1) as reporting_lag_days,

        ---------- booleans
        coalesce(is_connected, false) as is_connected,

        ---------- dates
        starts_on

    from stg_config__sources
    where removed_at is null

)

select * from sources_connected

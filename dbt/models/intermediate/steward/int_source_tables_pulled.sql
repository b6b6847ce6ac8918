with

stg_pulls__receipts as (

    select * from {{ ref('stg_pulls__receipts') }}

),

int_newest_events_found as (

    select * from {{ ref('int_newest_events_found') }}

),

int_sources_connected as (

    select * from {{ ref('int_sources_connected') }}

),

int_feed_days_delivered as (

    select * from {{ ref('int_feed_days_delivered') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

pulled as (

    select
        source,
        table_name,
        bool_or(window_day is not null) as has_days,
        max(case when outcome <> 'held' then pulled_at end) as last_pulled_at,
        count(case when outcome = 'held' then 1 end) as held_pulls_n
    from stg_pulls__receipts
    -- The gate's results land after the build; they are news about it, not input.
    where source <> 'gate'
    group by source, table_name

),

feeds as (

    select
        source,
        table_name,
        max(case when is_delivered then feed_date end) as newest_feed_date,
        count(*) as expected_days_n,
        count(case when is_delivered then 1 end) as delivered_days_n,
        count(case when changed_pulls_n > 1 then 1 end) as restated_days_n
    from int_feed_days_delivered
    group by source, table_name

),

-- A source without a pull still has its row: it is not connected, or never answered.
tables as (

    select
        source,
        table_name
    from pulled
    union
    select
        source,
        table_name
    from feeds
    union
    select
        int_sources_connected.source,
        'all' as table_name
    from int_sources_connected
    left join pulled
        on int_sources_connected.source = pulled.source
    left join feeds
        on int_sources_connected.source = feeds.source
    where pulled.source is null and feeds.source is null

),

source_tables_pulled as (

    select
        ---------- ids
        tables.source,
        tables.table_name,

        ---------- strings
        int_sources_connected.source_kind,

        ---------- numerics
        feeds.expected_days_n,
        feeds.delivered_days_n,
        feeds.restated_days_n,
        coalesce(pulled.held_pulls_n, 0) as held_pulls_n,
        coalesce(int_sources_connected.reporting_lag_days, 1) as reporting_lag_days,

        ---------- booleans
        coalesce(int_sources_connected.is_connected, true) as is_connected,
        feeds.source is not null as has_days,
        int_newest_events_found.source is not null as has_events,

        ---------- dates
        case
            when feeds.source is not null then feeds.newest_feed_date
            when int_newest_events_found.source is not null
                then int_newest_events_found.newest_event_date
            else {{ local_date(
                'pulled.last_pulled_at', 'int_settings_resolved.time_zone'
            ) }}
        end as newest_business_date,
        case
            when feeds.source is not null then int_settings_resolved.as_of_utc_date
            else int_settings_resolved.as_of_date
        end as as_of_date,

        ---------- timestamps
        pulled.last_pulled_at

    from tables
    left join pulled
        on tables.source = pulled.source and tables.table_name = pulled.table_name
    left join feeds
        on tables.source = feeds.source and tables.table_name = feeds.table_name
    left join int_newest_events_found
        on
            tables.source = int_newest_events_found.source
            and tables.table_name = int_newest_events_found.table_name
    left join int_sources_connected
        on tables.source = int_sources_connected.source
    cross join int_settings_resolved

)

select * from source_tables_pulled

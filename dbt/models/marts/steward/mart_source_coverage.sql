with

int_source_tables_pulled as (

    select * from {{ ref('int_source_tables_pulled') }}

),

aged as (

    select
        *,
        {{ elapsed_days('newest_business_date', 'as_of_date') }} as days_behind
    from int_source_tables_pulled

),

source_coverage as (

    select
        ---------- ids
        source,
        table_name,

        ---------- strings
        source_kind,

        ---------- numerics
        cast(days_behind as bigint) as days_behind,
        cast(expected_days_n as bigint) as expected_days_n,
        cast(delivered_days_n as bigint) as delivered_days_n,
        cast({{ share('delivered_days_n', 'expected_days_n') }} as double) as coverage,
        cast(restated_days_n as bigint) as restated_days_n,
        cast(held_pulls_n as bigint) as held_pulls_n,

        ---------- booleans
        is_connected,
        -- A report is due after the vendor's lag, an event within a week because of
        -- weekends and holidays, a directory whenever the pipeline runs.
        is_connected and coalesce(days_behind > case
            when has_days then reporting_lag_days
            when has_events then 7
            else 1
        end, true) as is_late,

        ---------- dates
        newest_business_date,

        ---------- timestamps
        last_pulled_at

    from aged

)

select * from source_coverage

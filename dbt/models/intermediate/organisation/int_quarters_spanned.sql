with

int_days_spanned as (

    select * from {{ ref('int_days_spanned') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

int_sources_connected as (

    select * from {{ ref('int_sources_connected') }}

),

quarters as (

    select
        quarter_start,
        {{ quarter_end('quarter_start') }} as quarter_end
    from int_days_spanned
    group by quarter_start

),

-- A source that starts within a quarter tells only a part of it, and so nothing of it.
connected as (

    select
        quarters.quarter_start,
        coalesce(bool_or(int_sources_connected.source_kind = 'ai_vendor'), false)
            as is_usage_connected,
        coalesce(bool_or(int_sources_connected.source_kind = 'issue_tracker'), false)
            as is_issues_connected,
        coalesce(bool_or(int_sources_connected.source_kind = 'code'), false)
            as is_code_connected,
        coalesce(
            bool_or(
                int_sources_connected.source_kind = 'code'
                and int_sources_connected.source <> 'git'
            ),
            false
        ) as is_host_connected
    from quarters
    left join int_sources_connected
        on
            int_sources_connected.is_connected
            and coalesce(int_sources_connected.starts_on, quarters.quarter_start)
            <= quarters.quarter_start
    group by quarters.quarter_start

),

quarters_spanned as (

    select
        ---------- strings
        {{ quarter_label('quarters.quarter_start') }} as quarter_label,

        ---------- booleans
        connected.is_usage_connected,
        connected.is_issues_connected,
        connected.is_code_connected,
        connected.is_host_connected,
        quarters.quarter_end <= int_settings_resolved.as_of_date as is_complete_quarter,

        ---------- dates
        quarters.quarter_start,
        quarters.quarter_end,
        least(quarters.quarter_end, int_settings_resolved.as_of_date) as observed_until,

        ---------- timestamps
        least(
            {{ day_starts_at(
                'quarters.quarter_end', 'int_settings_resolved.time_zone'
            ) }},
            int_settings_resolved.as_of_at
        ) as closes_at

    from quarters
    inner join connected
        on quarters.quarter_start = connected.quarter_start
    cross join int_settings_resolved

)

select * from quarters_spanned

with

int_team_sums_suppressed as (

    select * from {{ ref('int_team_sums_suppressed') }}

),

int_team_members_measured as (

    select * from {{ ref('int_team_members_measured') }}

),

int_team_quarters_covered as (

    select * from {{ ref('int_team_quarters_covered') }}

),

int_team_links_counted as (

    select * from {{ ref('int_team_links_counted') }}

),

int_turnarounds_estimated as (

    select * from {{ ref('int_turnarounds_estimated') }}

),

int_quarters_spanned as (

    select * from {{ ref('int_quarters_spanned') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

figures as (

    select
        team,
        quarter_start,
        max(people_n) as people_n,
        {% for measure in team_measures() -%}
        max(case when measure = '{{ measure }}' then amount end) as {{ measure }},
        max(case when measure = '{{ measure }}' then suppressed_reason end)
            as {{ measure }}_suppressed,
        {% endfor -%}
        max(case when measure = 'list_cost_usd' then active_people_n end)
            as active_people_n
    from int_team_sums_suppressed
    group by team, quarter_start

),

unpriced as (

    select
        team,
        quarter_start,
        cast(sum(unpriced_tokens) as bigint) as unpriced_tokens
    from int_team_members_measured
    group by team, quarter_start

),

team_quarters_decided as (

    select
        figures.*,
        int_quarters_spanned.quarter_label,
        int_quarters_spanned.is_complete_quarter,
        int_team_quarters_covered.coverage,
        int_team_quarters_covered.coverage_reason,
        int_turnarounds_estimated.median_hours as turnaround_hours,
        {{ share(
            'int_team_links_counted.linked_changes_n', 'int_team_links_counted.changes_n'
        ) }} as linked_share,
        case
            when not int_quarters_spanned.is_complete_quarter then 'immature'
            -- Too few people to speak of, whatever the measure.
            when
                figures.fte_days_suppressed is not null
                then figures.fte_days_suppressed
            when
                int_team_quarters_covered.coverage
                < int_settings_resolved.coverage_absolute
                then {{ coverage_withheld_reason(
                    'int_team_quarters_covered.coverage_reason'
                ) }}
        end as withheld_reason,
        case
            when not int_quarters_spanned.is_usage_connected then 'not_connected'
            when unpriced.unpriced_tokens > 0 then 'unpriced'
            else figures.list_cost_usd_suppressed
        end as cost_withheld_reason,
        case
            when not int_quarters_spanned.is_issues_connected then 'not_connected'
            else figures.delivered_n_suppressed
        end as delivered_withheld_reason,
        case
            when not int_quarters_spanned.is_code_connected then 'not_connected'
            else figures.merged_n_suppressed
        end as merged_withheld_reason,
        case
            when
                not int_quarters_spanned.is_code_connected
                or not int_quarters_spanned.is_issues_connected
                then 'not_connected'
            when figures.merged_n_suppressed is not null
                then figures.merged_n_suppressed
            when coalesce(int_team_links_counted.changes_n, 0) = 0
                then 'insufficient_evidence'
        end as linked_withheld_reason,
        case
            when not int_quarters_spanned.is_issues_connected then 'not_connected'
            when figures.turnaround_items_n_suppressed is not null
                then figures.turnaround_items_n_suppressed
            when
                int_turnarounds_estimated.median_hours is null
                then 'insufficient_evidence'
        end as turnaround_withheld_reason
    from figures
    inner join int_quarters_spanned
        on figures.quarter_start = int_quarters_spanned.quarter_start
    inner join unpriced
        on
            figures.team = unpriced.team
            and figures.quarter_start = unpriced.quarter_start
    left join int_team_quarters_covered
        on
            figures.team = int_team_quarters_covered.team
            and figures.quarter_start = int_team_quarters_covered.quarter_start
    left join int_team_links_counted
        on
            figures.team = int_team_links_counted.team
            and figures.quarter_start = int_team_links_counted.quarter_start
    left join int_turnarounds_estimated
        on
            int_turnarounds_estimated.measure = 'issue'
            and int_turnarounds_estimated.scope = 'team'
            and figures.team = int_turnarounds_estimated.scope_id
            and figures.quarter_start = int_turnarounds_estimated.quarter_start
    cross join int_settings_resolved

)

select * from team_quarters_decided

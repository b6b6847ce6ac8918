with

int_issue_points_summed as (

    select * from {{ ref('int_issue_points_summed') }}

),

int_quarters_spanned as (

    select * from {{ ref('int_quarters_spanned') }}

),

-- The whole of a piece of work, however it was split.
estimated as (

    select
        team,
        issue_type_name,
        family_micropoints,
        issue_id,
        {{ quarter_start('done_date') }} as done_quarter
    from int_issue_points_summed
    where
        issue_id = head_issue_id
        and done_date is not null
        and team is not null
        and issue_type_name is not null
        and family_micropoints > 0

),

-- The two quarters before: what happens within a quarter does not move its own weights.
ordered as (

    select
        estimated.team,
        estimated.issue_type_name,
        estimated.family_micropoints,
        int_quarters_spanned.quarter_start,
        count(*) over (
            partition by
                estimated.team,
                estimated.issue_type_name,
                int_quarters_spanned.quarter_start
        ) as issues_n,
        row_number() over (
            partition by
                estimated.team,
                estimated.issue_type_name,
                int_quarters_spanned.quarter_start
            order by estimated.family_micropoints, estimated.issue_id
        ) as place
    from estimated
    inner join int_quarters_spanned
        on
            estimated.done_quarter < int_quarters_spanned.quarter_start
            and estimated.done_quarter
            >= cast(int_quarters_spanned.quarter_start - interval '6' month as date)

),

point_references_frozen as (

    select
        ---------- ids
        team,
        issue_type_name,

        ---------- numerics
        max(issues_n) as issues_n,
        -- Twice the median is whole, whether one issue lies in the middle or two.
        cast(
            sum(case
                when place * 2 in (issues_n, issues_n + 1) then family_micropoints
            end)
            + sum(case
                when place * 2 in (issues_n + 1, issues_n + 2) then family_micropoints
            end) as bigint
        ) as twice_median_micropoints,

        ---------- dates
        quarter_start

    from ordered
    group by team, issue_type_name, quarter_start

)

select * from point_references_frozen

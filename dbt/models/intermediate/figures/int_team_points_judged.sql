with

int_issue_weights_given as (

    select * from {{ ref('int_issue_weights_given') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

counted as (

    select
        team,
        {{ quarter_start('done_date') }} as quarter_start,
        count(*) as issues_n,
        count(case when weight_basis = 'points' then 1 end) as weighed_n,
        sum(case
            when weight_basis = 'points' and issue_id = head_issue_id
                then family_micropoints
        end) as micropoints,
        sum(case
            when weight_basis = 'points' and issue_id = head_issue_id
                then twice_median_micropoints
        end) as twice_reference_micropoints
    from int_issue_weights_given
    where team is not null
    group by team, {{ quarter_start('done_date') }}

),

shares as (

    select
        *,
        {{ share('issues_n - weighed_n', 'issues_n') }} as missing_share,
        {{ share('2 * micropoints', 'twice_reference_micropoints') }} - 1 as drift
    from counted

),

-- Where most issues weigh nothing of their own, or points are no longer what they were,
-- a weighted sum says little.
team_points_judged as (

    select
        ---------- ids
        shares.team,

        ---------- strings
        case
            when shares.missing_share > int_settings_resolved.points_missing_withhold
                then 'insufficient_evidence'
            when abs(shares.drift) > int_settings_resolved.points_drift_withhold
                then 'not_comparable'
        end as withheld_reason,

        ---------- numerics
        shares.issues_n,
        shares.weighed_n,
        shares.missing_share,
        shares.drift,

        ---------- dates
        shares.quarter_start

    from shares
    cross join int_settings_resolved

)

select * from team_points_judged

with

int_issue_points_summed as (

    select * from {{ ref('int_issue_points_summed') }}

),

int_point_references_frozen as (

    select * from {{ ref('int_point_references_frozen') }}

),

referred as (

    select
        int_issue_points_summed.*,
        int_point_references_frozen.twice_median_micropoints
    from int_issue_points_summed
    left join int_point_references_frozen
        on
            int_issue_points_summed.team = int_point_references_frozen.team
            and int_issue_points_summed.issue_type_name
            = int_point_references_frozen.issue_type_name
            and int_point_references_frozen.quarter_start
            = {{ quarter_start('int_issue_points_summed.done_date') }}

),

-- The whole is clipped and then shared: splitting a ticket gains nothing.
wholes as (

    select
        *,
        case
            when family_micropoints is null or twice_median_micropoints is null
                then 1000000
            else greatest(250000, least(4000000, {{ share_of(
                2000000, 'family_micropoints', 'twice_median_micropoints'
            ) }}))
        end as family_weight,
        sum(parts) over (partition by site, head_issue_id) as family_parts
    from referred

),

cut as (

    select
        *,
        {{ share_of('family_weight', 'parts', 'family_parts') }} as weight,
        {{ share_remainder('family_weight', 'parts', 'family_parts') }} as remainder
    from wholes

),

ordered as (

    select
        *,
        family_weight - sum(weight) over (partition by site, head_issue_id) as left_n,
        row_number() over (
            partition by site, head_issue_id order by remainder desc, issue_id asc
        ) as place
    from cut

),

issue_weights_given as (

    select
        ---------- ids
        site,
        issue_id,
        head_issue_id,

        ---------- strings
        team,
        issue_type_name,
        case
            when family_micropoints is null then 'no_points'
            when twice_median_micropoints is null then 'no_reference'
            else 'points'
        end as weight_basis,

        ---------- numerics
        cast(weight as bigint) + case when place <= left_n then 1 else 0 end
            as weight_millionths,
        family_micropoints,
        twice_median_micropoints,

        ---------- dates
        done_date

    from ordered
    where done_date is not null

)

select * from issue_weights_given

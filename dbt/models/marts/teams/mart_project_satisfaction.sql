with

int_project_ratings_summed as (

    select * from {{ ref('int_project_ratings_summed') }}

),

int_quarters_spanned as (

    select * from {{ ref('int_quarters_spanned') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

judged as (

    select
        int_project_ratings_summed.*,
        int_quarters_spanned.quarter_label,
        int_quarters_spanned.is_complete_quarter,
        case
            when not int_quarters_spanned.is_complete_quarter then 'immature'
            when int_project_ratings_summed.rating_highest is null then 'not_reported'
            -- Too few answers, or so few people that it would be a rating of somebody.
            when
                int_project_ratings_summed.responses_n
                < int_settings_resolved.rating_responses
                or int_project_ratings_summed.rated_people_n
                < int_settings_resolved.group_nonzero
                then 'small_cell'
        end as withheld_reason
    from int_project_ratings_summed
    inner join int_quarters_spanned
        on
            int_project_ratings_summed.quarter_start
            = int_quarters_spanned.quarter_start
    cross join int_settings_resolved

),

means as (

    select
        *,
        case
            when withheld_reason is null
                then cast(rating_sum as double) / cast(responses_n as double)
        end as rating_mean
    from judged

),

project_satisfaction as (

    select
        ---------- ids
        feed,
        project,

        ---------- strings
        quarter_label,

        ---------- numerics
        cast(case when withheld_reason is null then deliverables_n end as bigint)
            as deliverables_n,
        cast(case when withheld_reason is null then responses_n end as bigint)
            as responses_n,
        cast(case when withheld_reason is null then rated_people_n end as bigint)
            as rated_people_n,
        cast(rating_mean as double) as rating_mean,
        cast(
            (rating_mean - cast(rating_lowest as double))
            / (cast(rating_highest as double) - cast(rating_lowest as double))
            as double
        ) as satisfaction_share,
        cast(rating_lowest as decimal(18, 6)) as rating_lowest,
        cast(rating_highest as decimal(18, 6)) as rating_highest,

        ---------- strings
        case when withheld_reason is null then 'published' else 'withheld' end
            as status,
        withheld_reason,

        ---------- booleans
        is_complete_quarter,

        ---------- dates
        quarter_start

    from means

)

select * from project_satisfaction

with

int_deliverables_collected as (

    select * from {{ ref('int_deliverables_collected') }}

),

int_deliverable_credits_shared as (

    select * from {{ ref('int_deliverable_credits_shared') }}

),

-- People behind the ratings: of a project of few, a rating is about somebody.
rated_people as (

    select
        int_deliverables_collected.feed,
        int_deliverables_collected.project,
        int_deliverable_credits_shared.quarter_start,
        count(distinct int_deliverable_credits_shared.person_id) as rated_people_n
    from int_deliverables_collected
    inner join int_deliverable_credits_shared
        on
            int_deliverables_collected.feed = int_deliverable_credits_shared.feed
            and int_deliverables_collected.item_id
            = int_deliverable_credits_shared.item_id
    where int_deliverables_collected.rating is not null
    group by
        int_deliverables_collected.feed,
        int_deliverables_collected.project,
        int_deliverable_credits_shared.quarter_start

),

summed as (

    select
        feed,
        project,
        {{ quarter_start('delivered_date') }} as quarter_start,
        count(*) as deliverables_n,
        count(rating) as responses_n,
        cast(sum(rating) as decimal(38, 12)) as rating_sum,
        max(rating_lowest) as rating_lowest,
        max(rating_highest) as rating_highest
    from int_deliverables_collected
    where delivered_at is not null and project is not null
    group by feed, project, {{ quarter_start('delivered_date') }}

),

project_ratings_summed as (

    select
        ---------- ids
        summed.feed,
        summed.project,

        ---------- numerics
        summed.deliverables_n,
        summed.responses_n,
        coalesce(rated_people.rated_people_n, 0) as rated_people_n,
        summed.rating_sum,
        summed.rating_lowest,
        summed.rating_highest,

        ---------- dates
        summed.quarter_start

    from summed
    left join rated_people
        on
            summed.feed = rated_people.feed
            and summed.project = rated_people.project
            and summed.quarter_start = rated_people.quarter_start

)

select * from project_ratings_summed

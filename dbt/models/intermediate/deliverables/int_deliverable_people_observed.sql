with

int_deliverable_people_collected as (

    select * from {{ ref('int_deliverable_people_collected') }}

),

int_deliverables_collected as (

    select * from {{ ref('int_deliverables_collected') }}

),

int_quarters_spanned as (

    select * from {{ ref('int_quarters_spanned') }}

),

delivered as (

    select
        feed,
        item_id,
        'delivered' as observation,
        {{ quarter_start('delivered_date') }} as quarter_start,
        delivered_date as observed_date,
        started_at,
        delivered_at as observed_at
    from int_deliverables_collected
    where delivered_at is not null

),

-- Started and not delivered when the quarter closed: it counts while it waits.
open_items as (

    select
        int_deliverables_collected.feed,
        int_deliverables_collected.item_id,
        'open' as observation,
        int_quarters_spanned.quarter_start,
        cast(int_quarters_spanned.observed_until - interval '1' day as date)
            as observed_date,
        int_deliverables_collected.started_at,
        int_quarters_spanned.closes_at as observed_at
    from int_deliverables_collected
    inner join int_quarters_spanned
        on
            int_deliverables_collected.started_at < int_quarters_spanned.closes_at
            and coalesce(int_deliverables_collected.delivered_at, {{ open_end() }})
            >= int_quarters_spanned.closes_at

),

observations as (

    select * from delivered
    union all
    select * from open_items

),

deliverable_people_observed as (

    select
        ---------- ids
        int_deliverable_people_collected.source,
        observations.feed,
        observations.item_id,
        int_deliverable_people_collected.account_id,

        ---------- strings
        int_deliverable_people_collected.involvement,
        observations.observation,

        ---------- dates
        observations.observed_date,
        observations.quarter_start,

        ---------- timestamps
        observations.started_at,
        observations.observed_at

    from observations
    inner join int_deliverable_people_collected
        on
            observations.feed = int_deliverable_people_collected.feed
            and observations.item_id = int_deliverable_people_collected.item_id
    where
        observations.observation = 'delivered'
        or int_deliverable_people_collected.involvement = 'author'

)

select * from deliverable_people_observed

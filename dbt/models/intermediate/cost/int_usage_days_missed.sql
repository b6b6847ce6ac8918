-- Days of a vendor's usage that were due and are not here.
with

int_feed_days_delivered as (

    select * from {{ ref('int_feed_days_delivered') }}

),

usage_days_missed as (

    select distinct
        ---------- ids
        source as vendor,

        ---------- dates
        feed_date as usage_date

    from int_feed_days_delivered
    where is_of_usage and not is_delivered

)

select * from usage_days_missed

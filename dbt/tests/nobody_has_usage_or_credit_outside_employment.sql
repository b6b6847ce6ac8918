{{ config(meta={'dagster': {'ref': {'name': 'dim_person'}}}) }}

with

events as (

    select
        person_id,
        usage_date as event_date
    from {{ ref('fct_ai_usage_daily') }}
    where person_id is not null
    union all
    select
        person_id,
        item_date as event_date
    from {{ ref('fct_delivery_credit') }}
    where person_id is not null

)

select
    events.person_id,
    events.event_date
from events
left join {{ ref('dim_person') }} as person
    on
        events.person_id = person.person_id
        and events.event_date >= person.valid_from
        and events.event_date < coalesce(person.valid_to, {{ open_end() }})
where person.person_id is null

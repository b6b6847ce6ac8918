with

int_deliverable_parties_found as (

    select * from {{ ref('int_deliverable_parties_found') }}

),

deliverable_turnarounds_observed as (

    select
        ---------- ids
        feed,
        item_id,
        person_id,

        ---------- numerics
        {{ elapsed_seconds('started_at', 'observed_at') }} as waited_seconds,

        ---------- booleans
        observation = 'delivered' as is_done,

        ---------- dates
        quarter_start

    from int_deliverable_parties_found
    where
        involvement = 'author'
        and person_id is not null
        and started_at <= observed_at

)

select * from deliverable_turnarounds_observed

with

int_decisions_upheld as (

    select * from {{ ref('int_decisions_upheld') }}

),

persons_merged as (

    select
        ---------- ids
        other_person_id as person_id,
        person_id as merged_person_id,

        ---------- numerics
        sequence,

        ---------- dates
        valid_from,
        valid_to

    from int_decisions_upheld
    where decision = 'merge'

)

select * from persons_merged

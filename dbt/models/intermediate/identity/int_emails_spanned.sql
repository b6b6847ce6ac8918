with

stg_people__persons as (

    select * from {{ ref('stg_people__persons') }}

),

emails_spanned as (

    select
        ---------- ids
        person_id,

        ---------- strings
        email,

        ---------- dates
        valid_from,
        coalesce(cast(valid_to + interval '1' day as date), {{ open_end() }})
            as valid_to

    from stg_people__persons
    where removed_at is null and email is not null

)

select * from emails_spanned

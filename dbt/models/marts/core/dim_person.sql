with

int_persons_spanned as (

    select * from {{ ref('int_persons_spanned') }}

),

person as (

    select
        ---------- ids
        person_id,
        manager_id,

        ---------- strings
        full_name,
        email,
        team,
        role,
        level,
        work_type,
        location,
        entity,
        publication_mode,

        ---------- numerics
        cast(fte as double) as fte,

        ---------- dates
        valid_from,
        case when valid_to < {{ open_end() }} then valid_to end as valid_to

    from int_persons_spanned

)

select * from person

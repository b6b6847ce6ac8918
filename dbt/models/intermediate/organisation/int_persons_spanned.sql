with

stg_people__persons as (

    select * from {{ ref('stg_people__persons') }}

),

stg_config__entities as (

    select * from {{ ref('stg_config__entities') }}

),

-- A mode that shows persons needs the notice that was given to them.
entity_modes as (

    select
        entity,
        case
            when
                mode in ('person', 'self_only') and notice_ref is null
                then 'group_only'
            else mode
        end as publication_mode
    from stg_config__entities
    where removed_at is null

),

persons_spanned as (

    select
        ---------- ids
        stg_people__persons.person_id,
        stg_people__persons.manager_id,

        ---------- strings
        stg_people__persons.full_name,
        stg_people__persons.email,
        stg_people__persons.team,
        stg_people__persons.role,
        stg_people__persons.level,
        stg_people__persons.work_type,
        stg_people__persons.location,
        stg_people__persons.entity,
        coalesce(entity_modes.publication_mode, 'group_only') as publication_mode,

        ---------- numerics
        stg_people__persons.fte,

        ---------- dates
        stg_people__persons.valid_from,
        coalesce(
            cast(stg_people__persons.valid_to + interval '1' day as date),
            {{ open_end() }}
        ) as valid_to

    from stg_people__persons
    left join entity_modes
        on stg_people__persons.entity = entity_modes.entity
    where stg_people__persons.removed_at is null

)

select * from persons_spanned

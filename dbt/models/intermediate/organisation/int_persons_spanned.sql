with

stg_people__persons as (

    select * from {{ ref('stg_people__persons') }}

),

stg_config__entities as (

    select * from {{ ref('stg_config__entities') }}

),

int_persons_merged as (

    select * from {{ ref('int_persons_merged') }}

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

records as (

    select
        *,
        valid_from as starts_on,
        coalesce(cast(valid_to + interval '1' day as date), {{ open_end() }}) as ends_on
    from stg_people__persons
    where removed_at is null

),

in_mergers as (

    select person_id
    from int_persons_merged
    union distinct
    select merged_person_id as person_id
    from int_persons_merged

),

-- Spans of records by the person they are of; a merged record is also the other's.
owned as (

    select
        records.person_id,
        records.person_id as record_person_id,
        records.starts_on as record_starts_on,
        records.starts_on,
        records.ends_on
    from records
    inner join in_mergers
        on records.person_id = in_mergers.person_id
    union all
    select
        int_persons_merged.merged_person_id as person_id,
        records.person_id as record_person_id,
        records.starts_on as record_starts_on,
        greatest(records.starts_on, int_persons_merged.valid_from) as starts_on,
        least(records.ends_on, int_persons_merged.valid_to) as ends_on
    from records
    inner join int_persons_merged
        on
            records.person_id = int_persons_merged.person_id
            and records.starts_on < int_persons_merged.valid_to
            and records.ends_on > int_persons_merged.valid_from

),

edges as (

    select
        person_id,
        starts_on as edge_date
    from owned
    union distinct
    select
        person_id,
        ends_on as edge_date
    from owned
    union distinct
    select
        person_id,
        valid_from as edge_date
    from int_persons_merged
    union distinct
    select
        person_id,
        valid_to as edge_date
    from int_persons_merged

),

pieces as (

    select
        person_id,
        edge_date as starts_on,
        lead(edge_date) over (partition by person_id order by edge_date) as ends_on
    from edges

),

-- Of records that hold at once, the person's own says what they are.
chosen as (

    select
        pieces.person_id,
        pieces.starts_on,
        pieces.ends_on,
        owned.record_person_id,
        owned.record_starts_on,
        rank() over (
            partition by pieces.person_id, pieces.starts_on
            order by
                case when owned.record_person_id = pieces.person_id then 0 else 1 end,
                owned.record_person_id
        ) as choice
    from pieces
    inner join owned
        on
            pieces.person_id = owned.person_id
            and pieces.starts_on >= owned.starts_on
            and pieces.ends_on <= owned.ends_on
    left join int_persons_merged
        on
            pieces.person_id = int_persons_merged.person_id
            and pieces.starts_on >= int_persons_merged.valid_from
            and pieces.starts_on < int_persons_merged.valid_to
    where int_persons_merged.person_id is null

),

-- Nobody else's spans are touched, so that a fault in them still shows.
spans as (

    select
        person_id,
        starts_on,
        ends_on,
        record_person_id,
        record_starts_on
    from chosen
    where choice = 1
    union all
    select
        records.person_id,
        records.starts_on,
        records.ends_on,
        records.person_id as record_person_id,
        records.starts_on as record_starts_on
    from records
    left join in_mergers
        on records.person_id = in_mergers.person_id
    where in_mergers.person_id is null

),

persons_spanned as (

    select
        ---------- ids
        spans.person_id,
        spans.record_person_id,
        coalesce(managers.merged_person_id, records.manager_id) as manager_id,

        ---------- strings
        records.full_name,
        records.email,
        records.team,
        records.role,
        records.level,
        records.work_type,
        records.location,
        records.entity,
        coalesce(entity_modes.publication_mode, 'group_only') as publication_mode,

        ---------- numerics
        records.fte,

        ---------- dates
        spans.starts_on as valid_from,
        spans.ends_on as valid_to

    from spans
    inner join records
        on
            spans.record_person_id = records.person_id
            and spans.record_starts_on = records.starts_on
    left join entity_modes
        on records.entity = entity_modes.entity
    left join int_persons_merged as managers
        on
            records.manager_id = managers.person_id
            and spans.starts_on >= managers.valid_from
            and spans.starts_on < managers.valid_to

)

select * from persons_spanned

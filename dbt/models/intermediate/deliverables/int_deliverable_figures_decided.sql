with

int_person_quarters_decided as (

    select * from {{ ref('int_person_quarters_decided') }}

),

int_person_deliverables_summed as (

    select * from {{ ref('int_person_deliverables_summed') }}

),

int_deliverable_parties_found as (

    select * from {{ ref('int_deliverable_parties_found') }}

),

int_turnarounds_estimated as (

    select * from {{ ref('int_turnarounds_estimated') }}

),

int_sources_connected as (

    select * from {{ ref('int_sources_connected') }}

),

connected as (

    select starts_on
    from int_sources_connected
    where source_kind = 'deliverables' and is_connected

),

-- Whom no feed ever names may deliver elsewhere: unknown, and not zero.
named_persons as (

    select distinct person_id
    from int_deliverable_parties_found
    where involvement = 'author' and person_id is not null

),

measured as (

    select
        int_person_quarters_decided.person_id,
        int_person_quarters_decided.quarter_start,
        int_person_quarters_decided.quarter_label,
        int_person_quarters_decided.coverage,
        coalesce(int_person_deliverables_summed.delivered_millionths, 0)
            as delivered_millionths,
        coalesce(int_person_deliverables_summed.delivered_items_n, 0)
            as delivered_items_n,
        coalesce(int_person_deliverables_summed.reported_items_n, 0)
            as reported_items_n,
        coalesce(int_person_deliverables_summed.returned_items_n, 0)
            as returned_items_n,
        int_turnarounds_estimated.median_hours,
        coalesce(int_turnarounds_estimated.items_n, 0) as turnaround_items_n,
        case
            when int_person_quarters_decided.withheld_reason is not null
                then int_person_quarters_decided.withheld_reason
            when
                connected.starts_on is null
                or connected.starts_on > int_person_quarters_decided.quarter_start
                then 'not_connected'
            when named_persons.person_id is null then 'not_reported'
        end as reason
    from int_person_quarters_decided
    left join connected
        on connected.starts_on is not null
    left join named_persons
        on int_person_quarters_decided.person_id = named_persons.person_id
    left join int_person_deliverables_summed
        on
            int_person_quarters_decided.person_id
            = int_person_deliverables_summed.person_id
            and int_person_quarters_decided.quarter_start
            = int_person_deliverables_summed.quarter_start
    left join int_turnarounds_estimated
        on
            int_turnarounds_estimated.measure = 'deliverable'
            and int_turnarounds_estimated.scope = 'person'
            and int_person_quarters_decided.person_id
            = int_turnarounds_estimated.scope_id
            and int_person_quarters_decided.quarter_start
            = int_turnarounds_estimated.quarter_start

),

deliverable_figures_decided as (

    select
        person_id,
        quarter_start,
        quarter_label,
        'deliverables_n' as measure,
        'items' as unit,
        cast({{ items('delivered_millionths') }} as decimal(38, 12)) as figure,
        cast(delivered_items_n as bigint) as items_n,
        cast(null as bigint) as part_n,
        coverage,
        reason
    from measured
    union all
    select
        person_id,
        quarter_start,
        quarter_label,
        'deliverable_turnaround_hours' as measure,
        'hours' as unit,
        cast(median_hours as decimal(38, 12)) as figure,
        cast(turnaround_items_n as bigint) as items_n,
        cast(null as bigint) as part_n,
        coverage,
        coalesce(
            reason, case when median_hours is null then 'insufficient_evidence' end
        ) as reason
    from measured
    union all
    select
        person_id,
        quarter_start,
        quarter_label,
        'deliverable_returned_share' as measure,
        'share' as unit,
        cast({{ share('returned_items_n', 'reported_items_n') }} as decimal(38, 12))
            as figure,
        cast(reported_items_n as bigint) as items_n,
        cast(returned_items_n as bigint) as part_n,
        coverage,
        coalesce(
            reason, case when reported_items_n = 0 then 'insufficient_evidence' end
        ) as reason
    from measured

)

select * from deliverable_figures_decided

with

int_person_quarters_decided as (

    select * from {{ ref('int_person_quarters_decided') }}

),

int_deliverable_figures_decided as (

    select * from {{ ref('int_deliverable_figures_decided') }}

),

{# One select a measure: adding a figure is adding a line to person_figures. -#}
figures as (

    {% for figure in person_figures() -%}
    {%- set part_n = figure[5] if figure | length > 5 else 'null' -%}
    select
        person_id,
        quarter_start,
        quarter_label,
        '{{ figure[0] }}' as measure,
        '{{ figure[1] }}' as unit,
        cast({{ figure[2] }} as decimal(38, 12)) as figure,
        cast({{ figure[3] }} as bigint) as items_n,
        cast({{ part_n }} as bigint) as part_n,
        coverage,
        {{ first_reason(figure[4]) }} as reason
    from int_person_quarters_decided
    union all
    {% endfor -%}
    select * from int_deliverable_figures_decided

),

person_figure as (

    select
        ---------- ids
        person_id,

        ---------- strings
        quarter_label,
        measure,
        unit,

        ---------- numerics
        cast(case when reason is null then figure end as decimal(38, 12)) as value,
        cast(
            case
                when reason is null then {{ wilson_end('part_n', 'items_n', 'least') }}
            end as double
        ) as lo80,
        cast(
            case
                when reason is null
                    then {{ wilson_end('part_n', 'items_n', 'greatest') }}
            end as double
        ) as hi80,
        cast(case when reason is null then items_n end as bigint) as n_items,
        cast(null as double) as reliability,
        cast(coverage as double) as coverage,

        ---------- strings
        case when reason is null then 'published' else 'withheld' end as status,
        reason as withheld_reason,

        ---------- numerics
        cast(0 as bigint) as claim_level,

        ---------- strings
        {{ rule_version() }} as rule_version,

        ---------- dates
        quarter_start

    from figures

)

select * from person_figure

-- What a vendor charges, for whom: as it says, or shared by use of the same day.
{% set holder = [
    'principal_type', 'principal_id', 'attribution', 'person_id', 'cost_pool', 'team',
    'confidence'
] -%}

with

int_vendor_amounts_converted as (

    select * from {{ ref('int_vendor_amounts_converted') }}

),

int_usage_attributed as (

    select * from {{ ref('int_usage_attributed') }}

),

int_accounts_resolved as (

    select * from {{ ref('int_accounts_resolved') }}

),

charges as (

    select
        *,
        is_to_allocate or principal_id = '' as is_shared,
        md5(concat_ws(
            '|', vendor, principal_type, principal_id, {{ cost_scope() | join(', ') }},
            token_class, charge_kind, quantity_unit, currency,
            cast(usage_date as string), cast(is_to_allocate as string)
        )) as cost_id
    from int_vendor_amounts_converted

),

-- Use that can bear a charge, and what it weighs. A cell is a day's use of one scope.
weighed as (

    select
        md5(concat_ws(
            '|', vendor, cast(usage_date as string), {{ cost_scope() | join(', ') }},
            token_class
        )) as cell_id,
        vendor,
        usage_date,
        {% for name in cost_scope() -%}
        {{ name }},
        {% endfor -%}
        token_class,
        {% for name in holder -%}
        {{ name }},
        {% endfor -%}
        coalesce(sum({{ usd_to_pico('coalesce(contracted_usd, usage_usd)') }}), 0)
            as cost_weight,
        coalesce(sum(tokens), 0) as token_weight,
        coalesce(sum({{ usd_to_pico('tool_units') }}), 0) as tool_weight,
        count(case when price_basis = 'unpriced' then 1 end) as unpriced_n
    from int_usage_attributed
    where tokens > 0 or tool_units > 0 or usage_usd > 0
    group by
        vendor, usage_date, {{ cost_scope() | join(', ') }}, token_class,
        {{ holder | join(', ') }}

),

cells as (

    select
        cell_id,
        vendor,
        usage_date,
        {{ cost_scope() | join(', ') }},
        token_class,
        max(case when cost_weight > 0 or token_weight > 0 then 1 else 0 end) as has_use,
        max(case when tool_weight > 0 then 1 else 0 end) as has_tools
    from weighed
    group by
        cell_id, vendor, usage_date, {{ cost_scope() | join(', ') }}, token_class

),

-- From the narrowest scope to the widest: 1 all that the charge names, 2 its model and
-- class (a tool: any tool), 3 its model, 4 the vendor's day.
matched as (

    select
        charges.cost_id,
        charges.charge_kind,
        charges.billed_usd,
        charges.list_usd,
        cells.cell_id,
        case
            when
                {% for name in cost_scope() -%}
                {% if not loop.first %}and {% endif -%}
                charges.{{ name }} in ('not_reported', cells.{{ name }})
                {% endfor -%}
                and (
                    (
                        charges.charge_kind = 'usage'
                        and cells.has_use = 1
                        and charges.token_class in ('none', cells.token_class)
                    )
                    or (charges.charge_kind = 'tool' and cells.has_tools = 1)
                )
                then 1
            when charges.charge_kind = 'tool' and cells.has_tools = 1 then 2
            when charges.charge_kind = 'tool' and cells.has_use = 1 then 4
            when cells.has_use = 0 then null
            when
                charges.vendor_model in ('not_reported', cells.vendor_model)
                and charges.token_class in ('none', cells.token_class)
                then 2
            when charges.vendor_model in ('not_reported', cells.vendor_model) then 3
            else 4
        end as scope_rank
    from charges
    inner join cells
        on
            charges.vendor = cells.vendor
            and charges.usage_date = cells.usage_date
    where charges.is_shared and charges.charge_kind in ('usage', 'tool')

),

narrowed as (

    select
        *,
        min(scope_rank) over (partition by cost_id) as narrowest
    from matched

),

held as (

    select
        narrowed.cost_id,
        narrowed.charge_kind,
        narrowed.billed_usd,
        narrowed.list_usd,
        narrowed.scope_rank,
        {% for name in holder -%}
        weighed.{{ name }},
        {% endfor -%}
        sum(weighed.cost_weight) as cost_weight,
        sum(weighed.token_weight) as token_weight,
        sum(weighed.tool_weight) as tool_weight,
        sum(weighed.unpriced_n) as unpriced_n
    from narrowed
    inner join weighed
        on narrowed.cell_id = weighed.cell_id
    where narrowed.scope_rank = narrowed.narrowest
    group by
        {% for name in holder -%}
        weighed.{{ name }},
        {% endfor -%}
        narrowed.cost_id,
        narrowed.charge_kind,
        narrowed.billed_usd,
        narrowed.list_usd,
        narrowed.scope_rank

),

-- Money weighs if all of the use has a price; else tokens do.
chosen as (

    select
        *,
        case
            when
                charge_kind = 'tool'
                and sum(tool_weight) over (partition by cost_id) > 0
                then tool_weight
            when
                sum(cost_weight) over (partition by cost_id) > 0
                and (
                    sum(unpriced_n) over (partition by cost_id) = 0
                    or sum(token_weight) over (partition by cost_id) = 0
                )
                then cost_weight
            else token_weight
        end as weight
    from held

),

totalled as (

    select
        *,
        sum(weight) over (partition by cost_id) as total_weight,
        {{ usd_to_pico('billed_usd') }} as billed_pico,
        {{ usd_to_pico('list_usd') }} as list_pico
    from chosen
    where weight > 0

),

cut as (

    select
        *,
        {{ share_of('abs(billed_pico)', 'weight', 'total_weight') }} as billed_part,
        {{ share_of('abs(list_pico)', 'weight', 'total_weight') }} as list_part,
        {{ share_remainder('abs(billed_pico)', 'weight', 'total_weight') }}
            as billed_remainder,
        {{ share_remainder('abs(list_pico)', 'weight', 'total_weight') }}
            as list_remainder
    from totalled

),

-- Largest remainder: the pico-dollars that are left go where most was cut off.
ranked as (

    select
        *,
        abs(billed_pico) - sum(billed_part) over (partition by cost_id)
            as billed_left,
        abs(list_pico) - sum(list_part) over (partition by cost_id) as list_left,
        row_number() over (
            partition by cost_id
            order by
                billed_remainder desc, principal_type asc, principal_id asc,
                person_id asc, cost_pool asc, team asc, attribution asc,
                confidence asc
        ) as billed_place,
        row_number() over (
            partition by cost_id
            order by
                list_remainder desc, principal_type asc, principal_id asc,
                person_id asc, cost_pool asc, team asc, attribution asc,
                confidence asc
        ) as list_place
    from cut

),

shared as (

    select
        *,
        case when billed_pico < 0 then -1 else 1 end
        * (billed_part + case when billed_place <= billed_left then 1 else 0 end)
            as billed_pico_part,
        case when list_pico < 0 then -1 else 1 end
        * (list_part + case when list_place <= list_left then 1 else 0 end)
            as list_pico_part
    from ranked

),

placed as (

    select distinct cost_id
    from shared

),

borne as (

    select
        charges.cost_id,
        shared.principal_type as holder_type,
        shared.principal_id as holder_id,
        shared.person_id,
        shared.cost_pool,
        shared.team,
        shared.attribution,
        'allocated' as method,
        case
            when shared.scope_rank = 1 then 'all_named'
            when shared.scope_rank = 2 and charges.charge_kind = 'tool'
                then 'tools_of_day'
            when shared.scope_rank = 2 then 'model_and_class'
            when shared.scope_rank = 3 then 'model'
            else 'vendor_day'
        end as allocation_scope,
        -- A share is a guess at whose it was, however sure the usage is.
        least(cast(0.3 as double), shared.confidence) as confidence,
        {{ pico_to_usd('shared.billed_pico_part') }} as billed_usd,
        {{ pico_to_usd('shared.list_pico_part') }} as list_usd,
        cast(null as decimal(38, 12)) as quantity
    from charges
    inner join shared
        on charges.cost_id = shared.cost_id
    union all
    select
        charges.cost_id,
        charges.principal_type as holder_type,
        charges.principal_id as holder_id,
        null as person_id,
        null as cost_pool,
        null as team,
        'unattributed' as attribution,
        'unallocated' as method,
        'none' as allocation_scope,
        cast(0 as double) as confidence,
        charges.billed_usd,
        charges.list_usd,
        charges.quantity
    from charges
    left join placed
        on charges.cost_id = placed.cost_id
    where charges.is_shared and placed.cost_id is null
    union all
    select
        charges.cost_id,
        charges.principal_type as holder_type,
        charges.principal_id as holder_id,
        int_accounts_resolved.person_id,
        int_accounts_resolved.cost_pool,
        int_accounts_resolved.team,
        coalesce(int_accounts_resolved.attribution, 'unattributed') as attribution,
        'direct' as method,
        'none' as allocation_scope,
        coalesce(int_accounts_resolved.confidence, cast(0 as double)) as confidence,
        charges.billed_usd,
        charges.list_usd,
        charges.quantity
    from charges
    left join int_accounts_resolved
        on
            charges.vendor = int_accounts_resolved.source
            and charges.principal_type = int_accounts_resolved.account_kind
            and charges.principal_id = int_accounts_resolved.account_id
            and charges.usage_date = int_accounts_resolved.seen_date
    where not charges.is_shared

),

costs_allocated as (

    select
        ---------- ids
        borne.cost_id,
        charges.vendor,
        borne.holder_type as principal_type,
        borne.holder_id as principal_id,
        borne.person_id,
        borne.cost_pool,
        {% for name in cost_scope() -%}
        charges.{{ name }},
        {% endfor -%}
        charges.token_class,
        charges.pull_id,

        ---------- strings
        borne.team,
        borne.attribution,
        borne.method,
        borne.allocation_scope,
        charges.charge_kind,
        charges.quantity_unit,
        charges.currency,

        ---------- numerics
        borne.quantity,
        borne.billed_usd,
        borne.list_usd,
        borne.confidence,
        charges.page_number,

        ---------- dates
        charges.usage_date

    from charges
    inner join borne
        on charges.cost_id = borne.cost_id

)

select * from costs_allocated

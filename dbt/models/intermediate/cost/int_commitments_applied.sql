with

stg_finance__commitments as (

    select * from {{ ref('stg_finance__commitments') }}

),

int_rates_spanned as (

    select * from {{ ref('int_rates_spanned') }}

),

int_usage_attributed as (

    select * from {{ ref('int_usage_attributed') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

-- In dollars of the day it starts; `ends_on` is its last day.
commitments as (

    select
        stg_finance__commitments.vendor,
        stg_finance__commitments.commitment_id,
        stg_finance__commitments.kind,
        stg_finance__commitments.starts_on,
        stg_finance__commitments.ends_on,
        {{ to_usd(
            'stg_finance__commitments.amount', 'int_rates_spanned.usd_per_unit'
        ) }} as amount_usd
    from stg_finance__commitments
    left join int_rates_spanned
        on
            upper(trim(stg_finance__commitments.currency)) = int_rates_spanned.currency
            and stg_finance__commitments.starts_on >= int_rates_spanned.valid_from
            and stg_finance__commitments.starts_on < int_rates_spanned.valid_to
    where stg_finance__commitments.removed_at is null

),

spent as (

    select
        vendor,
        usage_date,
        sum(contracted_usd) as contracted_usd
    from int_usage_attributed
    where contracted_usd is not null
    group by vendor, usage_date

),

-- A day is drawn from one commitment: of those in force the one that ends first.
placed as (

    select
        commitments.vendor,
        commitments.commitment_id,
        commitments.amount_usd,
        spent.usage_date,
        spent.contracted_usd,
        row_number() over (
            partition by spent.vendor, spent.usage_date
            order by commitments.ends_on, commitments.commitment_id
        ) as place
    from commitments
    inner join spent
        on
            commitments.vendor = spent.vendor
            and commitments.starts_on <= spent.usage_date
            and commitments.ends_on >= spent.usage_date
    where commitments.amount_usd is not null

),

summed as (

    select
        *,
        coalesce(
            sum(contracted_usd) over (
                partition by vendor, commitment_id
                order by usage_date
                rows between unbounded preceding and 1 preceding
            ), 0
        ) as earlier_usd
    from placed
    where place = 1

),

drawn as (

    select
        vendor,
        commitment_id,
        usage_date,
        greatest(
            cast(0 as decimal(38, 12)),
            least(
                cast(contracted_usd as decimal(38, 12)),
                {{ usd_less('amount_usd', 'earlier_usd') }}
            )
        ) as drawn_usd
    from summed

),

used as (

    select
        vendor,
        commitment_id,
        sum(drawn_usd) as used_usd
    from drawn
    group by vendor, commitment_id

),

-- The first day is there without use too: its row carries the purchase.
drawing_days as (

    select
        vendor,
        commitment_id,
        starts_on as usage_date
    from commitments
    union
    select
        vendor,
        commitment_id,
        usage_date
    from drawn

),

commitments_applied as (

    select
        ---------- ids
        commitments.vendor,
        commitments.commitment_id,

        ---------- strings
        commitments.kind,

        ---------- numerics
        commitments.amount_usd,
        cast(coalesce(drawn.drawn_usd, 0) as decimal(38, 12)) as drawn_usd,
        -- Unused for good once its last day is over.
        case
            when commitments.ends_on < int_settings_resolved.as_of_utc_date
                then {{ usd_less(
                    'commitments.amount_usd', 'coalesce(used.used_usd, 0)'
                ) }}
        end as unused_usd,

        ---------- dates
        commitments.starts_on,
        commitments.ends_on,
        drawing_days.usage_date

    from commitments
    cross join int_settings_resolved
    inner join drawing_days
        on
            commitments.vendor = drawing_days.vendor
            and commitments.commitment_id = drawing_days.commitment_id
    left join drawn
        on
            drawing_days.vendor = drawn.vendor
            and drawing_days.commitment_id = drawn.commitment_id
            and drawing_days.usage_date = drawn.usage_date
    left join used
        on
            commitments.vendor = used.vendor
            and commitments.commitment_id = used.commitment_id

)

select * from commitments_applied

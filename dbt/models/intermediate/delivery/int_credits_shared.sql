with

int_credit_parties_found as (

    select * from {{ ref('int_credit_parties_found') }}

),

counted as (

    select
        *,
        count(*) over (partition by item_kind, item_id, credit_rule) as parties_n,
        sum(parts) over (partition by item_kind, item_id, credit_rule) as item_parts
    from int_credit_parties_found

),

cut as (

    select
        *,
        {{ share_of(1000000, 'parts', 'item_parts') }} as whole_millionths,
        {{ share_remainder(1000000, 'parts', 'item_parts') }} as remainder
    from counted

),

ordered as (

    select
        *,
        1000000 - sum(whole_millionths) over (
            partition by item_kind, item_id, credit_rule
        ) as left_millionths,
        row_number() over (
            partition by item_kind, item_id, credit_rule
            order by
                remainder desc,
                case when person_id is null then 1 else 0 end asc,
                person_id asc,
                party asc
        ) as place
    from cut

),

-- Largest remainder: whose share was cut the most gets a millionth of what is left.
shared as (

    select
        *,
        cast(whole_millionths as bigint)
        + case when place <= left_millionths then 1 else 0 end as credit_millionths
    from ordered

),

credits_shared as (

    select
        ---------- ids
        item_kind,
        item_id,
        coalesce(person_id, 'unattributed') as credit_holder,
        person_id,

        ---------- strings
        max(team) as team,
        credit_rule,
        max(credit_basis) as credit_basis,
        min(reason) as reason,

        ---------- numerics
        cast(sum(credit_millionths) as bigint) as credit_millionths,
        max(parties_n) as parties_n,

        ---------- booleans
        bool_and(is_mature) as is_mature,

        ---------- dates
        item_date,
        {{ quarter_start('item_date') }} as quarter_start

    from shared
    group by item_kind, item_id, credit_rule, person_id, item_date

)

select * from credits_shared

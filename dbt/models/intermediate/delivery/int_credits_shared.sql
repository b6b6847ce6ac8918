with

int_credit_parties_found as (

    select * from {{ ref('int_credit_parties_found') }}

),

counted as (

    select
        *,
        count(*) over (partition by item_kind, item_id) as parties_n,
        row_number() over (
            partition by item_kind, item_id
            order by case when person_id is null then 1 else 0 end, person_id, party
        ) as place
    from int_credit_parties_found

),

-- Largest remainder over equal parts: the first of them get a millionth more.
shared as (

    select
        *,
        cast((1000000 - mod(1000000, parties_n)) / parties_n as bigint)
        + case when place <= mod(1000000, parties_n) then 1 else 0 end
            as credit_millionths
    from counted

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
        max(credit_rule) as credit_rule,
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
    group by item_kind, item_id, person_id, item_date

)

select * from credits_shared

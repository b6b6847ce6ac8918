with

int_deliverables_collected as (

    select * from {{ ref('int_deliverables_collected') }}

),

int_deliverable_parties_found as (

    select * from {{ ref('int_deliverable_parties_found') }}

),

authors as (

    select * from int_deliverable_parties_found
    where involvement = 'author' and observation = 'delivered'

),

parties as (

    select
        int_deliverables_collected.feed,
        int_deliverables_collected.item_id,
        int_deliverables_collected.delivered_date as item_date,
        authors.party,
        authors.person_id,
        authors.team,
        case
            when authors.person_id is not null then null
            when authors.party is null then 'nobody_named'
            else coalesce(authors.reason, 'no_link')
        end as reason
    from int_deliverables_collected
    left join authors
        on
            int_deliverables_collected.feed = authors.feed
            and int_deliverables_collected.item_id = authors.item_id
    where int_deliverables_collected.delivered_at is not null

),

counted as (

    select
        *,
        count(*) over (partition by feed, item_id) as parties_n,
        row_number() over (
            partition by feed, item_id
            order by case when person_id is null then 1 else 0 end, person_id, party
        ) as place
    from parties

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

deliverable_credits_shared as (

    select
        ---------- ids
        feed,
        item_id,
        coalesce(person_id, 'unattributed') as credit_holder,
        person_id,

        ---------- strings
        max(team) as team,
        min(reason) as reason,

        ---------- numerics
        cast(sum(credit_millionths) as bigint) as credit_millionths,
        max(parties_n) as parties_n,

        ---------- dates
        item_date,
        {{ quarter_start('item_date') }} as quarter_start

    from shared
    group by feed, item_id, person_id, item_date

)

select * from deliverable_credits_shared

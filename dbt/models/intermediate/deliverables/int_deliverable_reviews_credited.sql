with

int_deliverable_parties_found as (

    select * from {{ ref('int_deliverable_parties_found') }}

),

authors as (

    select
        feed,
        item_id,
        party
    from int_deliverable_parties_found
    where involvement = 'author' and observation = 'delivered'

),

-- Nobody reviews what is their own.
deliverable_reviews_credited as (

    select
        ---------- ids
        int_deliverable_parties_found.feed,
        int_deliverable_parties_found.item_id,
        int_deliverable_parties_found.party,
        int_deliverable_parties_found.person_id,

        ---------- strings
        int_deliverable_parties_found.team,
        case
            when int_deliverable_parties_found.person_id is null
                then coalesce(int_deliverable_parties_found.reason, 'no_link')
        end as reason,

        ---------- numerics
        cast(1000000 as bigint) as credit_millionths,

        ---------- dates
        int_deliverable_parties_found.observed_date as item_date,
        int_deliverable_parties_found.quarter_start

    from int_deliverable_parties_found
    left join authors
        on
            int_deliverable_parties_found.feed = authors.feed
            and int_deliverable_parties_found.item_id = authors.item_id
            and int_deliverable_parties_found.party = authors.party
    where
        int_deliverable_parties_found.involvement = 'reviewer'
        and int_deliverable_parties_found.observation = 'delivered'
        and authors.party is null

)

select * from deliverable_reviews_credited

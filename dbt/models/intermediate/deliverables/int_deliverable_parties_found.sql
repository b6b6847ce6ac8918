with

int_deliverable_people_observed as (

    select * from {{ ref('int_deliverable_people_observed') }}

),

int_accounts_resolved as (

    select * from {{ ref('int_accounts_resolved') }}

),

-- Two accounts of one person are one party.
deliverable_parties_found as (

    select
        ---------- ids
        int_deliverable_people_observed.feed,
        int_deliverable_people_observed.item_id,
        coalesce(
            int_accounts_resolved.person_id, int_deliverable_people_observed.account_id
        ) as party,
        max(int_accounts_resolved.person_id) as person_id,

        ---------- strings
        int_deliverable_people_observed.involvement,
        int_deliverable_people_observed.observation,
        max(int_accounts_resolved.team) as team,
        min(coalesce(int_accounts_resolved.reason, int_accounts_resolved.attribution))
            as reason,

        ---------- dates
        int_deliverable_people_observed.observed_date,
        int_deliverable_people_observed.quarter_start,

        ---------- timestamps
        int_deliverable_people_observed.started_at,
        int_deliverable_people_observed.observed_at

    from int_deliverable_people_observed
    left join int_accounts_resolved
        on
            int_deliverable_people_observed.source = int_accounts_resolved.source
            and int_accounts_resolved.account_kind = 'user'
            and int_deliverable_people_observed.account_id
            = int_accounts_resolved.account_id
            and int_deliverable_people_observed.observed_date
            = int_accounts_resolved.seen_date
    group by
        int_deliverable_people_observed.feed,
        int_deliverable_people_observed.item_id,
        coalesce(
            int_accounts_resolved.person_id, int_deliverable_people_observed.account_id
        ),
        int_deliverable_people_observed.involvement,
        int_deliverable_people_observed.observation,
        int_deliverable_people_observed.observed_date,
        int_deliverable_people_observed.quarter_start,
        int_deliverable_people_observed.started_at,
        int_deliverable_people_observed.observed_at

)

select * from deliverable_parties_found

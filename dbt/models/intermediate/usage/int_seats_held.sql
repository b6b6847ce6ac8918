with

int_seats_listed as (

    select * from {{ ref('int_seats_listed') }}

),

int_accounts_resolved as (

    select * from {{ ref('int_accounts_resolved') }}

),

seats_held as (

    select
        ---------- ids
        int_seats_listed.source as vendor,
        int_seats_listed.account_kind,
        int_seats_listed.account_id,
        int_accounts_resolved.person_id,

        ---------- strings
        int_accounts_resolved.team,
        int_seats_listed.plan,

        ---------- numerics
        int_seats_listed.monthly_usd,

        ---------- dates
        int_seats_listed.assigned_on,
        int_seats_listed.last_active_on,
        int_seats_listed.ends_on,

        ---------- timestamps
        int_seats_listed.known_at

    from int_seats_listed
    left join int_accounts_resolved
        on
            int_seats_listed.source = int_accounts_resolved.source
            and int_seats_listed.account_kind = int_accounts_resolved.account_kind
            and int_seats_listed.account_id = int_accounts_resolved.account_id
            and int_seats_listed.listed_date = int_accounts_resolved.seen_date

)

select * from seats_held

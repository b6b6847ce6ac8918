with

int_accounts_claimed as (

    select * from {{ ref('int_accounts_claimed') }}

),

int_accounts_decided as (

    select * from {{ ref('int_accounts_decided') }}

),

int_persons_merged as (

    select * from {{ ref('int_persons_merged') }}

),

int_persons_spanned as (

    select * from {{ ref('int_persons_spanned') }}

),

verdicts as (

    select * from int_accounts_decided
    where verdict <> 'taken'

),

takings as (

    select * from int_accounts_decided
    where verdict = 'taken'

),

claims as (

    select
        int_accounts_claimed.*,
        coalesce(int_persons_merged.merged_person_id, int_accounts_claimed.person_id)
            as owner_id
    from int_accounts_claimed
    left join int_persons_merged
        on
            int_accounts_claimed.person_id = int_persons_merged.person_id
            and int_accounts_claimed.seen_date >= int_persons_merged.valid_from
            and int_accounts_claimed.seen_date < int_persons_merged.valid_to

),

-- Where somebody decided whose the account is, no rule is asked.
links as (

    select
        source,
        account_kind,
        account_id,
        seen_date,
        0 as precedence,
        verdict as method,
        person_id,
        cast(null as string) as cost_pool,
        true as is_in_force
    from verdicts
    union all
    select
        claims.source,
        claims.account_kind,
        claims.account_id,
        claims.seen_date,
        claims.precedence,
        claims.method,
        claims.owner_id as person_id,
        claims.cost_pool,
        bool_or(claims.is_in_force) as is_in_force
    from claims
    left join verdicts
        on
            claims.source = verdicts.source
            and claims.account_kind = verdicts.account_kind
            and claims.account_id = verdicts.account_id
            and claims.seen_date = verdicts.seen_date
    left join takings
        on
            claims.source = takings.source
            and claims.account_kind = takings.account_kind
            and claims.account_id = takings.account_id
            and claims.seen_date = takings.seen_date
            and claims.owner_id = takings.person_id
    where verdicts.sequence is null and takings.sequence is null
    group by
        claims.source,
        claims.account_kind,
        claims.account_id,
        claims.seen_date,
        claims.precedence,
        claims.method,
        claims.owner_id,
        claims.cost_pool

),

accounts_linked as (

    select
        ---------- ids
        links.source,
        links.account_kind,
        links.account_id,
        links.person_id,
        links.cost_pool,

        ---------- strings
        links.method,
        int_persons_spanned.team,

        ---------- numerics
        links.precedence,

        ---------- booleans
        int_persons_spanned.person_id is not null as is_employed,
        -- An e-mail of another time names its owner, and links nothing.
        links.is_in_force
        and (links.precedence <> 1 or int_persons_spanned.person_id is not null)
            as is_in_force,

        ---------- dates
        links.seen_date

    from links
    left join int_persons_spanned
        on
            links.person_id = int_persons_spanned.person_id
            and links.seen_date >= int_persons_spanned.valid_from
            and links.seen_date < int_persons_spanned.valid_to

)

select * from accounts_linked

with

int_accounts_seen as (

    select * from {{ ref('int_accounts_seen') }}

),

int_decisions_upheld as (

    select * from {{ ref('int_decisions_upheld') }}

),

int_persons_merged as (

    select * from {{ ref('int_persons_merged') }}

),

-- What is decided about an account of a host holds for its no-reply address too.
known_as as (

    select
        source,
        account_kind,
        account_id,
        seen_date,
        source as known_source,
        account_kind as known_kind,
        account_id as known_id,
        0 as steps_n
    from int_accounts_seen
    union all
    select
        source,
        account_kind,
        account_id,
        seen_date,
        {{ no_reply_source('account_id') }} as known_source,
        'user' as known_kind,
        {{ no_reply_id('account_id') }} as known_id,
        1 as steps_n
    from int_accounts_seen
    where
        source = 'git'
        and {{ no_reply_source('account_id') }} is not null
        and {{ no_reply_id('account_id') }} <> ''

),

applied as (

    select
        known_as.source,
        known_as.account_kind,
        known_as.account_id,
        known_as.seen_date,
        known_as.steps_n,
        int_decisions_upheld.sequence,
        int_decisions_upheld.decision,
        case int_decisions_upheld.decision
            when 'bind' then int_decisions_upheld.person_id
            when 'split' then int_decisions_upheld.other_person_id
        end as given_person_id,
        case when int_decisions_upheld.decision = 'split'
                then int_decisions_upheld.person_id
        end as taken_person_id
    from known_as
    inner join int_decisions_upheld
        on
            known_as.known_source = int_decisions_upheld.source
            and known_as.known_kind = int_decisions_upheld.account_kind
            and known_as.known_id = int_decisions_upheld.account_id
            and known_as.seen_date >= int_decisions_upheld.valid_from
            and known_as.seen_date < int_decisions_upheld.valid_to

),

-- Records of one person are that person on the day, whichever of them was named.
named as (

    select
        applied.*,
        coalesce(given.merged_person_id, applied.given_person_id) as given_to,
        coalesce(taken.merged_person_id, applied.taken_person_id) as taken_from
    from applied
    left join int_persons_merged as given
        on
            applied.given_person_id = given.person_id
            and applied.seen_date >= given.valid_from
            and applied.seen_date < given.valid_to
    left join int_persons_merged as taken
        on
            applied.taken_person_id = taken.person_id
            and applied.seen_date >= taken.valid_from
            and applied.seen_date < taken.valid_to

),

takings as (

    select
        source,
        account_kind,
        account_id,
        seen_date,
        taken_from,
        max(sequence) as sequence
    from named
    where taken_from is not null
    group by source, account_kind, account_id, seen_date, taken_from

),

-- Who is given the account, or that nobody is: what is taken later holds no longer.
verdicts as (

    select
        named.source,
        named.account_kind,
        named.account_id,
        named.seen_date,
        named.given_to,
        named.sequence,
        row_number() over (
            partition by
                named.source, named.account_kind, named.account_id, named.seen_date
            order by named.steps_n asc, named.sequence desc
        ) as recency
    from named
    left join takings
        on
            named.source = takings.source
            and named.account_kind = takings.account_kind
            and named.account_id = takings.account_id
            and named.seen_date = takings.seen_date
            and named.given_to = takings.taken_from
            and named.sequence < takings.sequence
    where
        takings.sequence is null
        and (named.given_to is not null or named.decision = 'exclude')

),

outcomes as (

    select
        source,
        account_kind,
        account_id,
        seen_date,
        given_to as person_id,
        case when given_to is null then 'exclusion' else 'decision' end as verdict,
        sequence
    from verdicts
    where recency = 1
    union all
    select
        source,
        account_kind,
        account_id,
        seen_date,
        taken_from as person_id,
        'taken' as verdict,
        sequence
    from takings

),

accounts_decided as (

    select
        ---------- ids
        source,
        account_kind,
        account_id,
        person_id,

        ---------- strings
        verdict,

        ---------- numerics
        sequence,

        ---------- dates
        seen_date

    from outcomes

)

select * from accounts_decided

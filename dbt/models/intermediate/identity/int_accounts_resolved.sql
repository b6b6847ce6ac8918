with

int_accounts_seen as (

    select * from {{ ref('int_accounts_seen') }}

),

int_accounts_linked as (

    select * from {{ ref('int_accounts_linked') }}

),

ordered as (

    select
        *,
        min(case when is_in_force then precedence end) over (
            partition by source, account_kind, account_id, seen_date
        ) as first_precedence
    from int_accounts_linked

),

-- The first rule that says anything decides; if it says two things, nobody is picked.
decided as (

    select
        source,
        account_kind,
        account_id,
        seen_date,
        count(distinct case
            when is_in_force and precedence = first_precedence
                then coalesce('person ' || person_id, 'pool ' || cost_pool)
        end) as owners_n,
        min(case when is_in_force and precedence = first_precedence then method end)
            as method,
        min(case when is_in_force and precedence = first_precedence then person_id end)
            as person_id,
        min(case when is_in_force and precedence = first_precedence then cost_pool end)
            as cost_pool,
        min(case when is_in_force and precedence = first_precedence then team end)
            as team,
        bool_or(is_in_force and precedence = first_precedence and is_employed)
            as is_employed,
        bool_or(precedence = 1 and not is_employed) as is_of_former_email,
        bool_or(precedence = 1 and is_employed and not is_in_force) as is_of_other_email
    from ordered
    group by source, account_kind, account_id, seen_date

),

outcomes as (

    select
        int_accounts_seen.source,
        int_accounts_seen.account_kind,
        int_accounts_seen.account_id,
        int_accounts_seen.seen_date,
        decided.method,
        decided.person_id,
        decided.cost_pool,
        decided.team,
        case
            when decided.method = 'exclusion' then 'excluded'
            when decided.owners_n > 1 then 'ambiguous'
            when decided.cost_pool is not null then 'service'
            when decided.person_id is not null and decided.is_employed then 'person'
            when decided.person_id is not null or decided.is_of_former_email
                then 'outside_employment'
            when int_accounts_seen.account_kind in ('service_account', 'federated')
                then 'service'
            when decided.is_of_other_email then 'email_not_in_force'
            when int_accounts_seen.account_kind = 'api_key' then 'unknown_key'
            when int_accounts_seen.account_kind = 'unknown' then 'unknown_principal'
            else 'no_link'
        end as outcome
    from int_accounts_seen
    left join decided
        on
            int_accounts_seen.source = decided.source
            and int_accounts_seen.account_kind = decided.account_kind
            and int_accounts_seen.account_id = decided.account_id
            and int_accounts_seen.seen_date = decided.seen_date

),

accounts_resolved as (

    select
        ---------- ids
        source,
        account_kind,
        account_id,
        case when outcome = 'person' then person_id end as person_id,
        case when outcome = 'service' then coalesce(cost_pool, account_id) end
            as cost_pool,

        ---------- strings
        case when outcome = 'person' then team end as team,
        case when outcome in ('person', 'service') then outcome else 'unattributed' end
            as attribution,
        case
            when outcome in ('person', 'service') then coalesce(method, 'vendor_kind')
            else 'none'
        end as method,
        case when outcome not in ('person', 'service') then outcome end as reason,

        ---------- numerics
        cast(case
            when outcome not in ('person', 'service') then 0
            when method in ('directory_id', 'verified_alias', 'no_reply_id') then 0.9
            when method in ('key_owner', 'vendor_key_owner') then 0.7
            else 1
        end as double) as confidence,

        ---------- dates
        seen_date

    from outcomes

)

select * from accounts_resolved

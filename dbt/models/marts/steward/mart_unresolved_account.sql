with

int_unresolved_accounts_summed as (

    select * from {{ ref('int_unresolved_accounts_summed') }}

),

unresolved_account as (

    select
        ---------- ids
        source,
        account_kind,
        account_id,
        suggested_person_id,

        ---------- strings
        reason,
        suggestion_class,
        suggestion_reason,

        ---------- numerics
        cast(suggested_people_n as bigint) as suggested_people_n,
        cast(tokens as bigint) as tokens,
        cast(list_cost_usd as decimal(38, 12)) as list_cost_usd,
        cast(items_n as bigint) as items_n,
        cast(days_n as bigint) as days_n,

        ---------- dates
        first_seen_date,
        last_seen_date

    from int_unresolved_accounts_summed

)

select * from unresolved_account

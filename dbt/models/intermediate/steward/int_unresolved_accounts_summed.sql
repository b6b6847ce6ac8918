with

int_accounts_resolved as (

    select * from {{ ref('int_accounts_resolved') }}

),

int_accounts_suggested as (

    select * from {{ ref('int_accounts_suggested') }}

),

int_usage_attributed as (

    select * from {{ ref('int_usage_attributed') }}

),

int_issue_holders_observed as (

    select * from {{ ref('int_issue_holders_observed') }}

),

int_change_authors_weighed as (

    select * from {{ ref('int_change_authors_weighed') }}

),

unresolved as (

    select
        source,
        account_kind,
        account_id,
        reason,
        count(*) as days_n,
        min(seen_date) as first_seen_date,
        max(seen_date) as last_seen_date
    from int_accounts_resolved
    where {{ is_unresolved() }}
    group by source, account_kind, account_id, reason

),

usage_at_stake as (

    select
        vendor as source,
        principal_type as account_kind,
        principal_id as account_id,
        reason,
        sum(tokens) as tokens,
        coalesce(sum(case when price_basis = 'unpriced' then tokens end), 0)
            as unpriced_tokens,
        sum(usage_usd) as priced_usd
    from int_usage_attributed
    where attribution = 'unattributed'
    group by vendor, principal_type, principal_id, reason

),

worked_on as (

    select
        'jira' as source,
        'user' as account_kind,
        account_id,
        observed_date as seen_date,
        site || '/' || issue_id as item_id
    from int_issue_holders_observed
    union all
    select
        'git' as source,
        'email' as account_kind,
        author_email as account_id,
        authored_date as seen_date,
        repository || '@' || mainline_sha as item_id
    from int_change_authors_weighed

),

items_at_stake as (

    select
        int_accounts_resolved.source,
        int_accounts_resolved.account_kind,
        int_accounts_resolved.account_id,
        int_accounts_resolved.reason,
        count(distinct worked_on.item_id) as items_n
    from int_accounts_resolved
    inner join worked_on
        on
            int_accounts_resolved.source = worked_on.source
            and int_accounts_resolved.account_kind = worked_on.account_kind
            and int_accounts_resolved.account_id = worked_on.account_id
            and int_accounts_resolved.seen_date = worked_on.seen_date
    where int_accounts_resolved.attribution = 'unattributed'
    group by
        int_accounts_resolved.source,
        int_accounts_resolved.account_kind,
        int_accounts_resolved.account_id,
        int_accounts_resolved.reason

),

-- Each reason with the people it points to; the best reason decides who is first.
ranked as (

    select
        *,
        {{ suggestion_rank('suggestion_reason') }} as suggestion_rank,
        min({{ suggestion_rank('suggestion_reason') }}) over (
            partition by source, account_kind, account_id
        ) as best_rank
    from int_accounts_suggested

),

suggested as (

    select
        source,
        account_kind,
        account_id,
        count(distinct person_id) as suggested_people_n,
        count(distinct case when suggestion_rank = best_rank then person_id end)
            as best_people_n,
        min(case when suggestion_rank = best_rank then person_id end)
            as best_person_id,
        min(case when suggestion_rank = best_rank then suggestion_class end)
            as suggestion_class,
        min(case when suggestion_rank = best_rank then suggestion_reason end)
            as suggestion_reason
    from ranked
    group by source, account_kind, account_id

),

unresolved_accounts_summed as (

    select
        ---------- ids
        unresolved.source,
        unresolved.account_kind,
        unresolved.account_id,
        case when suggested.best_people_n = 1 then suggested.best_person_id end
            as suggested_person_id,

        ---------- strings
        unresolved.reason,
        suggested.suggestion_class,
        suggested.suggestion_reason,

        ---------- numerics
        coalesce(suggested.suggested_people_n, 0) as suggested_people_n,
        usage_at_stake.tokens,
        case when usage_at_stake.unpriced_tokens = 0 then usage_at_stake.priced_usd end
            as list_cost_usd,
        items_at_stake.items_n,
        unresolved.days_n,

        ---------- dates
        unresolved.first_seen_date,
        unresolved.last_seen_date

    from unresolved
    left join usage_at_stake
        on
            unresolved.source = usage_at_stake.source
            and unresolved.account_kind = usage_at_stake.account_kind
            and unresolved.account_id = usage_at_stake.account_id
            and unresolved.reason = usage_at_stake.reason
    left join items_at_stake
        on
            unresolved.source = items_at_stake.source
            and unresolved.account_kind = items_at_stake.account_kind
            and unresolved.account_id = items_at_stake.account_id
            and unresolved.reason = items_at_stake.reason
    left join suggested
        on
            unresolved.source = suggested.source
            and unresolved.account_kind = suggested.account_kind
            and unresolved.account_id = suggested.account_id

)

select * from unresolved_accounts_summed

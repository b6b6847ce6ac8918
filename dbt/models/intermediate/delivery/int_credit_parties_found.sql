with

int_authorships_found as (

    select * from {{ ref('int_authorships_found') }}

),

int_changes_merged as (

    select * from {{ ref('int_changes_merged') }}

),

int_issues_timed as (

    select * from {{ ref('int_issues_timed') }}

),

int_accounts_resolved as (

    select * from {{ ref('int_accounts_resolved') }}

),

int_persons_spanned as (

    select * from {{ ref('int_persons_spanned') }}

),

items as (

    select
        'merged_change' as item_kind,
        change_id as item_id,
        merged_date as item_date,
        is_mature,
        cast(null as string) as assignee_account_id
    from int_changes_merged
    where is_counted
    union all
    select
        'issue' as item_kind,
        site || '/' || issue_id as item_id,
        done_date as item_date,
        is_mature,
        done_assignee_account_id as assignee_account_id
    from int_issues_timed
    where is_finished and not is_undelivered

),

authored_items as (

    select distinct
        item_kind,
        item_id
    from int_authorships_found

),

-- Who wrote the code shares the item; where there is no code, it is the assignee's.
parties as (

    select
        item_kind,
        item_id,
        'authors' as credit_rule,
        party,
        person_id,
        reason
    from int_authorships_found
    where is_eligible
    union all
    select
        items.item_kind,
        items.item_id,
        'assignee' as credit_rule,
        items.assignee_account_id as party,
        int_accounts_resolved.person_id,
        int_accounts_resolved.reason
    from items
    left join authored_items
        on
            items.item_kind = authored_items.item_kind
            and items.item_id = authored_items.item_id
    left join int_accounts_resolved
        on
            int_accounts_resolved.source = 'jira'
            and items.assignee_account_id = int_accounts_resolved.account_id
            and items.item_date = int_accounts_resolved.seen_date
    where authored_items.item_id is null

),

credit_parties_found as (

    select
        ---------- ids
        items.item_kind,
        items.item_id,
        coalesce(parties.party, 'nobody') as party,
        int_persons_spanned.person_id,

        ---------- strings
        case when parties.party is null then 'none' else parties.credit_rule end
            as credit_rule,
        int_persons_spanned.team,
        case
            when int_persons_spanned.person_id is not null then null
            when parties.person_id is not null then 'outside_employment'
            when parties.party is null then 'nobody_named'
            else coalesce(parties.reason, 'no_link')
        end as reason,

        ---------- booleans
        items.is_mature,

        ---------- dates
        items.item_date

    from items
    left join parties
        on
            items.item_kind = parties.item_kind
            and items.item_id = parties.item_id
    left join int_persons_spanned
        on
            parties.person_id = int_persons_spanned.person_id
            and items.item_date >= int_persons_spanned.valid_from
            and items.item_date < int_persons_spanned.valid_to

)

select * from credit_parties_found

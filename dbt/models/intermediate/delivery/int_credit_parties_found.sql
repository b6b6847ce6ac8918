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

rules as (

    {% for credit_rule in credit_rules() -%}
    select '{{ credit_rule }}' as credit_rule
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

assignees as (

    select
        items.item_kind,
        items.item_id,
        items.assignee_account_id as party,
        int_accounts_resolved.person_id,
        int_accounts_resolved.reason
    from items
    left join int_accounts_resolved
        on
            int_accounts_resolved.source = 'jira'
            and items.assignee_account_id = int_accounts_resolved.account_id
            and items.item_date = int_accounts_resolved.seen_date
    where items.assignee_account_id is not null

),

eligible as (

    select
        *,
        sum(source_lines) over (partition by item_kind, item_id) as eligible_lines
    from int_authorships_found
    where is_eligible

),

-- One who stands for a change: who opened it, else who wrote most of it.
spokespersons as (

    select
        *,
        row_number() over (
            partition by item_id
            order by
                case when is_opener then 1 else 2 end asc,
                source_lines desc,
                person_id asc,
                party asc
        ) as place
    from int_authorships_found
    where item_kind = 'merged_change' and (is_opener or is_eligible)

),

authored_items as (

    select distinct
        item_kind,
        item_id
    from eligible

),

-- Who wrote the code shares the item; where there is no code, it is the assignee's.
parties as (

    select
        item_kind,
        item_id,
        'equal' as credit_rule,
        'authors' as credit_basis,
        party,
        person_id,
        reason,
        1 as parts
    from eligible
    union all
    select
        item_kind,
        item_id,
        'proportional' as credit_rule,
        'authors' as credit_basis,
        party,
        person_id,
        reason,
        case when eligible_lines > 0 then source_lines else 1 end as parts
    from eligible
    where eligible_lines = 0 or source_lines > 0
    union all
    select
        item_kind,
        item_id,
        'assignee' as credit_rule,
        'authors' as credit_basis,
        party,
        person_id,
        reason,
        1 as parts
    from spokespersons
    where place = 1
    union all
    select
        assignees.item_kind,
        assignees.item_id,
        rules.credit_rule,
        'assignee' as credit_basis,
        assignees.party,
        assignees.person_id,
        assignees.reason,
        1 as parts
    from assignees
    cross join rules
    left join authored_items
        on
            assignees.item_kind = authored_items.item_kind
            and assignees.item_id = authored_items.item_id
    where authored_items.item_id is null or rules.credit_rule = 'assignee'

),

credit_parties_found as (

    select
        ---------- ids
        items.item_kind,
        items.item_id,
        coalesce(parties.party, 'nobody') as party,
        int_persons_spanned.person_id,

        ---------- strings
        rules.credit_rule,
        coalesce(parties.credit_basis, 'none') as credit_basis,
        int_persons_spanned.team,
        case
            when int_persons_spanned.person_id is not null then null
            when parties.person_id is not null then 'outside_employment'
            when parties.party is null then 'nobody_named'
            else coalesce(parties.reason, 'no_link')
        end as reason,

        ---------- numerics
        cast(coalesce(parties.parts, 1) as bigint) as parts,

        ---------- booleans
        items.is_mature,

        ---------- dates
        items.item_date

    from items
    cross join rules
    left join parties
        on
            items.item_kind = parties.item_kind
            and items.item_id = parties.item_id
            and rules.credit_rule = parties.credit_rule
    left join int_persons_spanned
        on
            parties.person_id = int_persons_spanned.person_id
            and items.item_date >= int_persons_spanned.valid_from
            and items.item_date < int_persons_spanned.valid_to

)

select * from credit_parties_found

with

stg_deliverables__people as (

    select * from {{ ref('stg_deliverables__people') }}

),

stg_jira__changelog_items as (

    select * from {{ ref('stg_jira__changelog_items') }}

),

int_issue_changes_spanned as (

    select * from {{ ref('int_issue_changes_spanned') }}

),

int_deliverable_statuses_entered as (

    select * from {{ ref('int_deliverable_statuses_entered') }}

),

int_deliverable_issues_timed as (

    select * from {{ ref('int_deliverable_issues_timed') }}

),

int_deliverables_collected as (

    select * from {{ ref('int_deliverables_collected') }}

),

-- Who held an issue while it was worked on, the author at its end.
holders as (

    select
        int_deliverable_issues_timed.feed,
        int_deliverable_issues_timed.issue_id as item_id,
        int_issue_changes_spanned.value_id as account_id,
        case
            when
                coalesce(int_issue_changes_spanned.ended_at, {{ open_end() }})
                > coalesce(int_deliverable_issues_timed.delivered_at, {{ open_end() }})
                or int_issue_changes_spanned.ended_at is null
                then 'author'
            else 'contributor'
        end as involvement
    from int_deliverable_issues_timed
    inner join int_issue_changes_spanned
        on
            int_deliverable_issues_timed.site = int_issue_changes_spanned.site
            and int_deliverable_issues_timed.issue_id
            = int_issue_changes_spanned.issue_id
            and int_issue_changes_spanned.field_id = 'assignee'
    where
        int_issue_changes_spanned.value_id is not null
        and int_issue_changes_spanned.started_at
        <= coalesce(int_deliverable_issues_timed.delivered_at, {{ open_end() }})
        and coalesce(int_issue_changes_spanned.ended_at, {{ open_end() }})
        > coalesce(
            int_deliverable_issues_timed.started_at,
            int_deliverable_issues_timed.delivered_at
        )

),

-- Who moved it meanwhile; who sent it back looked at it. Apps are no people.
movers as (

    select
        int_deliverable_statuses_entered.feed,
        int_deliverable_statuses_entered.issue_id as item_id,
        stg_jira__changelog_items.author_account_id as account_id,
        case
            when int_deliverable_statuses_entered.is_return then 'reviewer'
            else 'contributor'
        end as involvement
    from int_deliverable_statuses_entered
    inner join int_deliverable_issues_timed
        on
            int_deliverable_statuses_entered.feed = int_deliverable_issues_timed.feed
            and int_deliverable_statuses_entered.issue_id
            = int_deliverable_issues_timed.issue_id
    inner join stg_jira__changelog_items
        on
            int_deliverable_statuses_entered.site = stg_jira__changelog_items.site
            and int_deliverable_statuses_entered.issue_id
            = stg_jira__changelog_items.issue_id
            and int_deliverable_statuses_entered.status_id
            = stg_jira__changelog_items.to_id
            and int_deliverable_statuses_entered.entered_at
            = stg_jira__changelog_items.changed_at
    where
        lower(
            coalesce(
                stg_jira__changelog_items.field_id, stg_jira__changelog_items.field
            )
        )
        = 'status'
        and stg_jira__changelog_items.removed_at is null
        and stg_jira__changelog_items.author_account_id is not null
        and coalesce(stg_jira__changelog_items.author_account_type, 'atlassian')
        = 'atlassian'
        and int_deliverable_statuses_entered.entered_at
        >= int_deliverable_issues_timed.started_at
        and int_deliverable_statuses_entered.entered_at
        <= coalesce(int_deliverable_issues_timed.delivered_at, {{ open_end() }})

),

participants as (

    select * from holders
    union
    select * from movers

),

authors as (

    select
        feed,
        item_id,
        account_id
    from holders
    where involvement = 'author'

),

people as (

    select
        'deliverables' as source,
        feed,
        item_id,
        account_id,
        involvement
    from stg_deliverables__people
    where removed_at is null
    union all
    select
        'jira' as source,
        participants.feed,
        participants.item_id,
        participants.account_id,
        participants.involvement
    from participants
    left join authors
        on
            participants.feed = authors.feed
            and participants.item_id = authors.item_id
            and participants.account_id = authors.account_id
    where participants.involvement = 'author' or authors.account_id is null

),

deliverable_people_collected as (

    select
        people.source,
        people.feed,
        people.item_id,
        people.account_id,
        people.involvement
    from people
    inner join int_deliverables_collected
        on
            people.feed = int_deliverables_collected.feed
            and people.item_id = int_deliverables_collected.item_id

)

select * from deliverable_people_collected

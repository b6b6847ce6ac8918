with

stg_jira__issues as (

    select * from {{ ref('stg_jira__issues') }}

),

stg_jira__changelog_items as (

    select * from {{ ref('stg_jira__changelog_items') }}

),

-- Instants repeat within a history entry and between entries: the site's order decides.
changes as (

    select
        site,
        issue_id,
        coalesce(field_id, field) as field_id,
        from_id,
        to_id,
        changed_at,
        row_number() over (
            partition by site, issue_id, coalesce(field_id, field)
            order by
                changed_at, try_cast(history_id as bigint), history_id, item_ordinal
        ) as step
    from stg_jira__changelog_items
    where coalesce(field_id, field) in ('status', 'assignee') and removed_at is null

),

states_now as (

    select
        site,
        issue_id,
        'status' as field_id,
        status_id as value_id,
        created_at
    from stg_jira__issues
    where removed_at is null
    union all
    select
        site,
        issue_id,
        'assignee' as field_id,
        assignee_account_id as value_id,
        created_at
    from stg_jira__issues
    where removed_at is null

),

-- What was before the first change, or is now where nothing changed.
beginnings as (

    select
        states_now.site,
        states_now.issue_id,
        states_now.field_id,
        case when changes.step is null then states_now.value_id else changes.from_id end
            as value_id,
        states_now.created_at as started_at,
        0 as step
    from states_now
    left join changes
        on
            states_now.site = changes.site
            and states_now.issue_id = changes.issue_id
            and states_now.field_id = changes.field_id
            and changes.step = 1

),

steps as (

    select * from beginnings
    union all
    select
        changes.site,
        changes.issue_id,
        changes.field_id,
        changes.to_id as value_id,
        changes.changed_at as started_at,
        changes.step
    from changes
    inner join states_now
        on
            changes.site = states_now.site
            and changes.issue_id = states_now.issue_id
            and changes.field_id = states_now.field_id

),

issue_changes_spanned as (

    select
        ---------- ids
        site,
        issue_id,
        field_id,
        value_id,

        ---------- numerics
        step,

        ---------- timestamps
        started_at,
        lead(started_at)
            over (partition by site, issue_id, field_id order by step)
            as ended_at

    from steps

)

select * from issue_changes_spanned

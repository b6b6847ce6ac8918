with

stg_jira__issues as (

    select * from {{ ref('stg_jira__issues') }}

),

stg_jira__changelog_items as (

    select * from {{ ref('stg_jira__changelog_items') }}

),

stg_jira__fields as (

    select * from {{ ref('stg_jira__fields') }}

),

stg_jira__sprints as (

    select * from {{ ref('stg_jira__sprints') }}

),

int_issue_statuses_entered as (

    select * from {{ ref('int_issue_statuses_entered') }}

),

sprint_fields as (

    select
        site,
        field_id
    from stg_jira__fields
    where schema_custom = 'com.pyxis.greenhopper.jira:gh-sprint'

),

-- Each entry holds all sprints before and after it. Data Center sends no field's id.
changes as (

    select
        stg_jira__changelog_items.site,
        stg_jira__changelog_items.issue_id,
        stg_jira__changelog_items.from_id,
        stg_jira__changelog_items.to_id,
        stg_jira__changelog_items.changed_at,
        row_number() over (
            partition by
                stg_jira__changelog_items.site, stg_jira__changelog_items.issue_id
            order by
                stg_jira__changelog_items.changed_at,
                try_cast(stg_jira__changelog_items.history_id as bigint),
                stg_jira__changelog_items.history_id,
                stg_jira__changelog_items.item_ordinal
        ) as step
    from stg_jira__changelog_items
    left join sprint_fields
        on
            stg_jira__changelog_items.site = sprint_fields.site
            and stg_jira__changelog_items.field_id = sprint_fields.field_id
    where
        stg_jira__changelog_items.removed_at is null
        and (
            sprint_fields.field_id is not null
            or lower(stg_jira__changelog_items.field) = 'sprint'
        )

),

-- What was there before the first change, or is now where nothing changed.
beginnings as (

    select
        stg_jira__issues.site,
        stg_jira__issues.issue_id,
        case
            when changes.step is null then stg_jira__issues.sprint_ids
            else changes.from_id
        end as to_id,
        stg_jira__issues.created_at as changed_at
    from stg_jira__issues
    left join changes
        on
            stg_jira__issues.site = changes.site
            and stg_jira__issues.issue_id = changes.issue_id
            and changes.step = 1
    where stg_jira__issues.removed_at is null

),

steps as (

    select
        site,
        issue_id,
        cast(null as string) as from_id,
        to_id,
        changed_at,
        0 as step
    from beginnings
    union all
    select
        changes.site,
        changes.issue_id,
        changes.from_id,
        changes.to_id,
        changes.changed_at,
        changes.step
    from changes
    inner join beginnings
        on
            changes.site = beginnings.site
            and changes.issue_id = beginnings.issue_id

),

listed_before as (

    select
        site,
        issue_id,
        step,
        changed_at,
        {{ each_part('from_id') }} as sprint_id
    from steps
    where from_id is not null

),

listed_after as (

    select
        site,
        issue_id,
        step,
        changed_at,
        {{ each_part('to_id') }} as sprint_id
    from steps
    where to_id is not null

),

mentions as (

    select
        site,
        issue_id,
        step,
        changed_at,
        trim(sprint_id) as sprint_id,
        -1 as weight
    from listed_before
    union all
    select
        site,
        issue_id,
        step,
        changed_at,
        trim(sprint_id) as sprint_id,
        1 as weight
    from listed_after

),

-- Listed before and after is no change; a sprint comes, or it goes.
turns as (

    select
        site,
        issue_id,
        sprint_id,
        step,
        changed_at,
        sum(weight) as direction
    from mentions
    where sprint_id <> ''
    group by site, issue_id, sprint_id, step, changed_at
    having sum(weight) <> 0

),

stays as (

    select
        site,
        issue_id,
        sprint_id,
        direction,
        changed_at as started_at,
        lead(changed_at)
            over (partition by site, issue_id, sprint_id order by step)
            as ended_at
    from turns

),

stayed as (

    select
        stays.site,
        stays.issue_id,
        stays.sprint_id,
        stg_jira__sprints.completed_at,
        min(stays.started_at) as added_at,
        case
            when bool_and(stays.ended_at is not null) then max(stays.ended_at)
        end as removed_at,
        bool_or(
            stays.started_at <= stg_jira__sprints.completed_at
            and coalesce(
                stays.ended_at >= stg_jira__sprints.completed_at, true
            )
        ) as was_in_at_end
    from stays
    left join stg_jira__sprints
        on
            stays.site = stg_jira__sprints.site
            and stays.sprint_id = stg_jira__sprints.sprint_id
    where stays.direction > 0
    group by
        stays.site, stays.issue_id, stays.sprint_id, stg_jira__sprints.completed_at

),

statuses_until_end as (

    select
        stayed.site,
        stayed.issue_id,
        stayed.sprint_id,
        int_issue_statuses_entered.standard_status,
        row_number() over (
            partition by stayed.site, stayed.issue_id, stayed.sprint_id
            order by int_issue_statuses_entered.step desc
        ) as recency
    from stayed
    inner join int_issue_statuses_entered
        on
            stayed.site = int_issue_statuses_entered.site
            and stayed.issue_id = int_issue_statuses_entered.issue_id
            and stayed.completed_at >= int_issue_statuses_entered.entered_at

),

issue_sprints_spanned as (

    select
        ---------- ids
        stayed.site,
        stayed.issue_id,
        stayed.sprint_id,

        ---------- booleans
        case
            when stayed.completed_at is null then null
            else
                stayed.was_in_at_end
                and coalesce(statuses_until_end.standard_status, '') <> 'DONE'
        end as is_carried_over,

        ---------- timestamps
        stayed.added_at,
        stayed.removed_at

    from stayed
    left join statuses_until_end
        on
            stayed.site = statuses_until_end.site
            and stayed.issue_id = statuses_until_end.issue_id
            and stayed.sprint_id = statuses_until_end.sprint_id
            and statuses_until_end.recency = 1

)

select * from issue_sprints_spanned

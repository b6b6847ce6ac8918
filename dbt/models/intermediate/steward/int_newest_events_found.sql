with

stg_jira__issues as (

    select * from {{ ref('stg_jira__issues') }}

),

stg_jira__changelog_items as (

    select * from {{ ref('stg_jira__changelog_items') }}

),

stg_git__commits as (

    select * from {{ ref('stg_git__commits') }}

),

int_deliverables_collected as (

    select * from {{ ref('int_deliverables_collected') }}

),

stg_github__pull_requests as (

    select * from {{ ref('stg_github__pull_requests') }}

),

stg_gitlab__merge_requests as (

    select * from {{ ref('stg_gitlab__merge_requests') }}

),

stg_bitbucket__pull_requests as (

    select * from {{ ref('stg_bitbucket__pull_requests') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

newest_events as (

    select
        'jira' as source,
        'issues' as table_name,
        max(updated_at) as event_at
    from stg_jira__issues
    union all
    select
        'jira' as source,
        'changelog_items' as table_name,
        max(changed_at) as event_at
    from stg_jira__changelog_items
    union all
    select
        'git' as source,
        'commits' as table_name,
        max(committed_at) as event_at
    from stg_git__commits
    union all
    -- Without a file that holds items nothing is expected of files.
    select
        'deliverables' as source,
        'items' as table_name,
        max(coalesce(delivered_at, started_at)) as event_at
    from int_deliverables_collected
    where source = 'deliverables'
    having count(*) > 0
    union all
    select
        'github' as source,
        'pull_requests' as table_name,
        max(updated_at) as event_at
    from stg_github__pull_requests
    union all
    select
        'gitlab' as source,
        'merge_requests' as table_name,
        max(updated_at) as event_at
    from stg_gitlab__merge_requests
    union all
    select
        'bitbucket' as source,
        'pull_requests' as table_name,
        max(updated_at) as event_at
    from stg_bitbucket__pull_requests

),

newest_events_found as (

    select
        ---------- ids
        newest_events.source,
        newest_events.table_name,

        ---------- dates
        {{ local_date('newest_events.event_at', 'int_settings_resolved.time_zone') }}
            as newest_event_date

    from newest_events
    cross join int_settings_resolved

)

select * from newest_events_found

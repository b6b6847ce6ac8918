with

stg_deliverables__feeds as (

    select * from {{ ref('stg_deliverables__feeds') }}

),

stg_deliverables__items as (

    select * from {{ ref('stg_deliverables__items') }}

),

stg_jira__issues as (

    select * from {{ ref('stg_jira__issues') }}

),

stg_jira__satisfactions as (

    select * from {{ ref('stg_jira__satisfactions') }}

),

int_deliverable_issues_timed as (

    select * from {{ ref('int_deliverable_issues_timed') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

of_files as (

    select
        'deliverables' as source,
        stg_deliverables__items.feed,
        stg_deliverables__items.item_id,
        stg_deliverables__items.item_kind,
        stg_deliverables__items.project,
        stg_deliverables__items.client,
        stg_deliverables__items.returned_n,
        stg_deliverables__items.rating,
        stg_deliverables__feeds.rating_lowest,
        stg_deliverables__feeds.rating_highest,
        stg_deliverables__items.started_at,
        stg_deliverables__items.delivered_at,
        stg_deliverables__items.last_returned_at
    from stg_deliverables__items
    inner join stg_deliverables__feeds
        on stg_deliverables__items.feed = stg_deliverables__feeds.feed
    where
        stg_deliverables__items.removed_at is null
        and stg_deliverables__feeds.removed_at is null

),

-- A site asks its customers for one to five stars. Who was not asked has no rating.
of_jira as (

    select
        'jira' as source,
        int_deliverable_issues_timed.feed,
        int_deliverable_issues_timed.issue_id as item_id,
        stg_jira__issues.issue_type_name as item_kind,
        stg_jira__issues.project_key as project,
        cast(null as string) as client,
        int_deliverable_issues_timed.returned_n,
        cast(stg_jira__satisfactions.rating as decimal(18, 6)) as rating,
        cast(
            case when stg_jira__satisfactions.rating is not null then 1 end
            as decimal(18, 6)
        ) as rating_lowest,
        cast(
            case when stg_jira__satisfactions.rating is not null then 5 end
            as decimal(18, 6)
        ) as rating_highest,
        int_deliverable_issues_timed.started_at,
        int_deliverable_issues_timed.delivered_at,
        int_deliverable_issues_timed.last_returned_at
    from int_deliverable_issues_timed
    inner join stg_jira__issues
        on
            int_deliverable_issues_timed.site = stg_jira__issues.site
            and int_deliverable_issues_timed.issue_id = stg_jira__issues.issue_id
    left join stg_jira__satisfactions
        on
            int_deliverable_issues_timed.site = stg_jira__satisfactions.site
            and int_deliverable_issues_timed.issue_id
            = stg_jira__satisfactions.issue_id
            and stg_jira__satisfactions.removed_at is null

),

every_item as (

    select * from of_files
    union all
    select * from of_jira

),

deliverables_collected as (

    select
        ---------- ids
        every_item.source,
        every_item.feed,
        every_item.item_id,

        ---------- strings
        every_item.item_kind,
        every_item.project,
        every_item.client,
        cast(cast(every_item.rating_lowest as double) as string)
        || ' to '
        || cast(cast(every_item.rating_highest as double) as string) as rating_scale,

        ---------- numerics
        cast(every_item.returned_n as bigint) as returned_n,
        every_item.rating,
        every_item.rating_lowest,
        every_item.rating_highest,

        ---------- dates
        {{ local_date('every_item.delivered_at', 'int_settings_resolved.time_zone') }}
            as delivered_date,

        ---------- timestamps
        every_item.started_at,
        every_item.delivered_at,
        every_item.last_returned_at

    from every_item
    cross join int_settings_resolved

)

select * from deliverables_collected

with

stg_deliverables__feeds as (

    select * from {{ ref('stg_deliverables__feeds') }}

),

stg_deliverables__meanings as (

    select * from {{ ref('stg_deliverables__meanings') }}

),

stg_jira__issues as (

    select * from {{ ref('stg_jira__issues') }}

),

stg_jira__statuses as (

    select * from {{ ref('stg_jira__statuses') }}

),

int_issue_changes_spanned as (

    select * from {{ ref('int_issue_changes_spanned') }}

),

feeds as (

    select
        feed,
        site,
        project_key
    from stg_deliverables__feeds
    where feed_kind = 'jira' and removed_at is null

),

words as (

    select
        feeds.feed,
        feeds.site,
        stg_deliverables__meanings.meaning,
        stg_deliverables__meanings.word
    from feeds
    inner join stg_deliverables__meanings
        on feeds.feed = stg_deliverables__meanings.feed
    where stg_deliverables__meanings.removed_at is null

),

choosy_feeds as (

    select distinct feed
    from words
    where meaning = 'item'

),

-- What ends without being delivered was no deliverable.
items as (

    select distinct
        feeds.feed,
        feeds.site,
        stg_jira__issues.issue_id,
        stg_jira__issues.project_id
    from feeds
    inner join stg_jira__issues
        on
            feeds.site = stg_jira__issues.site
            and (
                feeds.project_key = stg_jira__issues.project_key
                or feeds.project_key = stg_jira__issues.project_id
            )
    left join choosy_feeds
        on feeds.feed = choosy_feeds.feed
    left join words
        on
            feeds.feed = words.feed
            and words.meaning = 'item'
            and (
                lower(stg_jira__issues.issue_type_name) = lower(words.word)
                or stg_jira__issues.issue_type_id = words.word
            )
    where
        stg_jira__issues.removed_at is null
        and (choosy_feeds.feed is null or words.word is not null)
        and not {{ is_undelivered('stg_jira__issues.resolution_name') }}

),

-- A name means the statuses of the item's own project; an id means itself.
named_statuses as (

    select
        words.feed,
        words.meaning,
        stg_jira__statuses.status_id,
        stg_jira__statuses.project_id
    from words
    inner join stg_jira__statuses
        on
            words.site = stg_jira__statuses.site
            and lower(words.word) = lower(stg_jira__statuses.status_name)
    where words.meaning <> 'item'
    union all
    select
        feed,
        meaning,
        word as status_id,
        cast(null as string) as project_id
    from words
    where meaning <> 'item'

),

steps as (

    select
        items.feed,
        items.site,
        items.issue_id,
        int_issue_changes_spanned.step,
        int_issue_changes_spanned.value_id as status_id,
        int_issue_changes_spanned.started_at as entered_at,
        coalesce(bool_or(named_statuses.meaning = 'started'), false) as is_started,
        coalesce(bool_or(named_statuses.meaning = 'delivered'), false) as is_delivered,
        coalesce(bool_or(named_statuses.meaning = 'returned'), false) as is_returned
    from items
    inner join int_issue_changes_spanned
        on
            items.site = int_issue_changes_spanned.site
            and items.issue_id = int_issue_changes_spanned.issue_id
            and int_issue_changes_spanned.field_id = 'status'
    left join named_statuses
        on
            items.feed = named_statuses.feed
            and int_issue_changes_spanned.value_id = named_statuses.status_id
            and items.project_id
            = coalesce(named_statuses.project_id, items.project_id)
    group by
        items.feed,
        items.site,
        items.issue_id,
        int_issue_changes_spanned.step,
        int_issue_changes_spanned.value_id,
        int_issue_changes_spanned.started_at

),

entries as (

    select
        *,
        coalesce(lag(is_delivered) over (
            partition by feed, issue_id order by step
        ), false) as was_delivered,
        coalesce(lag(is_returned) over (
            partition by feed, issue_id order by step
        ), false) as was_returned,
        lag(entered_at) over (partition by feed, issue_id order by step) as left_at,
        row_number() over (partition by feed, issue_id order by step desc) as recency
    from steps

),

deliverable_statuses_entered as (

    select
        ---------- ids
        feed,
        site,
        issue_id,
        status_id,

        ---------- numerics
        step,

        ---------- booleans
        is_started,
        is_delivered,
        is_delivered and not was_delivered as is_delivery,
        -- Whoever corrects a slip of the hand within five minutes returned nothing.
        (is_returned and not was_returned)
        or (
            was_delivered
            and not is_delivered
            and not is_returned
            and {{ elapsed_seconds('left_at', 'entered_at') }} >= 300
        ) as is_return,
        recency = 1 as is_last,

        ---------- timestamps
        entered_at

    from entries

)

select * from deliverable_statuses_entered

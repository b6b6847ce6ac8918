{{ config(meta={'dagster': {'ref': {'name': 'fct_deliverable_credit'}}}) }}

-- A word that nothing bears would make its items look unstarted or undelivered. Fix:
-- correct it below sources.deliverables.jira, to the id or the name the site shows.
select
    words.feed,
    words.meaning,
    words.word
from {{ ref('stg_deliverables__meanings') }} as words
inner join {{ ref('stg_deliverables__feeds') }} as feeds
    on words.feed = feeds.feed
left join {{ ref('stg_jira__statuses') }} as statuses
    on
        feeds.site = statuses.site
        and words.meaning <> 'item'
        and (
            words.word = statuses.status_id
            or lower(words.word) = lower(statuses.status_name)
        )
left join {{ ref('stg_jira__issues') }} as issues
    on
        feeds.site = issues.site
        and words.meaning = 'item'
        and (
            words.word = issues.issue_type_id
            or lower(words.word) = lower(issues.issue_type_name)
        )
where
    words.removed_at is null
    and statuses.status_id is null
    and issues.issue_id is null

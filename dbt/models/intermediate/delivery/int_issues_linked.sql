with

stg_git__commits as (

    select * from {{ ref('stg_git__commits') }}

),

stg_jira__issues as (

    select * from {{ ref('stg_jira__issues') }}

),

stg_jira__changelog_items as (

    select * from {{ ref('stg_jira__changelog_items') }}

),

named_keys as (

    select
        repository,
        mainline_sha,
        {{ each_part('issue_keys') }} as issue_key
    from stg_git__commits
    where issue_keys is not null and removed_at is null

),

-- An issue that moved keeps answering to its former keys, unless another one has them.
known_keys as (

    select
        site,
        issue_id,
        issue_key,
        1 as precedence
    from stg_jira__issues
    where removed_at is null
    union all
    select
        stg_jira__issues.site,
        stg_jira__issues.issue_id,
        stg_jira__changelog_items.from_string as issue_key,
        2 as precedence
    from stg_jira__changelog_items
    inner join stg_jira__issues
        on
            stg_jira__changelog_items.site = stg_jira__issues.site
            and stg_jira__changelog_items.issue_id = stg_jira__issues.issue_id
    where
        lower(stg_jira__changelog_items.field) = 'key'
        and stg_jira__changelog_items.removed_at is null
        and stg_jira__issues.removed_at is null

),

ordered_keys as (

    select
        *,
        min(precedence) over (partition by issue_key) as first_precedence
    from known_keys

),

-- A key that means two issues links neither.
clear_keys as (

    select
        issue_key,
        min(site) as site,
        min(issue_id) as issue_id
    from ordered_keys
    where precedence = first_precedence
    group by issue_key
    having count(distinct site || '/' || issue_id) = 1

),

issues_linked as (

    select distinct
        clear_keys.site,
        clear_keys.issue_id,
        named_keys.repository,
        named_keys.mainline_sha
    from named_keys
    inner join clear_keys
        on named_keys.issue_key = clear_keys.issue_key

)

select * from issues_linked

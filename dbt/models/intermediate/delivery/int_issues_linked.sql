with

stg_git__commits as (

    select * from {{ ref('stg_git__commits') }}

),

int_mainline_changes_claimed as (

    select * from {{ ref('int_mainline_changes_claimed') }}

),

int_changes_described as (

    select * from {{ ref('int_changes_described') }}

),

stg_jira__issues as (

    select * from {{ ref('stg_jira__issues') }}

),

stg_jira__changelog_items as (

    select * from {{ ref('stg_jira__changelog_items') }}

),

stg_jira__development_links as (

    select * from {{ ref('stg_jira__development_links') }}

),

int_pull_request_commits_collected as (

    select * from {{ ref('int_pull_request_commits_collected') }}

),

-- What a commit says goes before what only its pull request says.
naming as (

    select
        int_mainline_changes_claimed.change_id,
        stg_git__commits.issue_keys,
        1 as place
    from stg_git__commits
    inner join int_mainline_changes_claimed
        on
            stg_git__commits.repository = int_mainline_changes_claimed.repository
            and stg_git__commits.mainline_sha
            = int_mainline_changes_claimed.mainline_sha
    where
        stg_git__commits.issue_keys is not null
        and stg_git__commits.removed_at is null
    union all
    select
        change_id,
        issue_keys,
        2 as place
    from int_changes_described
    where issue_keys is not null

),

named_keys as (

    select
        change_id,
        place,
        {{ each_part('issue_keys') }} as issue_key
    from naming

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

commits as (

    select
        stg_git__commits.commit_sha,
        int_mainline_changes_claimed.change_id
    from stg_git__commits
    inner join int_mainline_changes_claimed
        on
            stg_git__commits.repository = int_mainline_changes_claimed.repository
            and stg_git__commits.mainline_sha
            = int_mainline_changes_claimed.mainline_sha
    where stg_git__commits.removed_at is null
    union
    select
        int_pull_request_commits_collected.commit_sha,
        int_changes_described.change_id
    from int_pull_request_commits_collected
    inner join int_changes_described
        on
            int_pull_request_commits_collected.host = int_changes_described.host
            and int_pull_request_commits_collected.pull_request_id
            = int_changes_described.pull_request_id

),

-- What a development panel can show, by the words it shows it with.
identified as (

    select
        'commit' as link_kind,
        commit_sha as identifier,
        change_id
    from commits
    union all
    select
        'branch' as link_kind,
        commit_sha as identifier,
        change_id
    from commits
    union all
    select
        'pull_request' as link_kind,
        lower(host_repository) || '#' || cast(number as string) as identifier,
        change_id
    from int_changes_described
    where number is not null

),

clear_identifiers as (

    select
        link_kind,
        identifier,
        min(change_id) as change_id
    from identified
    group by link_kind, identifier
    having count(distinct change_id) = 1

),

shown as (

    select
        stg_jira__development_links.site,
        stg_jira__development_links.issue_id,
        clear_identifiers.change_id
    from stg_jira__development_links
    inner join stg_jira__issues
        on
            stg_jira__development_links.site = stg_jira__issues.site
            and stg_jira__development_links.issue_id = stg_jira__issues.issue_id
    inner join clear_identifiers
        on
            stg_jira__development_links.link_kind = clear_identifiers.link_kind
            and lower(stg_jira__development_links.identifier)
            = clear_identifiers.identifier
    where
        stg_jira__development_links.removed_at is null
        and stg_jira__issues.removed_at is null

),

links as (

    select
        clear_keys.site,
        clear_keys.issue_id,
        named_keys.change_id,
        named_keys.place
    from named_keys
    inner join clear_keys
        on named_keys.issue_key = clear_keys.issue_key
    union all
    select
        site,
        issue_id,
        change_id,
        3 as place
    from shown

),

issues_linked as (

    select
        ---------- ids
        site,
        issue_id,
        change_id,

        ---------- strings
        case min(place)
            when 1 then 'commit'
            when 2 then 'pull_request'
            else 'development_panel'
        end as link_method

    from links
    group by site, issue_id, change_id

)

select * from issues_linked

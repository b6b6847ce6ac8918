with

stg_git__commits as (

    select * from {{ ref('stg_git__commits') }}

),

int_change_authors_weighed as (

    select * from {{ ref('int_change_authors_weighed') }}

),

int_mainline_changes_claimed as (

    select * from {{ ref('int_mainline_changes_claimed') }}

),

int_pull_requests_collected as (

    select * from {{ ref('int_pull_requests_collected') }}

),

int_pull_request_commits_collected as (

    select * from {{ ref('int_pull_request_commits_collected') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

written as (

    select
        repository,
        mainline_sha,
        cast(sum(source_lines) as bigint) as source_lines
    from int_change_authors_weighed
    group by repository, mainline_sha

),

brought as (

    select
        int_mainline_changes_claimed.change_id,
        int_mainline_changes_claimed.repository,
        count(*) as commits_n,
        max(int_mainline_changes_claimed.mainline_sha) as mainline_sha,
        -- A merge that brings nothing but reverts is one, whatever its subject says.
        (
            bool_and(stg_git__commits.parents > 1 or stg_git__commits.is_revert)
            and bool_or(stg_git__commits.is_revert)
        )
        or bool_or(
            stg_git__commits.is_revert
            and stg_git__commits.commit_sha = stg_git__commits.mainline_sha
        ) as is_revert,
        max(
            coalesce(stg_git__commits.committed_at, stg_git__commits.authored_at)
        ) as committed_at
    from int_mainline_changes_claimed
    inner join stg_git__commits
        on
            int_mainline_changes_claimed.repository = stg_git__commits.repository
            and int_mainline_changes_claimed.mainline_sha
            = stg_git__commits.mainline_sha
    where stg_git__commits.removed_at is null
    group by
        int_mainline_changes_claimed.change_id, int_mainline_changes_claimed.repository

),

lines as (

    select
        int_mainline_changes_claimed.change_id,
        sum(written.source_lines) as source_lines
    from int_mainline_changes_claimed
    inner join written
        on
            int_mainline_changes_claimed.repository = written.repository
            and int_mainline_changes_claimed.mainline_sha = written.mainline_sha
    group by int_mainline_changes_claimed.change_id

),

named as (

    select
        int_pull_requests_collected.host,
        int_pull_requests_collected.pull_request_id,
        count(*) as named_commits_n,
        count(stg_git__commits.commit_sha) as kept_commits_n
    from int_pull_requests_collected
    inner join int_pull_request_commits_collected
        on
            int_pull_requests_collected.host = int_pull_request_commits_collected.host
            and int_pull_requests_collected.pull_request_id
            = int_pull_request_commits_collected.pull_request_id
    left join stg_git__commits
        on
            int_pull_requests_collected.repository = stg_git__commits.repository
            and int_pull_request_commits_collected.commit_sha
            = stg_git__commits.commit_sha
            and stg_git__commits.removed_at is null
    group by
        int_pull_requests_collected.host, int_pull_requests_collected.pull_request_id

),

read_repositories as (

    select distinct repository from int_mainline_changes_claimed

),

-- Repositories whose host is connected: their merged work is their pull requests.
hosted_repositories as (

    select distinct repository
    from int_pull_requests_collected
    where repository is not null

),

changes as (

    select
        int_pull_requests_collected.host || '/'
        || int_pull_requests_collected.pull_request_id as change_id,
        'pull_request' as change_kind,
        int_pull_requests_collected.source,
        int_pull_requests_collected.host,
        int_pull_requests_collected.host_repository,
        int_pull_requests_collected.pull_request_id,
        int_pull_requests_collected.number,
        int_pull_requests_collected.repository,
        coalesce(brought.mainline_sha, int_pull_requests_collected.merge_sha)
            as mainline_sha,
        int_pull_requests_collected.author_account_id,
        int_pull_requests_collected.author_kind,
        int_pull_requests_collected.issue_keys,
        coalesce(named.named_commits_n, int_pull_requests_collected.commits_n)
            as commits_n,
        case
            when brought.change_id is not null then coalesce(lines.source_lines, 0)
            else
                int_pull_requests_collected.added_lines
                + int_pull_requests_collected.deleted_lines
        end as source_lines,
        coalesce(int_pull_requests_collected.is_revert, false)
        or coalesce(brought.is_revert, false) as is_revert,
        brought.change_id is not null as is_in_git,
        -- Of these commits the branch keeps none, but one that may name the merger.
        coalesce(named.kept_commits_n = 0, false) as is_squashed,
        brought.change_id is not null or read_repositories.repository is null
            as is_merged_work,
        int_pull_requests_collected.reverts_number,
        coalesce(
            int_pull_requests_collected.ready_at, int_pull_requests_collected.created_at
        ) as opened_at,
        int_pull_requests_collected.merged_at
    from int_pull_requests_collected
    left join brought
        on
            brought.change_id
            = int_pull_requests_collected.host || '/'
            || int_pull_requests_collected.pull_request_id
    left join lines
        on brought.change_id = lines.change_id
    left join named
        on
            int_pull_requests_collected.host = named.host
            and int_pull_requests_collected.pull_request_id = named.pull_request_id
    left join read_repositories
        on int_pull_requests_collected.repository = read_repositories.repository
    where int_pull_requests_collected.state = 'merged'
    union all
    select
        brought.change_id,
        'mainline_commit' as change_kind,
        'git' as source,
        null as host,
        null as host_repository,
        null as pull_request_id,
        null as number,
        brought.repository,
        brought.mainline_sha,
        null as author_account_id,
        null as author_kind,
        null as issue_keys,
        brought.commits_n,
        coalesce(lines.source_lines, 0) as source_lines,
        brought.is_revert,
        true as is_in_git,
        false as is_squashed,
        hosted_repositories.repository is null as is_merged_work,
        null as reverts_number,
        null as opened_at,
        brought.committed_at as merged_at
    from brought
    inner join int_mainline_changes_claimed
        on
            brought.change_id = int_mainline_changes_claimed.change_id
            and int_mainline_changes_claimed.pull_request_id is null
    left join lines
        on brought.change_id = lines.change_id
    left join hosted_repositories
        on brought.repository = hosted_repositories.repository

),

changes_described as (

    select
        ---------- ids
        changes.change_id,
        changes.repository,
        changes.mainline_sha,
        changes.source,
        changes.host,
        changes.host_repository,
        changes.pull_request_id,
        changes.author_account_id,

        ---------- strings
        changes.change_kind,
        changes.author_kind,
        changes.issue_keys,

        ---------- numerics
        cast(changes.number as bigint) as number,
        cast(changes.reverts_number as bigint) as reverts_number,
        cast(changes.commits_n as bigint) as commits_n,
        cast(changes.source_lines as bigint) as source_lines,

        ---------- booleans
        changes.is_revert,
        changes.is_in_git,
        changes.is_squashed,
        changes.is_merged_work,

        ---------- dates
        {{ local_date('changes.merged_at', 'int_settings_resolved.time_zone') }}
            as merged_date,

        ---------- timestamps
        changes.opened_at,
        changes.merged_at

    from changes
    cross join int_settings_resolved

)

select * from changes_described

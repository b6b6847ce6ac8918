with

stg_git__commits as (

    select * from {{ ref('stg_git__commits') }}

),

int_pull_requests_collected as (

    select * from {{ ref('int_pull_requests_collected') }}

),

int_pull_request_commits_collected as (

    select * from {{ ref('int_pull_request_commits_collected') }}

),

commits as (

    select
        repository,
        commit_sha,
        mainline_sha
    from stg_git__commits
    where removed_at is null

),

merged as (

    select
        host,
        pull_request_id,
        repository,
        merge_sha,
        merged_at
    from int_pull_requests_collected
    where state = 'merged' and repository is not null

),

-- By the commit it was merged as; after a fast-forward by the commits themselves.
claims as (

    select
        commits.repository,
        commits.mainline_sha,
        merged.host,
        merged.pull_request_id,
        merged.merged_at,
        1 as precedence
    from merged
    inner join commits
        on
            merged.repository = commits.repository
            and merged.merge_sha = commits.mainline_sha
            and merged.merge_sha = commits.commit_sha
    union all
    select
        commits.repository,
        commits.mainline_sha,
        merged.host,
        merged.pull_request_id,
        merged.merged_at,
        2 as precedence
    from merged
    inner join int_pull_request_commits_collected
        on
            merged.host = int_pull_request_commits_collected.host
            and merged.pull_request_id
            = int_pull_request_commits_collected.pull_request_id
    inner join commits
        on
            merged.repository = commits.repository
            and int_pull_request_commits_collected.commit_sha = commits.commit_sha

),

-- Stacked pull requests reach the branch once: with the one that was merged into it.
ordered as (

    select
        *,
        row_number() over (
            partition by repository, mainline_sha
            order by precedence, merged_at, host, pull_request_id
        ) as place
    from claims

),

mainline_changes_claimed as (

    select
        ---------- ids
        commits.repository,
        commits.mainline_sha,
        coalesce(
            ordered.host || '/' || ordered.pull_request_id,
            commits.repository || '@' || commits.mainline_sha
        ) as change_id,
        ordered.host,
        ordered.pull_request_id

    from commits
    left join ordered
        on
            commits.repository = ordered.repository
            and commits.mainline_sha = ordered.mainline_sha
            and ordered.place = 1
    where commits.commit_sha = commits.mainline_sha

)

select * from mainline_changes_claimed

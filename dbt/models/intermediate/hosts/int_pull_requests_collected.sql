with

stg_github__pull_requests as (

    select * from {{ ref('stg_github__pull_requests') }}

),

stg_github__pull_request_sizes as (

    select * from {{ ref('stg_github__pull_request_sizes') }}

),

stg_gitlab__merge_requests as (

    select * from {{ ref('stg_gitlab__merge_requests') }}

),

stg_gitlab__merge_request_sizes as (

    select * from {{ ref('stg_gitlab__merge_request_sizes') }}

),

stg_gitlab__notes as (

    select * from {{ ref('stg_gitlab__notes') }}

),

stg_bitbucket__pull_requests as (

    select * from {{ ref('stg_bitbucket__pull_requests') }}

),

stg_bitbucket__pull_request_commits as (

    select * from {{ ref('stg_bitbucket__pull_request_commits') }}

),

stg_bitbucket__activities as (

    select * from {{ ref('stg_bitbucket__activities') }}

),

stg_git__commits as (

    select * from {{ ref('stg_git__commits') }}

),

github as (

    select
        'github' as source,
        stg_github__pull_requests.host,
        stg_github__pull_requests.host_repository,
        stg_github__pull_requests.repository,
        stg_github__pull_requests.pull_request_id,
        stg_github__pull_requests.number,
        stg_github__pull_requests.author_account_id,
        stg_github__pull_requests.author_kind,
        case
            when stg_github__pull_requests.merged_at is not null then 'merged'
            else stg_github__pull_requests.state
        end as state,
        stg_github__pull_requests.is_draft,
        stg_github__pull_requests.is_revert,
        stg_github__pull_requests.reverts_number,
        stg_github__pull_requests.issue_keys,
        stg_github__pull_requests.merge_sha,
        stg_github__pull_request_sizes.added_lines,
        stg_github__pull_request_sizes.deleted_lines,
        stg_github__pull_request_sizes.changed_files,
        stg_github__pull_request_sizes.commits_n,
        stg_github__pull_requests.created_at,
        case
            when stg_github__pull_request_sizes.first_marked_as = 'ready'
                then stg_github__pull_request_sizes.first_marked_at
            -- What was first marked as a draft had been opened as ready.
            when stg_github__pull_request_sizes.first_marked_as = 'draft'
                then stg_github__pull_requests.created_at
            when
                not stg_github__pull_requests.is_draft
                and stg_github__pull_request_sizes.number is not null
                then stg_github__pull_requests.created_at
        end as ready_at,
        stg_github__pull_requests.merged_at,
        stg_github__pull_requests.closed_at,
        stg_github__pull_requests.updated_at
    from stg_github__pull_requests
    left join stg_github__pull_request_sizes
        on
            stg_github__pull_requests.host = stg_github__pull_request_sizes.host
            and stg_github__pull_requests.host_repository
            = stg_github__pull_request_sizes.host_repository
            and stg_github__pull_requests.number
            = stg_github__pull_request_sizes.number
    where stg_github__pull_requests.removed_at is null

),

gitlab_marks as (

    select
        host,
        merge_request_id,
        min(case when note_kind = 'ready' then created_at end) as marked_ready_at,
        min(case when note_kind = 'draft' then created_at end) as marked_draft_at
    from stg_gitlab__notes
    where note_kind in ('ready', 'draft') and removed_at is null
    group by host, merge_request_id

),

gitlab as (

    select
        'gitlab' as source,
        stg_gitlab__merge_requests.host,
        stg_gitlab__merge_requests.host_repository,
        stg_gitlab__merge_requests.repository,
        stg_gitlab__merge_requests.merge_request_id as pull_request_id,
        stg_gitlab__merge_requests.number,
        stg_gitlab__merge_requests.author_account_id,
        stg_gitlab__merge_requests.author_kind,
        -- Locked: being merged at this moment.
        case
            when stg_gitlab__merge_requests.merged_at is not null then 'merged'
            when stg_gitlab__merge_requests.state = 'closed' then 'closed'
            else 'open'
        end as state,
        stg_gitlab__merge_requests.is_draft,
        stg_gitlab__merge_requests.is_revert,
        stg_gitlab__merge_requests.reverts_number,
        stg_gitlab__merge_requests.issue_keys,
        stg_gitlab__merge_requests.merge_sha,
        stg_gitlab__merge_request_sizes.added_lines,
        stg_gitlab__merge_request_sizes.deleted_lines,
        stg_gitlab__merge_request_sizes.changed_files,
        stg_gitlab__merge_request_sizes.commits_n,
        stg_gitlab__merge_requests.created_at,
        case
            when
                gitlab_marks.marked_ready_at
                < coalesce(
                    gitlab_marks.marked_draft_at,
                    gitlab_marks.marked_ready_at + interval '1' day
                )
                then gitlab_marks.marked_ready_at
            when
                gitlab_marks.marked_draft_at is not null
                or not stg_gitlab__merge_requests.is_draft
                then stg_gitlab__merge_requests.created_at
        end as ready_at,
        stg_gitlab__merge_requests.merged_at,
        coalesce(
            stg_gitlab__merge_requests.merged_at, stg_gitlab__merge_requests.closed_at
        ) as closed_at,
        stg_gitlab__merge_requests.updated_at
    from stg_gitlab__merge_requests
    left join stg_gitlab__merge_request_sizes
        on
            stg_gitlab__merge_requests.host = stg_gitlab__merge_request_sizes.host
            and stg_gitlab__merge_requests.host_repository
            = stg_gitlab__merge_request_sizes.host_repository
            and stg_gitlab__merge_requests.number
            = stg_gitlab__merge_request_sizes.number
    left join gitlab_marks
        on
            stg_gitlab__merge_requests.host = gitlab_marks.host
            and stg_gitlab__merge_requests.merge_request_id
            = gitlab_marks.merge_request_id
    where stg_gitlab__merge_requests.removed_at is null

),

bitbucket_marks as (

    select
        host,
        pull_request_id,
        min(case when activity_kind = 'open' then happened_at end) as opened_at,
        bool_or(activity_kind = 'draft') as was_draft,
        max(case when activity_kind = 'merged' then happened_at end) as merged_at,
        max(case
            when activity_kind in ('merged', 'declined', 'superseded') then happened_at
        end) as closed_at
    from stg_bitbucket__activities
    where removed_at is null
    group by host, pull_request_id

),

bitbucket_commits as (

    select
        host,
        pull_request_id,
        count(*) as commits_n
    from stg_bitbucket__pull_request_commits
    where removed_at is null
    group by host, pull_request_id

),

-- Bitbucket names a merge by its first twelve digits.
mainline as (

    select
        repository,
        commit_sha,
        substring(commit_sha, 1, 12) as short_sha
    from stg_git__commits
    where commit_sha = mainline_sha and removed_at is null

),

bitbucket as (

    select
        'bitbucket' as source,
        stg_bitbucket__pull_requests.host,
        stg_bitbucket__pull_requests.host_repository,
        stg_bitbucket__pull_requests.repository,
        stg_bitbucket__pull_requests.pull_request_id,
        stg_bitbucket__pull_requests.number,
        stg_bitbucket__pull_requests.author_account_id,
        stg_bitbucket__pull_requests.author_kind,
        case stg_bitbucket__pull_requests.state
            when 'OPEN' then 'open'
            when 'MERGED' then 'merged'
            else 'closed'
        end as state,
        stg_bitbucket__pull_requests.is_draft,
        stg_bitbucket__pull_requests.is_revert,
        stg_bitbucket__pull_requests.reverts_number,
        stg_bitbucket__pull_requests.issue_keys,
        coalesce(mainline.commit_sha, stg_bitbucket__pull_requests.merge_sha)
            as merge_sha,
        cast(null as bigint) as added_lines,
        cast(null as bigint) as deleted_lines,
        cast(null as bigint) as changed_files,
        bitbucket_commits.commits_n,
        stg_bitbucket__pull_requests.created_at,
        case
            when bitbucket_marks.opened_at is not null then bitbucket_marks.opened_at
            when
                not coalesce(
                    stg_bitbucket__pull_requests.is_draft
                    or bitbucket_marks.was_draft,
                    false
                )
                then stg_bitbucket__pull_requests.created_at
        end as ready_at,
        case
            when stg_bitbucket__pull_requests.state = 'MERGED'
                then bitbucket_marks.merged_at
        end as merged_at,
        case
            when stg_bitbucket__pull_requests.state <> 'OPEN'
                then bitbucket_marks.closed_at
        end as closed_at,
        stg_bitbucket__pull_requests.updated_at
    from stg_bitbucket__pull_requests
    left join bitbucket_marks
        on
            stg_bitbucket__pull_requests.host = bitbucket_marks.host
            and stg_bitbucket__pull_requests.pull_request_id
            = bitbucket_marks.pull_request_id
    left join bitbucket_commits
        on
            stg_bitbucket__pull_requests.host = bitbucket_commits.host
            and stg_bitbucket__pull_requests.pull_request_id
            = bitbucket_commits.pull_request_id
    left join mainline
        on
            stg_bitbucket__pull_requests.repository = mainline.repository
            and substring(stg_bitbucket__pull_requests.merge_sha, 1, 12)
            = mainline.short_sha
    where stg_bitbucket__pull_requests.removed_at is null

),

united as (

    select * from github
    union all
    select * from gitlab
    union all
    select * from bitbucket

),

pull_requests_collected as (

    select
        ---------- ids
        source,
        host,
        host_repository,
        repository,
        pull_request_id,
        author_account_id,
        merge_sha,

        ---------- strings
        author_kind,
        state,
        issue_keys,

        ---------- numerics
        number,
        reverts_number,
        added_lines,
        deleted_lines,
        changed_files,
        commits_n,

        ---------- booleans
        is_draft,
        is_revert,

        ---------- timestamps
        created_at,
        ready_at,
        merged_at,
        closed_at,
        updated_at

    from united

)

select * from pull_requests_collected

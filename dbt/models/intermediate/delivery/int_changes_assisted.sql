with

int_changes_merged as (

    select * from {{ ref('int_changes_merged') }}

),

int_mainline_changes_claimed as (

    select * from {{ ref('int_mainline_changes_claimed') }}

),

stg_git__commits as (

    select * from {{ ref('stg_git__commits') }}

),

stg_git__commit_authors as (

    select * from {{ ref('stg_git__commit_authors') }}

),

stg_cursor__ai_code_commits as (

    select * from {{ ref('stg_cursor__ai_code_commits') }}

),

int_pull_request_commits_collected as (

    select * from {{ ref('int_pull_request_commits_collected') }}

),

-- Commits of each change, those that were squashed away included.
commits as (

    select
        int_mainline_changes_claimed.change_id,
        stg_git__commits.commit_sha,
        cast(null as string) as author_email
    from int_mainline_changes_claimed
    inner join stg_git__commits
        on
            int_mainline_changes_claimed.repository = stg_git__commits.repository
            and int_mainline_changes_claimed.mainline_sha
            = stg_git__commits.mainline_sha
    where stg_git__commits.removed_at is null
    union all
    select
        host || '/' || pull_request_id as change_id,
        commit_sha,
        lower(trim(author_email)) as author_email
    from int_pull_request_commits_collected

),

assistants as (

    select distinct author_email
    from stg_git__commit_authors
    where author_kind = 'ai_assistant'

),

declared as (

    select distinct commit_sha
    from stg_git__commit_authors
    where author_kind = 'ai_assistant' and removed_at is null

),

told as (

    select distinct commit_hash as commit_sha
    from stg_cursor__ai_code_commits
    where coalesce(tab_lines_added, 0) + coalesce(composer_lines_added, 0) > 0

),

evidence as (

    select
        commits.change_id,
        bool_or(
            assistants.author_email is not null
            or declared.commit_sha is not null
            or told.commit_sha is not null
        ) as is_assisted
    from commits
    left join assistants
        on commits.author_email = assistants.author_email
    left join declared
        on commits.commit_sha = declared.commit_sha
    left join told
        on commits.commit_sha = told.commit_sha
    group by commits.change_id

),

-- Nothing declared is no sign of nothing used: a lower bound, over what was seen.
changes_assisted as (

    select
        ---------- ids
        int_changes_merged.change_id,

        ---------- booleans
        evidence.change_id is not null as is_seen,
        coalesce(evidence.is_assisted, false) as is_assisted

    from int_changes_merged
    left join evidence
        on int_changes_merged.change_id = evidence.change_id

)

select * from changes_assisted

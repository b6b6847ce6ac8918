with

stg_git__commits as (

    select * from {{ ref('stg_git__commits') }}

),

int_change_authors_weighed as (

    select * from {{ ref('int_change_authors_weighed') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

brought as (

    select
        repository,
        mainline_sha,
        count(*) as commits_n,
        -- A merge that brings nothing but reverts is one, whatever its subject says.
        bool_and(parents > 1 or is_revert) and bool_or(is_revert) as is_revert
    from stg_git__commits
    where removed_at is null
    group by repository, mainline_sha

),

written as (

    select
        repository,
        mainline_sha,
        cast(sum(source_lines) as bigint) as source_lines,
        count(case when author_kind = 'human' then 1 end) as human_authors_n
    from int_change_authors_weighed
    group by repository, mainline_sha

),

changes as (

    select
        stg_git__commits.repository,
        stg_git__commits.mainline_sha,
        brought.commits_n,
        brought.is_revert or stg_git__commits.is_revert as is_revert,
        coalesce(written.source_lines, 0) as source_lines,
        coalesce(written.human_authors_n, 0) as human_authors_n,
        coalesce(stg_git__commits.committed_at, stg_git__commits.authored_at)
            as merged_at,
        int_settings_resolved.time_zone,
        int_settings_resolved.as_of_at,
        int_settings_resolved.reopen_days
    from stg_git__commits
    inner join brought
        on
            stg_git__commits.repository = brought.repository
            and stg_git__commits.commit_sha = brought.mainline_sha
    left join written
        on
            brought.repository = written.repository
            and brought.mainline_sha = written.mainline_sha
    cross join int_settings_resolved
    where
        stg_git__commits.removed_at is null
        and stg_git__commits.commit_sha = stg_git__commits.mainline_sha

),

changes_merged as (

    select
        ---------- ids
        repository,
        mainline_sha,
        repository || '@' || mainline_sha as change_id,

        ---------- numerics
        commits_n,
        source_lines,
        human_authors_n,

        ---------- booleans
        is_revert,
        coalesce(
            not is_revert
            and human_authors_n > 0
            and source_lines > 0
            and merged_at is not null,
            false
        ) as is_counted,
        coalesce(merged_at + reopen_days * interval '1' day <= as_of_at, false)
            as is_mature,

        ---------- dates
        {{ local_date('merged_at', 'time_zone') }} as merged_date,

        ---------- timestamps
        merged_at

    from changes

)

select * from changes_merged

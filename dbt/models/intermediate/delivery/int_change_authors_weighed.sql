with

stg_git__commits as (

    select * from {{ ref('stg_git__commits') }}

),

stg_git__commit_authors as (

    select * from {{ ref('stg_git__commit_authors') }}

),

stg_git__file_changes as (

    select * from {{ ref('stg_git__file_changes') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

commit_lines as (

    select
        repository,
        commit_sha,
        cast(sum(coalesce(added_lines, 0) + coalesce(deleted_lines, 0)) as bigint)
            as source_lines
    from stg_git__file_changes
    where path_kind = 'source' and removed_at is null
    group by repository, commit_sha

),

change_authors_weighed as (

    select
        ---------- ids
        stg_git__commits.repository,
        stg_git__commits.mainline_sha,
        stg_git__commit_authors.author_email,

        ---------- strings
        min(stg_git__commit_authors.author_kind) as author_kind,

        ---------- numerics
        cast(coalesce(sum(case
            when
                stg_git__commit_authors.author_role = 'author'
                then commit_lines.source_lines
        end), 0) as bigint) as source_lines,

        ---------- booleans
        bool_or(stg_git__commit_authors.author_role = 'co_author') as is_co_author,

        ---------- dates
        max({{ local_date(
            'coalesce(stg_git__commits.committed_at, stg_git__commits.authored_at)',
            'int_settings_resolved.time_zone'
        ) }}) as authored_date

    from stg_git__commits
    inner join stg_git__commit_authors
        on
            stg_git__commits.repository = stg_git__commit_authors.repository
            and stg_git__commits.commit_sha = stg_git__commit_authors.commit_sha
    left join commit_lines
        on
            stg_git__commits.repository = commit_lines.repository
            and stg_git__commits.commit_sha = commit_lines.commit_sha
    cross join int_settings_resolved
    where
        stg_git__commits.removed_at is null
        and stg_git__commit_authors.removed_at is null
    group by
        stg_git__commits.repository,
        stg_git__commits.mainline_sha,
        stg_git__commit_authors.author_email

)

select * from change_authors_weighed

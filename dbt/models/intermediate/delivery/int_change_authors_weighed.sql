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

stg_cursor__ai_code_commits as (

    select * from {{ ref('stg_cursor__ai_code_commits') }}

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

agents_commits as (

    select
        repository,
        commit_sha
    from stg_git__commit_authors
    where
        removed_at is null
        and author_role = 'author'
        and author_kind <> 'human'

),

-- Whose session an agent worked in, where its vendor says so.
session_owners as (

    select
        agents_commits.repository,
        agents_commits.commit_sha,
        stg_cursor__ai_code_commits.user_email as author_email,
        cast(null as string) as mailmap_email,
        'co_author' as author_role,
        'human' as author_kind
    from agents_commits
    inner join stg_cursor__ai_code_commits
        on agents_commits.commit_sha = stg_cursor__ai_code_commits.commit_hash
    where stg_cursor__ai_code_commits.user_email is not null

),

authors as (

    select
        repository,
        commit_sha,
        author_email,
        mailmap_email,
        author_role,
        author_kind
    from stg_git__commit_authors
    where removed_at is null
    union
    select * from session_owners

),

-- An agent writes in the name of the humans that its commit names.
ordered as (

    select
        authors.*,
        agents_commits.commit_sha is not null as is_agents,
        authors.author_kind = 'human' and authors.author_role = 'co_author'
            as is_named_human,
        count(case
            when authors.author_kind = 'human' and authors.author_role = 'co_author'
                then 1
        end) over (partition by authors.repository, authors.commit_sha)
            as named_humans_n,
        row_number() over (
            partition by
                authors.repository,
                authors.commit_sha,
                authors.author_kind,
                authors.author_role
            order by authors.author_email
        ) as place
    from authors
    left join agents_commits
        on
            authors.repository = agents_commits.repository
            and authors.commit_sha = agents_commits.commit_sha

),

weighed as (

    select
        ordered.repository,
        ordered.commit_sha,
        ordered.author_email,
        ordered.mailmap_email,
        ordered.author_role,
        ordered.author_kind,
        case
            when ordered.is_agents and ordered.is_named_human
                then
                    (
                        commit_lines.source_lines
                        - mod(commit_lines.source_lines, ordered.named_humans_n)
                    )
                    / ordered.named_humans_n
                    + case
                        when
                            ordered.place
                            <= mod(commit_lines.source_lines, ordered.named_humans_n)
                            then 1
                        else 0
                    end
            when ordered.author_role <> 'author' then 0
            when ordered.is_agents and ordered.named_humans_n > 0 then 0
            else commit_lines.source_lines
        end as source_lines
    from ordered
    left join commit_lines
        on
            ordered.repository = commit_lines.repository
            and ordered.commit_sha = commit_lines.commit_sha

),

change_authors_weighed as (

    select
        ---------- ids
        stg_git__commits.repository,
        stg_git__commits.mainline_sha,
        weighed.author_email,
        max(weighed.mailmap_email) as mailmap_email,

        ---------- strings
        min(weighed.author_kind) as author_kind,

        ---------- numerics
        cast(coalesce(sum(weighed.source_lines), 0) as bigint) as source_lines,

        ---------- booleans
        bool_or(weighed.author_role = 'co_author') as is_co_author,

        ---------- dates
        max({{ local_date(
            'coalesce(stg_git__commits.committed_at, stg_git__commits.authored_at)',
            'int_settings_resolved.time_zone'
        ) }}) as authored_date

    from stg_git__commits
    inner join weighed
        on
            stg_git__commits.repository = weighed.repository
            and stg_git__commits.commit_sha = weighed.commit_sha
    cross join int_settings_resolved
    where stg_git__commits.removed_at is null
    group by
        stg_git__commits.repository,
        stg_git__commits.mainline_sha,
        weighed.author_email

)

select * from change_authors_weighed

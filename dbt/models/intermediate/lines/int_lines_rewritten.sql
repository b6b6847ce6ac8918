with

stg_git__commits as (

    select * from {{ ref('stg_git__commits') }}

),

stg_git__line_removals as (

    select * from {{ ref('stg_git__line_removals') }}

),

stg_git__mainline_lines as (

    select * from {{ ref('stg_git__mainline_lines') }}

),

int_change_authors_weighed as (

    select * from {{ ref('int_change_authors_weighed') }}

),

int_accounts_resolved as (

    select * from {{ ref('int_accounts_resolved') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

changes as (

    select
        repository,
        commit_sha as mainline_sha,
        coalesce(committed_at, authored_at) as merged_at
    from stg_git__commits
    where commit_sha = mainline_sha and removed_at is null

),

written as (

    select
        repository,
        mainline_sha,
        sum(added_lines) as written_lines
    from stg_git__mainline_lines
    where path_kind = 'source' and removed_at is null
    group by repository, mainline_sha

),

-- A merge belongs to those who wrote what it brings, not to the one who merged.
authors as (

    select distinct
        int_change_authors_weighed.repository,
        int_change_authors_weighed.mainline_sha,
        coalesce(
            int_accounts_resolved.person_id, int_change_authors_weighed.author_email
        ) as party
    from int_change_authors_weighed
    left join int_accounts_resolved
        on
            int_accounts_resolved.source = 'git'
            and int_change_authors_weighed.author_email
            = int_accounts_resolved.account_id
            and int_change_authors_weighed.authored_date
            = int_accounts_resolved.seen_date
    where
        int_change_authors_weighed.author_kind = 'human'
        and (
            int_change_authors_weighed.source_lines > 0
            or int_change_authors_weighed.is_co_author
        )

),

written_removals as (

    select
        stg_git__line_removals.repository,
        stg_git__line_removals.written_sha,
        stg_git__line_removals.mainline_sha as removing_sha,
        stg_git__line_removals.removed_lines,
        changes.merged_at as written_at
    from stg_git__line_removals
    inner join changes
        on
            stg_git__line_removals.repository = changes.repository
            and stg_git__line_removals.written_sha = changes.mainline_sha
    where
        stg_git__line_removals.path_kind = 'source'
        and stg_git__line_removals.removed_at is null

),

early_removals as (

    select
        written_removals.repository,
        written_removals.written_sha,
        written_removals.removing_sha,
        written_removals.removed_lines
    from written_removals
    inner join changes
        on
            written_removals.repository = changes.repository
            and written_removals.removing_sha = changes.mainline_sha
    cross join int_settings_resolved
    where
        changes.merged_at
        <= written_removals.written_at
        + int_settings_resolved.rewritten_days * interval '1' day

),

writing_parties as (

    select
        early_removals.repository,
        early_removals.written_sha,
        early_removals.removing_sha,
        authors.party
    from early_removals
    inner join authors
        on
            early_removals.repository = authors.repository
            and early_removals.written_sha = authors.mainline_sha

),

-- Lines are their authors' own to rewrite if any of them is among those who do.
own_removals as (

    select distinct
        writing_parties.repository,
        writing_parties.written_sha,
        writing_parties.removing_sha
    from writing_parties
    inner join authors
        on
            writing_parties.repository = authors.repository
            and writing_parties.removing_sha = authors.mainline_sha
            and writing_parties.party = authors.party

),

rewritten as (

    select
        early_removals.repository,
        early_removals.written_sha,
        sum(case
            when own_removals.removing_sha is not null
                then early_removals.removed_lines
            else 0
        end) as own_lines,
        sum(case
            when own_removals.removing_sha is null
                then early_removals.removed_lines
            else 0
        end) as others_lines
    from early_removals
    left join own_removals
        on
            early_removals.repository = own_removals.repository
            and early_removals.written_sha = own_removals.written_sha
            and early_removals.removing_sha = own_removals.removing_sha
    group by early_removals.repository, early_removals.written_sha

),

lines_rewritten as (

    select
        ---------- ids
        written.repository,
        written.mainline_sha,

        ---------- numerics
        cast(written.written_lines as bigint) as written_lines,
        cast(case
            when changes.merged_at is not null
                then coalesce(rewritten.own_lines, 0)
        end as bigint) as rewritten_own_lines,
        cast(case
            when changes.merged_at is not null
                then coalesce(rewritten.others_lines, 0)
        end as bigint) as rewritten_others_lines,

        ---------- booleans
        coalesce(
            changes.merged_at + int_settings_resolved.rewritten_days * interval '1' day
            <= int_settings_resolved.as_of_at,
            false
        ) as is_mature,

        ---------- timestamps
        changes.merged_at

    from written
    inner join changes
        on
            written.repository = changes.repository
            and written.mainline_sha = changes.mainline_sha
    left join rewritten
        on
            written.repository = rewritten.repository
            and written.mainline_sha = rewritten.written_sha
    cross join int_settings_resolved
    where written.written_lines > 0

)

select * from lines_rewritten

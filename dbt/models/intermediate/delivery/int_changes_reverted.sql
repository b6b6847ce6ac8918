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

stg_git__line_removals as (

    select * from {{ ref('stg_git__line_removals') }}

),

stg_git__mainline_lines as (

    select * from {{ ref('stg_git__mainline_lines') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

commits as (

    select
        stg_git__commits.repository,
        stg_git__commits.commit_sha,
        stg_git__commits.reverts_sha,
        int_mainline_changes_claimed.change_id
    from stg_git__commits
    inner join int_mainline_changes_claimed
        on
            stg_git__commits.repository = int_mainline_changes_claimed.repository
            and stg_git__commits.mainline_sha
            = int_mainline_changes_claimed.mainline_sha
    where stg_git__commits.removed_at is null

),

added as (

    select
        int_mainline_changes_claimed.change_id,
        sum(stg_git__mainline_lines.added_lines) as added_lines
    from stg_git__mainline_lines
    inner join int_mainline_changes_claimed
        on
            stg_git__mainline_lines.repository = int_mainline_changes_claimed.repository
            and stg_git__mainline_lines.mainline_sha
            = int_mainline_changes_claimed.mainline_sha
    where
        stg_git__mainline_lines.path_kind = 'source'
        and stg_git__mainline_lines.removed_at is null
    group by int_mainline_changes_claimed.change_id

),

removed as (

    select
        written.change_id,
        removing.change_id as reverting_change_id,
        sum(stg_git__line_removals.removed_lines) as removed_lines
    from stg_git__line_removals
    inner join int_mainline_changes_claimed as written
        on
            stg_git__line_removals.repository = written.repository
            and stg_git__line_removals.written_sha = written.mainline_sha
    inner join int_mainline_changes_claimed as removing
        on
            stg_git__line_removals.repository = removing.repository
            and stg_git__line_removals.mainline_sha = removing.mainline_sha
    where
        stg_git__line_removals.path_kind = 'source'
        and stg_git__line_removals.removed_at is null
    group by written.change_id, removing.change_id

),

-- A commit that says what it takes back, a pull request that does, or one change that
-- leaves no more than a fifth of the lines.
reverts as (

    select
        reverted.change_id,
        reverting.change_id as reverting_change_id
    from commits as reverting
    inner join commits as reverted
        on
            reverting.repository = reverted.repository
            and reverting.reverts_sha = reverted.commit_sha
    union
    select
        reverted.change_id,
        reverting.change_id as reverting_change_id
    from int_changes_merged as reverting
    inner join int_changes_merged as reverted
        on
            reverting.host = reverted.host
            and reverting.host_repository = reverted.host_repository
            and reverting.reverts_number = reverted.number
    union
    select
        removed.change_id,
        removed.reverting_change_id
    from removed
    inner join added
        on removed.change_id = added.change_id
    where removed.removed_lines * 5 >= added.added_lines * 4

),

changes_reverted as (

    select
        ---------- ids
        int_changes_merged.change_id,

        ---------- timestamps
        min(reverting.merged_at) as reverted_at

    from reverts
    inner join int_changes_merged
        on reverts.change_id = int_changes_merged.change_id
    inner join int_changes_merged as reverting
        on reverts.reverting_change_id = reverting.change_id
    cross join int_settings_resolved
    where
        reverts.change_id <> reverts.reverting_change_id
        and reverting.merged_at >= int_changes_merged.merged_at
        and reverting.merged_at
        < int_changes_merged.merged_at
        + int_settings_resolved.reverted_days * interval '1' day
    group by int_changes_merged.change_id

)

select * from changes_reverted

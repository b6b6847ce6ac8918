with

int_changes_described as (

    select * from {{ ref('int_changes_described') }}

),

int_change_parties_weighed as (

    select * from {{ ref('int_change_parties_weighed') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

written as (

    select
        change_id,
        count(*) as authors_n
    from int_change_parties_weighed
    where is_author
    group by change_id

),

changes_merged as (

    select
        ---------- ids
        int_changes_described.change_id,
        int_changes_described.repository,
        int_changes_described.mainline_sha,
        int_changes_described.source,
        int_changes_described.host,
        int_changes_described.host_repository,
        int_changes_described.pull_request_id,
        int_changes_described.author_account_id,

        ---------- strings
        int_changes_described.change_kind,

        ---------- numerics
        int_changes_described.number,
        int_changes_described.reverts_number,
        int_changes_described.commits_n,
        int_changes_described.source_lines,
        coalesce(written.authors_n, 0) as authors_n,

        ---------- booleans
        int_changes_described.is_in_git,
        int_changes_described.is_revert,
        coalesce(
            not int_changes_described.is_revert
            and written.authors_n > 0
            and coalesce(int_changes_described.source_lines, 1) > 0
            and int_changes_described.merged_at is not null,
            false
        ) as is_code,
        coalesce(
            int_changes_described.is_merged_work
            and not int_changes_described.is_revert
            and written.authors_n > 0
            and coalesce(int_changes_described.source_lines, 1) > 0
            and int_changes_described.merged_at is not null,
            false
        ) as is_counted,
        coalesce(
            int_changes_described.merged_at
            + int_settings_resolved.reopen_days * interval '1' day
            <= int_settings_resolved.as_of_at,
            false
        ) as is_mature,

        ---------- dates
        int_changes_described.merged_date,

        ---------- timestamps
        int_changes_described.opened_at,
        int_changes_described.merged_at

    from int_changes_described
    left join written
        on int_changes_described.change_id = written.change_id
    cross join int_settings_resolved

)

select * from changes_merged

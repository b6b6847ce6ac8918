with

int_changes_merged as (

    select * from {{ ref('int_changes_merged') }}

),

int_changes_reverted as (

    select * from {{ ref('int_changes_reverted') }}

),

int_changes_assisted as (

    select * from {{ ref('int_changes_assisted') }}

),

int_changes_rewritten as (

    select * from {{ ref('int_changes_rewritten') }}

),

int_issues_linked as (

    select * from {{ ref('int_issues_linked') }}

),

links as (

    select
        change_id,
        count(*) as issues_n
    from int_issues_linked
    group by change_id

),

change as (

    select
        ---------- ids
        int_changes_merged.change_id,
        int_changes_merged.repository,
        int_changes_merged.mainline_sha,
        int_changes_merged.host,
        int_changes_merged.host_repository,
        int_changes_merged.pull_request_id,
        int_changes_merged.author_account_id,

        ---------- strings
        int_changes_merged.change_kind,

        ---------- numerics
        int_changes_merged.number as pull_request_number,
        int_changes_merged.commits_n,
        int_changes_merged.source_lines,
        cast(int_changes_merged.authors_n as bigint) as authors_n,
        cast(coalesce(links.issues_n, 0) as bigint) as linked_issues_n,

        int_changes_rewritten.written_lines,
        int_changes_rewritten.rewritten_own_lines,
        int_changes_rewritten.rewritten_others_lines,

        ---------- booleans
        int_changes_merged.is_counted,
        int_changes_merged.is_revert,
        int_changes_merged.is_mature,
        int_changes_reverted.change_id is not null as is_reverted,
        int_changes_assisted.is_assisted as is_ai_assisted,
        int_changes_assisted.is_seen as is_commits_seen,

        ---------- dates
        int_changes_merged.merged_date,

        ---------- timestamps
        int_changes_merged.opened_at,
        int_changes_merged.merged_at,
        int_changes_reverted.reverted_at

    from int_changes_merged
    left join int_changes_reverted
        on int_changes_merged.change_id = int_changes_reverted.change_id
    left join int_changes_assisted
        on int_changes_merged.change_id = int_changes_assisted.change_id
    left join int_changes_rewritten
        on int_changes_merged.change_id = int_changes_rewritten.change_id
    left join links
        on int_changes_merged.change_id = links.change_id

)

select * from change

with

int_changes_merged as (

    select * from {{ ref('int_changes_merged') }}

),

int_mainline_changes_claimed as (

    select * from {{ ref('int_mainline_changes_claimed') }}

),

int_lines_rewritten as (

    select * from {{ ref('int_lines_rewritten') }}

),

changes_rewritten as (

    select
        ---------- ids
        int_changes_merged.change_id,

        ---------- numerics
        cast(sum(int_lines_rewritten.written_lines) as bigint) as written_lines,
        cast(sum(int_lines_rewritten.rewritten_own_lines) as bigint)
            as rewritten_own_lines,
        cast(sum(int_lines_rewritten.rewritten_others_lines) as bigint)
            as rewritten_others_lines,

        ---------- booleans
        bool_and(
            int_lines_rewritten.is_mature
            and int_lines_rewritten.rewritten_own_lines is not null
        ) as is_rework_known

    from int_changes_merged
    inner join int_mainline_changes_claimed
        on int_changes_merged.change_id = int_mainline_changes_claimed.change_id
    inner join int_lines_rewritten
        on
            int_mainline_changes_claimed.repository = int_lines_rewritten.repository
            and int_mainline_changes_claimed.mainline_sha
            = int_lines_rewritten.mainline_sha
    group by int_changes_merged.change_id

)

select * from changes_rewritten

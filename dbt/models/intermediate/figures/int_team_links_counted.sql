with

int_credits_shared as (

    select * from {{ ref('int_credits_shared') }}

),

int_changes_merged as (

    select * from {{ ref('int_changes_merged') }}

),

int_issues_linked as (

    select * from {{ ref('int_issues_linked') }}

),

linked_changes as (

    select distinct change_id
    from int_issues_linked

),

team_changes as (

    select distinct
        int_credits_shared.team,
        int_credits_shared.quarter_start,
        int_changes_merged.change_id
    from int_credits_shared
    inner join int_changes_merged
        on int_credits_shared.item_id = int_changes_merged.change_id
    where
        int_credits_shared.item_kind = 'merged_change'
        and int_credits_shared.credit_rule = '{{ credit_rules()[0] }}'
        and int_credits_shared.team is not null

),

team_links_counted as (

    select
        ---------- ids
        team_changes.team,

        ---------- numerics
        count(*) as changes_n,
        count(linked_changes.change_id) as linked_changes_n,

        ---------- dates
        team_changes.quarter_start

    from team_changes
    left join linked_changes
        on team_changes.change_id = linked_changes.change_id
    group by team_changes.team, team_changes.quarter_start

)

select * from team_links_counted

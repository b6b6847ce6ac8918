with

stg_jira__issues as (

    select * from {{ ref('stg_jira__issues') }}

),

int_issues_timed as (

    select * from {{ ref('int_issues_timed') }}

),

int_accounts_resolved as (

    select * from {{ ref('int_accounts_resolved') }}

),

issues as (

    select
        stg_jira__issues.site,
        stg_jira__issues.issue_id,
        case when stg_jira__issues.is_subtask then stg_jira__issues.parent_issue_id end
            as parent_issue_id,
        stg_jira__issues.issue_type_name,
        cast(round(1000000 * stg_jira__issues.story_points, 0) as bigint) as own_points,
        case when int_issues_timed.is_finished then int_issues_timed.done_date end
            as done_date,
        int_accounts_resolved.team
    from stg_jira__issues
    inner join int_issues_timed
        on
            stg_jira__issues.site = int_issues_timed.site
            and stg_jira__issues.issue_id = int_issues_timed.issue_id
    left join int_accounts_resolved
        on
            int_accounts_resolved.source = 'jira'
            and int_issues_timed.done_assignee_account_id
            = int_accounts_resolved.account_id
            and int_issues_timed.done_date = int_accounts_resolved.seen_date
    where
        stg_jira__issues.removed_at is null
        and not int_issues_timed.is_undelivered

),

-- A sub-task belongs to its parent. An epic is no parent here: it holds what is not
-- one piece of work.
members as (

    select
        issues.site,
        issues.issue_id,
        coalesce(parents.issue_id, issues.issue_id) as head_issue_id,
        parents.issue_id is not null as is_part,
        coalesce(parents.issue_type_name, issues.issue_type_name) as issue_type_name,
        coalesce(parents.team, issues.team) as team,
        issues.own_points,
        issues.done_date
    from issues
    left join issues as parents
        on
            issues.site = parents.site
            and issues.parent_issue_id = parents.issue_id

),

families as (

    select
        site,
        head_issue_id,
        count(case when is_part then 1 end) as parts_n,
        sum(case when is_part then own_points end) as parts_points,
        max(case when not is_part then own_points end) as head_points
    from members
    group by site, head_issue_id

),

-- Estimated parts carry the points; else the parent that is estimated; else each part
-- as much as the other.
issue_points_summed as (

    select
        ---------- ids
        members.site,
        members.issue_id,
        members.head_issue_id,

        ---------- strings
        members.issue_type_name,
        members.team,

        ---------- numerics
        cast(coalesce(families.parts_points, families.head_points) as bigint)
            as family_micropoints,
        cast(case
            when members.is_part and families.parts_points > 0
                then coalesce(members.own_points, 0)
            when
                members.is_part
                and families.parts_points = 0
                and members.own_points = 0
                then 1
            when families.parts_points is not null then 0
            when families.head_points is not null and not members.is_part then 1
            when families.head_points is not null then 0
            when families.parts_n > 0 and not members.is_part then 0
            else 1
        end as bigint) as parts,

        ---------- dates
        members.done_date

    from members
    inner join families
        on
            members.site = families.site
            and members.head_issue_id = families.head_issue_id

)

select * from issue_points_summed

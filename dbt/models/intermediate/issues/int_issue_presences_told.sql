with

stg_jira__issues as (

    select * from {{ ref('stg_jira__issues') }}

),

stg_jira__issue_absences as (

    select * from {{ ref('stg_jira__issue_absences') }}

),

stg_jira__changelog_items as (

    select * from {{ ref('stg_jira__changelog_items') }}

),

moves as (

    select
        site,
        issue_id,
        from_id,
        changed_at,
        row_number() over (
            partition by site, issue_id
            order by
                changed_at desc,
                try_cast(history_id as bigint) desc,
                history_id desc,
                item_ordinal desc
        ) as recency,
        count(*) over (partition by site, issue_id) as moves_n
    from stg_jira__changelog_items
    where lower(coalesce(field_id, field)) = 'project' and removed_at is null

),

issue_presences_told as (

    select
        ---------- ids
        stg_jira__issues.site,
        stg_jira__issues.issue_id,
        stg_jira__issues.project_id,
        moves.from_id as former_project_id,
        stg_jira__issue_absences.moved_to_project_id,

        ---------- strings
        case
            when stg_jira__issues.removed_at is not null then 'gone'
            else coalesce(stg_jira__issue_absences.absence, 'listed')
        end as presence,

        ---------- numerics
        coalesce(moves.moves_n, 0) as moves_n,

        ---------- timestamps
        moves.changed_at as moved_at,
        coalesce(stg_jira__issues.removed_at, stg_jira__issue_absences.known_at)
            as absent_since_at

    from stg_jira__issues
    left join stg_jira__issue_absences
        on
            stg_jira__issues.site = stg_jira__issue_absences.site
            and stg_jira__issues.issue_id = stg_jira__issue_absences.issue_id
            and stg_jira__issue_absences.removed_at is null
    left join moves
        on
            stg_jira__issues.site = moves.site
            and stg_jira__issues.issue_id = moves.issue_id
            and moves.recency = 1

)

select * from issue_presences_told

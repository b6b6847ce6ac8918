with

int_issue_changes_spanned as (

    select * from {{ ref('int_issue_changes_spanned') }}

),

stg_jira__statuses as (

    select * from {{ ref('stg_jira__statuses') }}

),

stg_jira__issues as (

    select * from {{ ref('stg_jira__issues') }}

),

-- A status that left the directory may still be told by an issue that is in it.
categories as (

    select
        site,
        status_id,
        status_category_id,
        1 as precedence
    from stg_jira__statuses
    union all
    select
        site,
        status_id,
        max(status_category_id) as status_category_id,
        2 as precedence
    from stg_jira__issues
    group by site, status_id

),

statuses as (

    select
        site,
        status_id,
        coalesce(
            max(case when precedence = 1 then status_category_id end),
            max(case when precedence = 2 then status_category_id end)
        ) as status_category_id
    from categories
    group by site, status_id

),

issue_statuses_entered as (

    select
        ---------- ids
        int_issue_changes_spanned.site,
        int_issue_changes_spanned.issue_id,
        int_issue_changes_spanned.value_id as status_id,

        ---------- strings
        {{ standard_status('statuses.status_category_id') }} as standard_status,
        lag({{ standard_status('statuses.status_category_id') }}) over (
            partition by
                int_issue_changes_spanned.site, int_issue_changes_spanned.issue_id
            order by int_issue_changes_spanned.step
        ) as previous_status,

        ---------- numerics
        int_issue_changes_spanned.step,

        ---------- timestamps
        int_issue_changes_spanned.started_at as entered_at

    from int_issue_changes_spanned
    left join statuses
        on
            int_issue_changes_spanned.site = statuses.site
            and int_issue_changes_spanned.value_id = statuses.status_id
    where int_issue_changes_spanned.field_id = 'status'

)

select * from issue_statuses_entered

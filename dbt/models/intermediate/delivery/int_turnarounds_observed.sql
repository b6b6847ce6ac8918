with

int_issue_holders_observed as (

    select * from {{ ref('int_issue_holders_observed') }}

),

int_accounts_resolved as (

    select * from {{ ref('int_accounts_resolved') }}

),

turnarounds_observed as (

    select
        ---------- ids
        int_issue_holders_observed.site,
        int_issue_holders_observed.issue_id,
        int_accounts_resolved.person_id,

        ---------- strings
        int_accounts_resolved.team,

        ---------- numerics
        {{ elapsed_seconds(
            'int_issue_holders_observed.first_in_progress_at',
            'int_issue_holders_observed.observed_at'
        ) }} as waited_seconds,

        ---------- booleans
        int_issue_holders_observed.observation = 'delivered' as is_done,

        ---------- dates
        int_issue_holders_observed.quarter_start

    from int_issue_holders_observed
    inner join int_accounts_resolved
        on
            int_accounts_resolved.source = 'jira'
            and int_issue_holders_observed.account_id = int_accounts_resolved.account_id
            and int_issue_holders_observed.observed_date
            = int_accounts_resolved.seen_date
    where
        int_accounts_resolved.person_id is not null
        and int_issue_holders_observed.first_in_progress_at
        <= int_issue_holders_observed.observed_at

)

select * from turnarounds_observed

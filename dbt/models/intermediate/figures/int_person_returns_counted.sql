with

int_issue_returns_observed as (

    select * from {{ ref('int_issue_returns_observed') }}

),

int_accounts_resolved as (

    select * from {{ ref('int_accounts_resolved') }}

),

person_returns_counted as (

    select
        ---------- ids
        int_accounts_resolved.person_id,

        ---------- numerics
        count(*) as done_n,
        count(case when int_issue_returns_observed.is_returned then 1 end)
            as returned_n,

        ---------- dates
        int_issue_returns_observed.quarter_start

    from int_issue_returns_observed
    inner join int_accounts_resolved
        on
            int_accounts_resolved.source = 'jira'
            and int_issue_returns_observed.account_id = int_accounts_resolved.account_id
            and int_issue_returns_observed.done_date = int_accounts_resolved.seen_date
    where
        int_accounts_resolved.person_id is not null
        and int_issue_returns_observed.is_mature
    group by int_accounts_resolved.person_id, int_issue_returns_observed.quarter_start

)

select * from person_returns_counted

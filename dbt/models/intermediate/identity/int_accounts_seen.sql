with

int_usage_reported as (

    select * from {{ ref('int_usage_reported') }}

),

int_vendor_costs_converted as (

    select * from {{ ref('int_vendor_costs_converted') }}

),

int_activity_reported as (

    select * from {{ ref('int_activity_reported') }}

),

int_seats_listed as (

    select * from {{ ref('int_seats_listed') }}

),

int_directory_listed as (

    select * from {{ ref('int_directory_listed') }}

),

stg_jira__users as (

    select * from {{ ref('stg_jira__users') }}

),

int_issue_holders_observed as (

    select * from {{ ref('int_issue_holders_observed') }}

),

int_issue_returns_observed as (

    select * from {{ ref('int_issue_returns_observed') }}

),

int_change_authors_weighed as (

    select * from {{ ref('int_change_authors_weighed') }}

),

int_deliverable_people_observed as (

    select * from {{ ref('int_deliverable_people_observed') }}

),

int_pull_request_authors_named as (

    select * from {{ ref('int_pull_request_authors_named') }}

),

int_host_accounts_observed as (

    select * from {{ ref('int_host_accounts_observed') }}

),

principals as (

    select
        source,
        principal_type,
        principal_id,
        principal_email,
        usage_date
    from int_usage_reported
    union all
    select
        vendor as source,
        principal_type,
        principal_id,
        null as principal_email,
        usage_date
    from int_vendor_costs_converted
    union all
    select
        source,
        principal_type,
        principal_id,
        principal_email,
        usage_date
    from int_activity_reported
    union all
    select
        source,
        account_kind as principal_type,
        account_id as principal_id,
        email as principal_email,
        listed_date as usage_date
    from int_seats_listed

),

emailed as (

    select
        source,
        principal_type,
        principal_id,
        usage_date,
        max(lower(trim(principal_email))) as principal_email
    from principals
    group by source, principal_type, principal_id, usage_date

),

vendor_accounts as (

    select
        emailed.source,
        emailed.principal_type as account_kind,
        emailed.principal_id as account_id,
        emailed.usage_date as seen_date,
        coalesce(emailed.principal_email, int_directory_listed.email) as email,
        case
            when emailed.principal_email is not null then 'exact_email'
            else 'directory_email'
        end as email_method
    from emailed
    left join int_directory_listed
        on
            emailed.source = int_directory_listed.source
            and emailed.principal_type = int_directory_listed.account_kind
            and emailed.principal_id = int_directory_listed.account_id

),

jira_emails as (

    select
        account_id,
        max(email) as email
    from stg_jira__users
    group by account_id

),

jira_seen as (

    select
        account_id,
        observed_date as seen_date
    from int_issue_holders_observed
    union
    select
        account_id,
        done_date as seen_date
    from int_issue_returns_observed
    union
    select
        account_id,
        observed_date as seen_date
    from int_deliverable_people_observed
    where source = 'jira'

),

jira_accounts as (

    select
        'jira' as source,
        'user' as account_kind,
        jira_seen.account_id,
        jira_seen.seen_date,
        jira_emails.email,
        'directory_email' as email_method
    from jira_seen
    left join jira_emails
        on jira_seen.account_id = jira_emails.account_id
    where jira_seen.account_id is not null

),

-- A file names people by e-mail, or by an id that only a link resolves.
deliverable_accounts as (

    select distinct
        'deliverables' as source,
        'user' as account_kind,
        account_id,
        observed_date as seen_date,
        case when account_id like '%@%' then account_id end as email,
        'exact_email' as email_method
    from int_deliverable_people_observed
    where source = 'deliverables'

),

git_people as (

    select
        author_email,
        authored_date as seen_date
    from int_change_authors_weighed
    where author_kind = 'human'
    union
    select
        mailmap_email as author_email,
        authored_date as seen_date
    from int_change_authors_weighed
    where author_kind = 'human'
    union
    select
        author_email,
        seen_date
    from int_pull_request_authors_named
    where author_kind = 'human'

),

-- A host's no-reply address names an account and no mailbox: only a link resolves it.
git_accounts as (

    select
        'git' as source,
        'email' as account_kind,
        author_email as account_id,
        seen_date,
        case when not {{ is_no_reply('author_email') }} then author_email end as email,
        'exact_email' as email_method
    from git_people
    where author_email is not null and seen_date is not null

),

-- Accounts of Bitbucket are those of Jira.
host_accounts as (

    select
        int_host_accounts_observed.source,
        'user' as account_kind,
        int_host_accounts_observed.account_id,
        int_host_accounts_observed.seen_date,
        coalesce(int_host_accounts_observed.email, jira_emails.email) as email,
        'directory_email' as email_method
    from int_host_accounts_observed
    left join jira_emails
        on
            int_host_accounts_observed.source = 'bitbucket'
            and int_host_accounts_observed.account_id = jira_emails.account_id

),

accounts_seen as (

    select * from vendor_accounts
    union all
    select * from jira_accounts
    union all
    select * from deliverable_accounts
    union all
    select * from git_accounts
    union all
    select * from host_accounts

)

select * from accounts_seen

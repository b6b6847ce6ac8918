with

stg_anthropic__usage as (

    select * from {{ ref('stg_anthropic__usage') }}

),

stg_anthropic__users as (

    select * from {{ ref('stg_anthropic__users') }}

),

stg_jira__users as (

    select * from {{ ref('stg_jira__users') }}

),

int_issue_holders_observed as (

    select * from {{ ref('int_issue_holders_observed') }}

),

int_change_authors_weighed as (

    select * from {{ ref('int_change_authors_weighed') }}

),

principals as (

    select
        principal_type,
        principal_id,
        usage_date,
        max(principal_email) as principal_email
    from stg_anthropic__usage
    group by principal_type, principal_id, usage_date

),

anthropic_accounts as (

    select
        'anthropic' as source,
        principals.principal_type as account_kind,
        principals.principal_id as account_id,
        principals.usage_date as seen_date,
        coalesce(principals.principal_email, stg_anthropic__users.email) as email,
        case
            when principals.principal_email is not null then 'exact_email'
            else 'directory_email'
        end as email_method
    from principals
    left join stg_anthropic__users
        on principals.principal_id = stg_anthropic__users.user_id

),

jira_emails as (

    select
        account_id,
        max(email) as email
    from stg_jira__users
    group by account_id

),

jira_accounts as (

    select distinct
        'jira' as source,
        'user' as account_kind,
        int_issue_holders_observed.account_id,
        int_issue_holders_observed.observed_date as seen_date,
        jira_emails.email,
        'directory_email' as email_method
    from int_issue_holders_observed
    left join jira_emails
        on int_issue_holders_observed.account_id = jira_emails.account_id
    where int_issue_holders_observed.account_id is not null

),

-- A host's no-reply address names an account and no mailbox: only a link resolves it.
git_accounts as (

    select distinct
        'git' as source,
        'email' as account_kind,
        author_email as account_id,
        authored_date as seen_date,
        case
            when author_email not like '%@users.noreply.github.com' then author_email
        end
            as email,
        'exact_email' as email_method
    from int_change_authors_weighed
    where author_kind = 'human' and authored_date is not null

),

accounts_seen as (

    select * from anthropic_accounts
    union all
    select * from jira_accounts
    union all
    select * from git_accounts

)

select * from accounts_seen

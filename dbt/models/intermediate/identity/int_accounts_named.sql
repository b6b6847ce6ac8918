with

int_accounts_resolved as (

    select * from {{ ref('int_accounts_resolved') }}

),

int_accounts_seen as (

    select * from {{ ref('int_accounts_seen') }}

),

int_directory_listed as (

    select * from {{ ref('int_directory_listed') }}

),

stg_jira__users as (

    select * from {{ ref('stg_jira__users') }}

),

stg_git__commit_authors as (

    select * from {{ ref('stg_git__commit_authors') }}

),

unresolved as (

    select distinct
        source,
        account_kind,
        account_id
    from int_accounts_resolved
    where {{ is_unresolved() }}

),

names as (

    select
        'jira' as source,
        'user' as account_kind,
        account_id,
        display_name as account_name
    from stg_jira__users
    union all
    select
        'git' as source,
        'email' as account_kind,
        author_email as account_id,
        author_name as account_name
    from stg_git__commit_authors
    where removed_at is null
    union all
    select
        source,
        account_kind,
        account_id,
        account_name
    from int_directory_listed

),

emails as (

    select distinct
        source,
        account_kind,
        account_id,
        email
    from int_accounts_seen
    where email is not null

),

known_as as (

    select
        unresolved.source,
        unresolved.account_kind,
        unresolved.account_id,
        {{ name_key('names.account_name') }} as name_key,
        case
            when {{ is_no_reply('unresolved.account_id') }}
                then {{ no_reply_login('unresolved.account_id') }}
            else coalesce(emails.email, unresolved.account_id)
        end as account_login,
        emails.email
    from unresolved
    left join names
        on
            unresolved.source = names.source
            and unresolved.account_kind = names.account_kind
            and unresolved.account_id = names.account_id
    left join emails
        on
            unresolved.source = emails.source
            and unresolved.account_kind = emails.account_kind
            and unresolved.account_id = emails.account_id

),

accounts_named as (

    select distinct
        ---------- ids
        source,
        account_kind,
        account_id,

        ---------- strings
        name_key,
        {{ login_key('account_login') }} as login_key,
        email

    from known_as

)

select * from accounts_named

with

int_accounts_seen as (

    select * from {{ ref('int_accounts_seen') }}

),

int_emails_spanned as (

    select * from {{ ref('int_emails_spanned') }}

),

stg_people__accounts as (

    select * from {{ ref('stg_people__accounts') }}

),

stg_people__key_owners as (

    select * from {{ ref('stg_people__key_owners') }}

),

int_keys_listed as (

    select * from {{ ref('int_keys_listed') }}

),

int_directory_listed as (

    select * from {{ ref('int_directory_listed') }}

),

email_owners as (

    select distinct
        email,
        person_id
    from int_emails_spanned

),

-- Also e-mails of another time: they resolve nothing, but say why nothing resolved.
by_email as (

    select
        int_accounts_seen.source,
        int_accounts_seen.account_kind,
        int_accounts_seen.account_id,
        int_accounts_seen.seen_date,
        1 as precedence,
        int_accounts_seen.email_method as method,
        int_emails_spanned.person_id,
        cast(null as string) as cost_pool,
        int_accounts_seen.seen_date >= int_emails_spanned.valid_from
        and int_accounts_seen.seen_date < int_emails_spanned.valid_to as is_in_force
    from int_accounts_seen
    inner join int_emails_spanned
        on int_accounts_seen.email = int_emails_spanned.email

),

by_link as (

    select
        int_accounts_seen.source,
        int_accounts_seen.account_kind,
        int_accounts_seen.account_id,
        int_accounts_seen.seen_date,
        2 as precedence,
        stg_people__accounts.method,
        stg_people__accounts.person_id,
        cast(null as string) as cost_pool,
        true as is_in_force
    from int_accounts_seen
    inner join stg_people__accounts
        on
            -- Accounts of Bitbucket are those of Jira.
            (
                int_accounts_seen.source = stg_people__accounts.source
                or (
                    int_accounts_seen.source = 'bitbucket'
                    and stg_people__accounts.source = 'jira'
                )
            )
            and int_accounts_seen.account_id = stg_people__accounts.account
            and int_accounts_seen.seen_date >= stg_people__accounts.valid_from
            and int_accounts_seen.seen_date
            <= coalesce(stg_people__accounts.valid_to, {{ open_end() }})
    where stg_people__accounts.removed_at is null

),

by_key as (

    select
        int_accounts_seen.source,
        int_accounts_seen.account_kind,
        int_accounts_seen.account_id,
        int_accounts_seen.seen_date,
        3 as precedence,
        'key_owner' as method,
        case when stg_people__key_owners.purpose = 'personal'
                then stg_people__key_owners.owner_person_id
        end as person_id,
        case when stg_people__key_owners.purpose <> 'personal'
                then coalesce(
                        stg_people__key_owners.cost_pool,
                        stg_people__key_owners.api_key_id
                    )
        end as cost_pool,
        true as is_in_force
    from int_accounts_seen
    inner join stg_people__key_owners
        on
            int_accounts_seen.source = stg_people__key_owners.source
            and int_accounts_seen.account_id = stg_people__key_owners.api_key_id
            and int_accounts_seen.seen_date >= stg_people__key_owners.valid_from
            and int_accounts_seen.seen_date
            <= coalesce(stg_people__key_owners.valid_to, {{ open_end() }})
    where
        int_accounts_seen.account_kind = 'api_key'
        and stg_people__key_owners.removed_at is null

),

-- What nobody here wrote down, the vendor's own list of keys may know.
by_vendor_key as (

    select
        int_accounts_seen.source,
        int_accounts_seen.account_kind,
        int_accounts_seen.account_id,
        int_accounts_seen.seen_date,
        4 as precedence,
        'vendor_key_owner' as method,
        email_owners.person_id,
        case when int_keys_listed.owner_kind = 'service_account'
                then int_keys_listed.owner_id
        end as cost_pool,
        email_owners.person_id is not null
        or int_keys_listed.owner_kind = 'service_account' as is_in_force
    from int_accounts_seen
    inner join int_keys_listed
        on
            int_accounts_seen.source = int_keys_listed.source
            and int_accounts_seen.account_id = int_keys_listed.api_key_id
    left join int_directory_listed
        on
            int_keys_listed.source = int_directory_listed.source
            and int_keys_listed.owner_kind = int_directory_listed.account_kind
            and int_keys_listed.owner_id = int_directory_listed.account_id
    left join email_owners
        on int_directory_listed.email = email_owners.email
    where
        int_accounts_seen.account_kind = 'api_key'
        and int_keys_listed.owner_id is not null

),

-- The account of a host that a no-reply address stands for.
no_reply_accounts as (

    select
        *,
        {{ no_reply_source('account_id') }} as host_source,
        {{ no_reply_id('account_id') }} as host_account_id
    from int_accounts_seen
    where
        source = 'git'
        and {{ no_reply_source('account_id') }} is not null
        and {{ no_reply_id('account_id') }} <> ''

),

host_emails as (

    select distinct
        source,
        account_id,
        email
    from int_accounts_seen
    where account_kind = 'user' and email is not null

),

by_no_reply as (

    select
        no_reply_accounts.source,
        no_reply_accounts.account_kind,
        no_reply_accounts.account_id,
        no_reply_accounts.seen_date,
        stg_people__accounts.person_id
    from no_reply_accounts
    inner join stg_people__accounts
        on
            no_reply_accounts.host_source = stg_people__accounts.source
            and no_reply_accounts.host_account_id = stg_people__accounts.account
            and no_reply_accounts.seen_date >= stg_people__accounts.valid_from
            and no_reply_accounts.seen_date
            <= coalesce(stg_people__accounts.valid_to, {{ open_end() }})
    where stg_people__accounts.removed_at is null
    union all
    select
        no_reply_accounts.source,
        no_reply_accounts.account_kind,
        no_reply_accounts.account_id,
        no_reply_accounts.seen_date,
        int_emails_spanned.person_id
    from no_reply_accounts
    inner join host_emails
        on
            no_reply_accounts.host_source = host_emails.source
            and no_reply_accounts.host_account_id = host_emails.account_id
    inner join int_emails_spanned
        on
            host_emails.email = int_emails_spanned.email
            and no_reply_accounts.seen_date >= int_emails_spanned.valid_from
            and no_reply_accounts.seen_date < int_emails_spanned.valid_to

),

claims as (

    select * from by_email
    union all
    select * from by_link
    union all
    select * from by_key
    union all
    select * from by_vendor_key
    union all
    select
        source,
        account_kind,
        account_id,
        seen_date,
        5 as precedence,
        'no_reply_id' as method,
        person_id,
        cast(null as string) as cost_pool,
        true as is_in_force
    from by_no_reply

),

-- A claim that is written down twice, or whose e-mail has several spans, is one claim.
accounts_claimed as (

    select
        ---------- ids
        source,
        account_kind,
        account_id,
        person_id,
        cost_pool,

        ---------- strings
        method,

        ---------- numerics
        precedence,

        ---------- booleans
        bool_or(is_in_force) as is_in_force,

        ---------- dates
        seen_date

    from claims
    group by
        source,
        account_kind,
        account_id,
        person_id,
        cost_pool,
        method,
        precedence,
        seen_date

)

select * from accounts_claimed

with

int_accounts_seen as (

    select * from {{ ref('int_accounts_seen') }}

),

int_persons_spanned as (

    select * from {{ ref('int_persons_spanned') }}

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
    from int_persons_spanned
    where email is not null

),

-- Also e-mails of another time: they resolve nothing, but say why nothing resolved.
by_email as (

    select
        int_accounts_seen.*,
        1 as precedence,
        int_accounts_seen.email_method as method,
        email_owners.person_id,
        cast(null as string) as cost_pool
    from int_accounts_seen
    inner join email_owners
        on int_accounts_seen.email = email_owners.email

),

by_link as (

    select
        int_accounts_seen.*,
        2 as precedence,
        stg_people__accounts.method,
        stg_people__accounts.person_id,
        cast(null as string) as cost_pool
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
        int_accounts_seen.*,
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
        end as cost_pool
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
        int_accounts_seen.*,
        4 as precedence,
        'vendor_key_owner' as method,
        email_owners.person_id,
        case when int_keys_listed.owner_kind = 'service_account'
                then int_keys_listed.owner_id
        end as cost_pool
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

links as (

    select * from by_email
    union all
    select * from by_link
    union all
    select * from by_key
    union all
    select * from by_vendor_key

),

-- Distinct: a link that is written down twice is one link.
accounts_linked as (

    select distinct
        links.source,
        links.account_kind,
        links.account_id,
        links.seen_date,
        links.precedence,
        links.method,
        links.person_id,
        links.cost_pool,
        int_persons_spanned.team,
        int_persons_spanned.person_id is not null as is_employed,
        case
            when
                links.precedence = 1
                then coalesce(int_persons_spanned.email = links.email, false)
            else links.person_id is not null or links.cost_pool is not null
        end as is_in_force
    from links
    left join int_persons_spanned
        on
            links.person_id = int_persons_spanned.person_id
            and links.seen_date >= int_persons_spanned.valid_from
            and links.seen_date < int_persons_spanned.valid_to

)

select * from accounts_linked

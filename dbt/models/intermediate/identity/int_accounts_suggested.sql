with

int_accounts_named as (

    select * from {{ ref('int_accounts_named') }}

),

int_accounts_resolved as (

    select * from {{ ref('int_accounts_resolved') }}

),

int_accounts_linked as (

    select * from {{ ref('int_accounts_linked') }}

),

int_persons_spanned as (

    select * from {{ ref('int_persons_spanned') }}

),

int_emails_spanned as (

    select * from {{ ref('int_emails_spanned') }}

),

stg_people__accounts as (

    select * from {{ ref('stg_people__accounts') }}

),

people as (

    select distinct
        int_persons_spanned.person_id,
        {{ name_key('int_persons_spanned.full_name') }} as name_key,
        {{ login_key('int_emails_spanned.email') }} as login_key,
        int_emails_spanned.email
    from int_persons_spanned
    left join int_emails_spanned
        on int_persons_spanned.record_person_id = int_emails_spanned.person_id

),

-- Accounts whose owner is known: resolved ones, and links to some that are not seen.
owned_accounts as (

    select
        source,
        account_id,
        person_id
    from int_accounts_resolved
    where attribution = 'person'
    union distinct
    select
        source,
        account as account_id,
        person_id
    from stg_people__accounts
    where removed_at is null

),

by_email as (

    select
        int_accounts_named.source,
        int_accounts_named.account_kind,
        int_accounts_named.account_id,
        people.person_id,
        'former_email' as suggestion_reason
    from int_accounts_named
    inner join people
        on int_accounts_named.email = people.email
    union all
    select
        int_accounts_named.source,
        int_accounts_named.account_kind,
        int_accounts_named.account_id,
        people.person_id,
        'plus_address' as suggestion_reason
    from int_accounts_named
    inner join people
        on {{ without_plus('int_accounts_named.email') }} = people.email
    where int_accounts_named.email like '%+%'

),

by_name as (

    select
        int_accounts_named.source,
        int_accounts_named.account_kind,
        int_accounts_named.account_id,
        people.person_id,
        case
            when
                split_part(int_accounts_named.email, '@', 2)
                = split_part(people.email, '@', 2)
                then 'same_name_and_domain'
            else 'same_name'
        end as suggestion_reason
    from int_accounts_named
    inner join people
        on int_accounts_named.name_key = people.name_key
    union all
    select
        int_accounts_named.source,
        int_accounts_named.account_kind,
        int_accounts_named.account_id,
        people.person_id,
        'same_login' as suggestion_reason
    from int_accounts_named
    inner join people
        on int_accounts_named.login_key = people.login_key

),

by_account as (

    select
        int_accounts_named.source,
        int_accounts_named.account_kind,
        int_accounts_named.account_id,
        owned_accounts.person_id,
        case
            when int_accounts_named.source = owned_accounts.source
                then 'case_variant'
            else 'same_account_id'
        end as suggestion_reason
    from int_accounts_named
    inner join owned_accounts
        on lower(int_accounts_named.account_id) = lower(owned_accounts.account_id)
    where
        (
            int_accounts_named.source = owned_accounts.source
            and int_accounts_named.account_id <> owned_accounts.account_id
        )
        -- One Atlassian account signs in to both.
        or (
            int_accounts_named.source in ('jira', 'bitbucket')
            and owned_accounts.source in ('jira', 'bitbucket')
            and int_accounts_named.source <> owned_accounts.source
            and int_accounts_named.account_id = owned_accounts.account_id
        )

),

no_reply_accounts as (

    select distinct
        source,
        account_kind,
        account_id,
        {{ no_reply_id('account_id') }} as host_account_id,
        {{ no_reply_login('account_id') }} as login
    from int_accounts_named
    where source = 'git' and {{ is_no_reply('account_id') }}

),

by_no_reply as (

    select
        no_reply_accounts.source,
        no_reply_accounts.account_kind,
        no_reply_accounts.account_id,
        owned_accounts.person_id,
        'no_reply_id' as suggestion_reason
    from no_reply_accounts
    inner join owned_accounts
        on
            no_reply_accounts.host_account_id = owned_accounts.account_id
            and owned_accounts.source in ('github', 'gitlab', 'bitbucket')
    union all
    select
        no_reply_accounts.source,
        no_reply_accounts.account_kind,
        no_reply_accounts.account_id,
        owned_accounts.person_id,
        'no_reply_login' as suggestion_reason
    from no_reply_accounts
    inner join owned_accounts
        on
            no_reply_accounts.login = lower(owned_accounts.account_id)
            and owned_accounts.source = 'copilot'

),

-- Of an account that several people claim, each of them.
by_claim as (

    select
        int_accounts_linked.source,
        int_accounts_linked.account_kind,
        int_accounts_linked.account_id,
        int_accounts_linked.person_id,
        'rival_claim' as suggestion_reason
    from int_accounts_linked
    inner join int_accounts_resolved
        on
            int_accounts_linked.source = int_accounts_resolved.source
            and int_accounts_linked.account_kind = int_accounts_resolved.account_kind
            and int_accounts_linked.account_id = int_accounts_resolved.account_id
            and int_accounts_linked.seen_date = int_accounts_resolved.seen_date
    where int_accounts_resolved.reason = 'ambiguous' and int_accounts_linked.is_in_force

),

suggestions as (

    select * from by_email
    union all
    select * from by_name
    union all
    select * from by_account
    union all
    select * from by_no_reply
    union all
    select * from by_claim

),

accounts_suggested as (

    select distinct
        ---------- ids
        source,
        account_kind,
        account_id,
        person_id,

        ---------- strings
        suggestion_reason,
        {{ suggestion_class('suggestion_reason') }} as suggestion_class

    from suggestions
    where suggestion_reason is not null and person_id is not null

)

select * from accounts_suggested

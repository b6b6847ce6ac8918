with

int_pull_requests_collected as (

    select * from {{ ref('int_pull_requests_collected') }}

),

int_pull_request_commits_collected as (

    select * from {{ ref('int_pull_request_commits_collected') }}

),

int_reviews_collected as (

    select * from {{ ref('int_reviews_collected') }}

),

int_pull_requests_observed as (

    select * from {{ ref('int_pull_requests_observed') }}

),

int_persons_spanned as (

    select * from {{ ref('int_persons_spanned') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

instants as (

    select
        source,
        author_account_id as account_id,
        created_at as seen_at
    from int_pull_requests_collected
    union all
    select
        source,
        author_account_id as account_id,
        merged_at as seen_at
    from int_pull_requests_collected
    union all
    select
        int_pull_request_commits_collected.source,
        int_pull_request_commits_collected.author_account_id as account_id,
        int_pull_requests_collected.merged_at as seen_at
    from int_pull_request_commits_collected
    inner join int_pull_requests_collected
        on
            int_pull_request_commits_collected.source
            = int_pull_requests_collected.source
            and int_pull_request_commits_collected.host
            = int_pull_requests_collected.host
            and int_pull_request_commits_collected.pull_request_id
            = int_pull_requests_collected.pull_request_id
    union all
    select
        source,
        reviewer_account_id as account_id,
        submitted_at as seen_at
    from int_reviews_collected

),

-- Machines are nobody's, also where they wrote the commits.
machines as (

    select
        source,
        author_account_id as account_id
    from int_pull_requests_collected
    where author_kind = 'bot' and author_account_id is not null
    union
    select
        source,
        reviewer_account_id as account_id
    from int_reviews_collected
    where reviewer_kind = 'bot' and reviewer_account_id is not null

),

-- A host matches a commit to an account by an address that the account confirmed. One
-- account with addresses of two persons says nothing.
confirmed as (

    select
        int_pull_request_commits_collected.source,
        int_pull_request_commits_collected.author_account_id as account_id,
        min(int_persons_spanned.person_id) as person_id,
        min(int_persons_spanned.email) as email
    from int_pull_request_commits_collected
    inner join int_persons_spanned
        on int_pull_request_commits_collected.author_email = int_persons_spanned.email
    where int_pull_request_commits_collected.author_account_id is not null
    group by
        int_pull_request_commits_collected.source,
        int_pull_request_commits_collected.author_account_id
    having count(distinct int_persons_spanned.person_id) = 1

),

days as (

    select
        instants.source,
        instants.account_id,
        {{ local_date('instants.seen_at', 'int_settings_resolved.time_zone') }}
            as seen_date
    from instants
    cross join int_settings_resolved
    where instants.account_id is not null and instants.seen_at is not null
    union
    select
        source,
        account_id,
        observed_date as seen_date
    from int_pull_requests_observed

),

-- Of a person whose address changed, the one in force that day.
host_accounts_observed as (

    select
        ---------- ids
        days.source,
        days.account_id,

        ---------- strings
        coalesce(int_persons_spanned.email, confirmed.email) as email,

        ---------- dates
        days.seen_date

    from days
    left join confirmed
        on
            days.source = confirmed.source
            and days.account_id = confirmed.account_id
    left join int_persons_spanned
        on
            confirmed.person_id = int_persons_spanned.person_id
            and days.seen_date >= int_persons_spanned.valid_from
            and days.seen_date < int_persons_spanned.valid_to
    left join machines
        on
            days.source = machines.source
            and days.account_id = machines.account_id
    where machines.account_id is null

)

select * from host_accounts_observed

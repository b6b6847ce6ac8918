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

stg_git__commit_authors as (

    select * from {{ ref('stg_git__commit_authors') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

accounts as (

    select
        source,
        author_account_id as account_id,
        author_kind as account_kind
    from int_pull_requests_collected
    union all
    select
        source,
        reviewer_account_id as account_id,
        reviewer_kind as account_kind
    from int_reviews_collected

),

bots as (

    select distinct
        source,
        account_id
    from accounts
    where account_kind = 'bot'

),

agents as (

    select distinct author_email
    from stg_git__commit_authors
    where author_kind <> 'human'

),

authors as (

    select
        source,
        host,
        pull_request_id,
        author_account_id,
        cast(null as string) as author_email,
        true as is_opener
    from int_pull_requests_collected
    where author_account_id is not null
    union
    select
        source,
        host,
        pull_request_id,
        author_account_id,
        lower(trim(author_email)) as author_email,
        false as is_opener
    from int_pull_request_commits_collected
    where coalesce(author_account_id, author_email) is not null

),

pull_request_authors_named as (

    select
        ---------- ids
        authors.source,
        authors.host,
        authors.pull_request_id,
        authors.author_account_id,
        authors.author_email,

        ---------- strings
        case
            when bots.account_id is not null or agents.author_email is not null
                then 'bot'
            else 'human'
        end as author_kind,

        ---------- booleans
        authors.is_opener,

        ---------- dates
        {{ local_date(
            'coalesce(int_pull_requests_collected.merged_at, '
            'int_pull_requests_collected.created_at)',
            'int_settings_resolved.time_zone'
        ) }} as seen_date

    from authors
    inner join int_pull_requests_collected
        on
            authors.host = int_pull_requests_collected.host
            and authors.pull_request_id = int_pull_requests_collected.pull_request_id
    left join bots
        on
            authors.source = bots.source
            and authors.author_account_id = bots.account_id
    left join agents
        on authors.author_email = agents.author_email
    cross join int_settings_resolved

)

select * from pull_request_authors_named

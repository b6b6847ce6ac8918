with

int_reviews_collected as (

    select * from {{ ref('int_reviews_collected') }}

),

int_pull_requests_collected as (

    select * from {{ ref('int_pull_requests_collected') }}

),

int_pull_request_authors_named as (

    select * from {{ ref('int_pull_request_authors_named') }}

),

int_authorships_found as (

    select * from {{ ref('int_authorships_found') }}

),

int_accounts_resolved as (

    select * from {{ ref('int_accounts_resolved') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

-- What a machine says, or a click without a word, is no review; nor is one's own.
reviews as (

    select
        int_reviews_collected.source,
        int_reviews_collected.host,
        int_reviews_collected.pull_request_id,
        int_reviews_collected.reviewer_account_id,
        int_reviews_collected.submitted_at,
        {{ local_date(
            'int_reviews_collected.submitted_at', 'int_settings_resolved.time_zone'
        ) }} as review_date
    from int_reviews_collected
    inner join int_pull_requests_collected
        on
            int_reviews_collected.host = int_pull_requests_collected.host
            and int_reviews_collected.pull_request_id
            = int_pull_requests_collected.pull_request_id
    cross join int_settings_resolved
    where
        int_reviews_collected.is_substantive
        and int_reviews_collected.reviewer_kind <> 'bot'
        and int_reviews_collected.submitted_at is not null
        and (
            int_reviews_collected.reviewer_account_id
            <> int_pull_requests_collected.author_account_id
            or int_reviews_collected.reviewer_account_id is null
            or int_pull_requests_collected.author_account_id is null
        )

),

resolved as (

    select
        reviews.host,
        reviews.pull_request_id,
        reviews.submitted_at,
        reviews.review_date,
        coalesce(
            int_accounts_resolved.person_id,
            reviews.source || ':' || reviews.reviewer_account_id,
            'ghost'
        ) as reviewer,
        int_accounts_resolved.person_id,
        int_accounts_resolved.team,
        case
            when int_accounts_resolved.person_id is not null then null
            when reviews.reviewer_account_id is null then 'nobody_named'
            else coalesce(int_accounts_resolved.reason, 'no_link')
        end as reason
    from reviews
    left join int_accounts_resolved
        on
            reviews.source = int_accounts_resolved.source
            and reviews.reviewer_account_id = int_accounts_resolved.account_id
            and reviews.review_date = int_accounts_resolved.seen_date

),

openers as (

    select distinct
        int_pull_request_authors_named.host,
        int_pull_request_authors_named.pull_request_id,
        int_accounts_resolved.person_id
    from int_pull_request_authors_named
    inner join int_accounts_resolved
        on
            int_pull_request_authors_named.source = int_accounts_resolved.source
            and int_pull_request_authors_named.author_account_id
            = int_accounts_resolved.account_id
            and int_pull_request_authors_named.seen_date
            = int_accounts_resolved.seen_date
    where
        int_pull_request_authors_named.is_opener
        and int_accounts_resolved.person_id is not null

),

ordered as (

    select
        resolved.*,
        row_number() over (
            partition by resolved.host, resolved.pull_request_id, resolved.reviewer
            order by resolved.submitted_at, resolved.review_date
        ) as place
    from resolved
    left join openers
        on
            resolved.host = openers.host
            and resolved.pull_request_id = openers.pull_request_id
            and resolved.person_id = openers.person_id
    left join int_authorships_found
        on
            int_authorships_found.item_kind = 'merged_change'
            and int_authorships_found.item_id
            = resolved.host || '/' || resolved.pull_request_id
            and resolved.person_id = int_authorships_found.person_id
            and int_authorships_found.is_eligible
    where openers.person_id is null and int_authorships_found.person_id is null

),

reviews_credited as (

    select
        ---------- ids
        host,
        pull_request_id,
        reviewer,
        person_id,

        ---------- strings
        team,
        reason,

        ---------- numerics
        cast(1000000 as bigint) as credit_millionths,

        ---------- dates
        review_date,
        {{ quarter_start('review_date') }} as quarter_start,

        ---------- timestamps
        submitted_at as first_reviewed_at

    from ordered
    where place = 1

)

select * from reviews_credited

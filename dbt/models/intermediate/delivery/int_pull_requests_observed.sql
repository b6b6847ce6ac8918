with

int_pull_requests_collected as (

    select * from {{ ref('int_pull_requests_collected') }}

),

int_reviews_collected as (

    select * from {{ ref('int_reviews_collected') }}

),

int_quarters_spanned as (

    select * from {{ ref('int_quarters_spanned') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

opened as (

    select
        source,
        host,
        pull_request_id,
        author_account_id as account_id,
        coalesce(ready_at, created_at) as opened_at,
        merged_at,
        coalesce(merged_at, closed_at) as ended_at
    from int_pull_requests_collected
    where
        author_kind = 'human'
        and author_account_id is not null
        and not (is_draft and state = 'open')

),

answered as (

    select
        opened.host,
        opened.pull_request_id,
        min(int_reviews_collected.submitted_at) as answered_at
    from opened
    inner join int_reviews_collected
        on
            opened.host = int_reviews_collected.host
            and opened.pull_request_id = int_reviews_collected.pull_request_id
    where
        int_reviews_collected.is_substantive
        and int_reviews_collected.reviewer_kind <> 'bot'
        and coalesce(int_reviews_collected.reviewer_account_id, '')
        <> opened.account_id
    group by opened.host, opened.pull_request_id

),

-- What ended without what was waited for is known to have waited until then.
waits as (

    select
        source,
        host,
        pull_request_id,
        account_id,
        'pull_request' as measure,
        opened_at as started_at,
        ended_at,
        merged_at is not null as is_done
    from opened
    union all
    select
        opened.source,
        opened.host,
        opened.pull_request_id,
        opened.account_id,
        'review' as measure,
        opened.opened_at as started_at,
        least(
            coalesce(answered.answered_at, opened.ended_at),
            coalesce(opened.ended_at, answered.answered_at)
        ) as ended_at,
        coalesce(
            answered.answered_at <= coalesce(opened.ended_at, answered.answered_at),
            false
        ) as is_done
    from opened
    left join answered
        on
            opened.host = answered.host
            and opened.pull_request_id = answered.pull_request_id

),

ended as (

    select
        waits.source,
        waits.host,
        waits.pull_request_id,
        waits.account_id,
        waits.measure,
        waits.is_done,
        least(waits.started_at, waits.ended_at) as started_at,
        waits.ended_at as observed_at,
        {{ local_date('waits.ended_at', 'int_settings_resolved.time_zone') }}
            as observed_date
    from waits
    cross join int_settings_resolved
    where waits.ended_at is not null

),

still_open as (

    select
        waits.source,
        waits.host,
        waits.pull_request_id,
        waits.account_id,
        waits.measure,
        false as is_done,
        waits.started_at,
        int_quarters_spanned.closes_at as observed_at,
        cast(int_quarters_spanned.observed_until - interval '1' day as date)
            as observed_date,
        int_quarters_spanned.quarter_start
    from waits
    inner join int_quarters_spanned
        on
            waits.started_at < int_quarters_spanned.closes_at
            and (
                waits.ended_at is null
                or waits.ended_at >= int_quarters_spanned.closes_at
            )

),

pull_requests_observed as (

    select
        source,
        host,
        pull_request_id,
        account_id,
        measure,
        is_done,
        started_at,
        observed_at,
        observed_date,
        {{ quarter_start('observed_date') }} as quarter_start,
        'ended' as observation
    from ended
    union all
    select
        source,
        host,
        pull_request_id,
        account_id,
        measure,
        is_done,
        started_at,
        observed_at,
        observed_date,
        quarter_start,
        'open' as observation
    from still_open

)

select * from pull_requests_observed

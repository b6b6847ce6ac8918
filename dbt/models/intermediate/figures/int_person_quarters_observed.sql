with

int_person_quarters_spanned as (

    select * from {{ ref('int_person_quarters_spanned') }}

),

int_person_days_counted as (

    select * from {{ ref('int_person_days_counted') }}

),

int_feed_days_delivered as (

    select * from {{ ref('int_feed_days_delivered') }}

),

int_sources_connected as (

    select * from {{ ref('int_sources_connected') }}

),

int_accounts_linked as (

    select * from {{ ref('int_accounts_linked') }}

),

int_accounts_resolved as (

    select * from {{ ref('int_accounts_resolved') }}

),

feed_days as (

    select
        int_feed_days_delivered.feed_date,
        count(*) as expected_n,
        count(case when int_feed_days_delivered.is_delivered then 1 end) as delivered_n
    from int_feed_days_delivered
    inner join int_sources_connected
        on int_feed_days_delivered.source = int_sources_connected.source
    where
        int_sources_connected.source_kind = 'ai_vendor'
        and int_feed_days_delivered.is_of_usage
    group by int_feed_days_delivered.feed_date

),

days as (

    select
        int_person_days_counted.person_id,
        int_person_days_counted.quarter_start,
        sum(int_person_days_counted.fte_days) as fte_days,
        count(*) as employed_days_n,
        count(case when int_person_days_counted.is_calendar_known then 1 end)
            as calendar_days_n,
        cast(coalesce(sum(feed_days.expected_n), 0) as bigint) as feed_days_expected_n,
        cast(coalesce(sum(feed_days.delivered_n), 0) as bigint) as feed_days_delivered_n
    from int_person_days_counted
    left join feed_days
        on int_person_days_counted.calendar_date = feed_days.feed_date
    group by int_person_days_counted.person_id, int_person_days_counted.quarter_start

),

-- Account-days that some rule ties to the person while employed, resolved or not.
claims as (

    select distinct
        source,
        account_kind,
        account_id,
        seen_date,
        person_id
    from int_accounts_linked
    where person_id is not null and is_employed

),

accounts as (

    select
        claims.person_id,
        {{ quarter_start('claims.seen_date') }} as quarter_start,
        count(*) as account_days_n,
        count(case when claims.person_id = int_accounts_resolved.person_id then 1 end)
            as resolved_account_days_n
    from claims
    inner join int_accounts_resolved
        on
            claims.source = int_accounts_resolved.source
            and claims.account_kind = int_accounts_resolved.account_kind
            and claims.account_id = int_accounts_resolved.account_id
            and claims.seen_date = int_accounts_resolved.seen_date
    group by claims.person_id, {{ quarter_start('claims.seen_date') }}

),

person_quarters_observed as (

    select
        ---------- ids
        int_person_quarters_spanned.person_id,

        ---------- numerics
        days.fte_days,
        coalesce(days.employed_days_n, 0) as employed_days_n,
        coalesce(days.calendar_days_n, 0) as calendar_days_n,
        coalesce(days.feed_days_expected_n, 0) as feed_days_expected_n,
        coalesce(days.feed_days_delivered_n, 0) as feed_days_delivered_n,
        coalesce(accounts.account_days_n, 0) as account_days_n,
        coalesce(accounts.resolved_account_days_n, 0) as resolved_account_days_n,

        ---------- dates
        int_person_quarters_spanned.quarter_start

    from int_person_quarters_spanned
    left join days
        on
            int_person_quarters_spanned.person_id = days.person_id
            and int_person_quarters_spanned.quarter_start = days.quarter_start
    left join accounts
        on
            int_person_quarters_spanned.person_id = accounts.person_id
            and int_person_quarters_spanned.quarter_start = accounts.quarter_start

)

select * from person_quarters_observed

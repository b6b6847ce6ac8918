with

int_issue_holders_observed as (

    select * from {{ ref('int_issue_holders_observed') }}

),

int_pull_requests_observed as (

    select * from {{ ref('int_pull_requests_observed') }}

),

int_accounts_resolved as (

    select * from {{ ref('int_accounts_resolved') }}

),

int_persons_spanned as (

    select * from {{ ref('int_persons_spanned') }}

),

int_working_days_summed as (

    select * from {{ ref('int_working_days_summed') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

waits as (

    select
        'issue' as measure,
        site || '/' || issue_id as item_id,
        'jira' as source,
        account_id,
        observation = 'delivered' as is_done,
        first_in_progress_at as started_at,
        observed_at,
        observed_date,
        quarter_start
    from int_issue_holders_observed
    union all
    select
        measure,
        host || '/' || pull_request_id as item_id,
        source,
        account_id,
        is_done,
        started_at,
        observed_at,
        observed_date,
        quarter_start
    from int_pull_requests_observed

),

held as (

    select
        waits.*,
        int_accounts_resolved.person_id,
        int_accounts_resolved.team,
        int_persons_spanned.location,
        int_settings_resolved.time_zone,
        {{ local_date('waits.started_at', 'int_settings_resolved.time_zone') }}
            as started_day,
        {{ local_date('waits.observed_at', 'int_settings_resolved.time_zone') }}
            as observed_day
    from waits
    inner join int_accounts_resolved
        on
            waits.source = int_accounts_resolved.source
            and waits.account_id = int_accounts_resolved.account_id
            and waits.observed_date = int_accounts_resolved.seen_date
    inner join int_persons_spanned
        on
            int_accounts_resolved.person_id = int_persons_spanned.person_id
            and waits.observed_date >= int_persons_spanned.valid_from
            and waits.observed_date < int_persons_spanned.valid_to
    cross join int_settings_resolved
    where waits.started_at <= waits.observed_at

),

-- Where in its day each end lies, in seconds since midnight of the organisation.
placed as (

    select
        *,
        {{ elapsed_seconds(day_starts_at('started_day', 'time_zone'), 'started_at') }}
            as started_seconds,
        {{ elapsed_seconds(day_starts_at('observed_day', 'time_zone'), 'observed_at') }}
            as observed_seconds
    from held

),

-- A working day is eight hours, spread over the whole of it: what is asked at night
-- has waited as long by noon as anything else of that day.
turnarounds_observed as (

    select
        ---------- ids
        placed.measure,
        placed.item_id,
        placed.person_id,

        ---------- strings
        placed.team,

        ---------- numerics
        cast(floor(
            cast(
                86400 * (
                    last_day.worked_before_millionths
                    - first_day.worked_before_millionths
                )
                + least(placed.observed_seconds, 86400) * last_day.working_millionths
                - least(placed.started_seconds, 86400) * first_day.working_millionths
                as double
            ) / 3000000
        ) as bigint) as waited_seconds,

        ---------- booleans
        placed.is_done,

        ---------- dates
        placed.quarter_start

    from placed
    inner join int_working_days_summed as first_day
        on
            placed.location = first_day.location
            and placed.started_day = first_day.calendar_date
    inner join int_working_days_summed as last_day
        on
            placed.location = last_day.location
            and placed.observed_day = last_day.calendar_date

)

select * from turnarounds_observed

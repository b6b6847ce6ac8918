with

stg_pulls__receipts as (

    select * from {{ ref('stg_pulls__receipts') }}

),

int_sources_connected as (

    select * from {{ ref('int_sources_connected') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

int_days_spanned as (

    select * from {{ ref('int_days_spanned') }}

),

-- A vendor's usage is expected even if no pull of it ever ended.
feeds as (

    select
        source,
        table_name
    from stg_pulls__receipts
    where window_day is not null
    {% for entry in vendor_facts('usage') -%}
    union
    select
        source,
        '{{ entry.table }}' as table_name
    from int_sources_connected
    where source = '{{ entry.source }}' and is_connected
    {% endfor -%}

),

expected_days as (

    select
        feeds.source,
        feeds.table_name,
        int_days_spanned.calendar_date as feed_date
    from feeds
    inner join int_sources_connected
        on feeds.source = int_sources_connected.source
    cross join int_settings_resolved
    inner join int_days_spanned
        on
            int_sources_connected.starts_on <= int_days_spanned.calendar_date
            and int_days_spanned.calendar_date <= cast(
                int_settings_resolved.as_of_utc_date
                - int_sources_connected.reporting_lag_days * interval '1' day as date
            )
    where int_sources_connected.is_connected

),

-- A pull made before the day was over did not bring the day, nor did one that the
-- vendor answered with no report of it.
pulls as (

    select
        source,
        table_name,
        window_day as feed_date,
        count(
            case
                when
                    outcome in ('changed', 'unchanged')
                    and cast(pulled_at as date) > window_day
                    then 1
            end
        )
            as complete_pulls_n,
        count(case when outcome = 'changed' then 1 end) as changed_pulls_n,
        count(case when outcome = 'held' then 1 end) as held_pulls_n
    from stg_pulls__receipts
    where window_day is not null
    group by source, table_name, window_day

),

feed_days_delivered as (

    select
        ---------- ids
        expected_days.source,
        expected_days.table_name,

        ---------- numerics
        coalesce(pulls.changed_pulls_n, 0) as changed_pulls_n,
        coalesce(pulls.held_pulls_n, 0) as held_pulls_n,

        ---------- booleans
        coalesce(pulls.complete_pulls_n, 0) > 0 as is_delivered,
        concat(expected_days.source, '/', expected_days.table_name) in (
            {% for entry in vendor_facts('usage') -%}
            '{{ entry.source }}/{{ entry.table }}'
            {%- if not loop.last %},
            {% endif %}
            {%- endfor %}
        ) as is_of_usage,

        ---------- dates
        expected_days.feed_date

    from expected_days
    left join pulls
        on
            expected_days.source = pulls.source
            and expected_days.table_name = pulls.table_name
            and expected_days.feed_date = pulls.feed_date

)

select * from feed_days_delivered

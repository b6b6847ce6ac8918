-- Days of a vendor's usage that were due and are not here.
with

int_feed_days_delivered as (

    select * from {{ ref('int_feed_days_delivered') }}

),

usage_tables as (

    {% for entry in vendor_facts('usage') -%}
    select
        '{{ entry.source }}' as source,
        '{{ entry.table }}' as table_name
    {%- if not loop.last %}
    union
    {% endif %}
    {%- endfor %}

),

usage_days_missed as (

    select distinct
        ---------- ids
        int_feed_days_delivered.source as vendor,

        ---------- dates
        int_feed_days_delivered.feed_date as usage_date

    from int_feed_days_delivered
    inner join usage_tables
        on
            int_feed_days_delivered.source = usage_tables.source
            and int_feed_days_delivered.table_name = usage_tables.table_name
    where not int_feed_days_delivered.is_delivered

)

select * from usage_days_missed

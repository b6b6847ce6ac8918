-- The same call may be seen by vendor, cloud, gateway and client: one of them counts.
with

int_usage_reported as (

    select * from {{ ref('int_usage_reported') }}

),

int_feed_days_delivered as (

    select * from {{ ref('int_feed_days_delivered') }}

),

reported as (

    select distinct
        scope,
        source,
        table_name,
        evidence,
        usage_date
    from int_usage_reported
    where not is_elsewhere

),

covering as (

    select distinct
        scope,
        source,
        table_name,
        evidence
    from reported

),

-- A delivered day without usage is known to be empty.
observed as (

    select
        scope,
        source,
        evidence,
        usage_date
    from reported
    union
    select
        covering.scope,
        covering.source,
        covering.evidence,
        int_feed_days_delivered.feed_date as usage_date
    from covering
    inner join int_feed_days_delivered
        on
            covering.source = int_feed_days_delivered.source
            and covering.table_name = int_feed_days_delivered.table_name
    where int_feed_days_delivered.is_delivered

),

ranked as (

    select
        *,
        row_number() over (
            partition by scope, usage_date
            order by
                case evidence
                    when 'vendor' then 1
                    when 'cloud_log' then 2
                    when 'gateway' then 3
                    else 4
                end,
                source
        ) as place
    from observed

),

scopes_decided as (

    select
        ---------- ids
        scope,
        source as counting_source,

        ---------- strings
        evidence,

        ---------- dates
        usage_date

    from ranked
    where place = 1

)

select * from scopes_decided

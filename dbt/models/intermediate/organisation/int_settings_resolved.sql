with

stg_config__settings as (

    select * from {{ ref('stg_config__settings') }}

),

stg_config__thresholds as (

    select * from {{ ref('stg_config__thresholds') }}

),

in_force as (

    select
        organisation,
        configuration_hash,
        time_zone,
        as_of_at,
        outcomes_start_date,
        row_number() over (order by known_at desc, organisation asc) as recency
    from stg_config__settings
    where removed_at is null

),

limits as (

    select
        {{ threshold('coverage_publish', 0.90) }},
        {{ threshold('coverage_absolute', 0.80) }},
        {{ threshold('fte_days_publish', 20) }},
        {{ threshold('reopen_days', 30) }},
        {{ threshold('reverted_days', 30) }},
        {{ threshold('points_missing_withhold', 0.40) }},
        {{ threshold('points_drift_withhold', 0.40) }},
        {{ threshold('rewritten_days', 21) }},
        {{ threshold('untokened_share_withhold', 0.10) }},
        {{ threshold('group_size', 8) }},
        {{ threshold('group_nonzero', 5) }},
        {{ threshold('dominance_share', 0.15) }},
        {{ threshold('rating_responses', 5) }}
    from stg_config__thresholds
    where removed_at is null

),

settings_resolved as (

    select
        ---------- ids
        in_force.organisation,
        in_force.configuration_hash,

        ---------- strings
        in_force.time_zone,

        ---------- numerics
        cast(limits.coverage_publish as double) as coverage_publish,
        cast(limits.coverage_absolute as double) as coverage_absolute,
        cast(limits.fte_days_publish as double) as fte_days_publish,
        cast(limits.reopen_days as int) as reopen_days,
        cast(limits.reverted_days as int) as reverted_days,
        cast(limits.points_missing_withhold as double) as points_missing_withhold,
        cast(limits.points_drift_withhold as double) as points_drift_withhold,
        cast(limits.rewritten_days as int) as rewritten_days,
        cast(limits.untokened_share_withhold as double) as untokened_share_withhold,
        cast(limits.group_size as bigint) as group_size,
        cast(limits.group_nonzero as bigint) as group_nonzero,
        cast(limits.dominance_share as double) as dominance_share,
        cast(limits.rating_responses as bigint) as rating_responses,

        ---------- dates
        in_force.outcomes_start_date,
        cast(in_force.as_of_at as date) as as_of_utc_date,
        {{ local_date('in_force.as_of_at', 'in_force.time_zone') }} as as_of_date,

        ---------- timestamps
        in_force.as_of_at

    from in_force
    cross join limits
    where in_force.recency = 1

)

select * from settings_resolved

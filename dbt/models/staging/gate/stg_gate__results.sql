with

source as (

    select * from {{ source('gate', 'results') }}

),

typed as (

    select
        ---------- ids
        candidate_id,
        gate_id,
        gate_subject,
        pull_id,

        ---------- strings
        gate_title,
        severity,
        decision,
        detail,

        ---------- numerics
        observed,
        threshold,
        page_number,

        ---------- timestamps
        cast(evaluated_at as timestamp) as evaluated_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed

with

stg_gate__results as (

    select * from {{ ref('stg_gate__results') }}

),

gate_results_recorded as (

    select
        ---------- ids
        candidate_id,
        gate_id,
        gate_subject,

        ---------- strings
        gate_title,
        severity,
        decision,
        detail,

        ---------- numerics
        observed,
        threshold,

        ---------- timestamps
        evaluated_at

    from stg_gate__results
    where removed_at is null

)

select * from gate_results_recorded

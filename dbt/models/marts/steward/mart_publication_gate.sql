with

int_gate_results_recorded as (

    select * from {{ ref('int_gate_results_recorded') }}

),

publication_gate as (

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
        cast(observed as double) as observed,
        cast(threshold as double) as threshold,

        ---------- timestamps
        evaluated_at

    from int_gate_results_recorded

)

select * from publication_gate

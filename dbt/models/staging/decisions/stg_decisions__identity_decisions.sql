with

source as (

    select * from {{ source('decisions', 'identity_decisions') }}

),

typed as (

    select
        ---------- ids
        account_id,
        person_id,
        other_person_id,
        pull_id,

        ---------- strings
        decision,
        source,
        account_kind,
        reason,
        evidence,
        decided_by,
        event_hash,

        ---------- numerics
        sequence,
        reverts_sequence,
        page_number,

        ---------- dates
        cast(valid_from as date) as valid_from,
        cast(valid_to as date) as valid_to,

        ---------- timestamps
        cast(decided_at as timestamp) as decided_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed

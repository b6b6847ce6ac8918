with

source as (

    select * from {{ source('config', 'entities') }}

),

typed as (

    select
        ---------- ids
        entity,
        pull_id,

        ---------- strings
        mode,
        notice_ref,
        agreement_ref,
        dpia_ref,

        ---------- numerics
        page_number,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed

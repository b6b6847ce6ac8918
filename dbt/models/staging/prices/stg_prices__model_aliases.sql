with

source as (

    select * from {{ source('prices', 'model_aliases') }}

),

typed as (

    select
        ---------- ids
        vendor,
        model_alias,
        pull_id,

        ---------- strings
        model,

        ---------- numerics
        page_number,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed

with

source as (

    select * from {{ source('jira', 'changelog_items') }}

),

typed as (

    select
        ---------- ids
        site,
        issue_id,
        history_id,
        author_account_id,
        field_id,
        from_id,
        to_id,
        pull_id,

        ---------- strings
        author_account_type,
        field,
        from_string,
        to_string,

        ---------- numerics
        item_ordinal,
        page_number,

        ---------- timestamps
        cast(changed_at as timestamp) as changed_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed

with

int_activity_reported as (

    select * from {{ ref('int_activity_reported') }}

),

int_accounts_resolved as (

    select * from {{ ref('int_accounts_resolved') }}

),

ai_activity_daily as (

    select
        ---------- ids
        int_activity_reported.source as vendor,
        int_activity_reported.principal_type,
        int_activity_reported.principal_id,
        int_accounts_resolved.person_id,
        int_activity_reported.product,

        ---------- strings
        int_accounts_resolved.team,
        int_accounts_resolved.attribution,

        ---------- numerics
        int_activity_reported.sessions,
        int_activity_reported.turns,
        int_activity_reported.prompts,
        int_activity_reported.suggestions_accepted,
        int_activity_reported.suggestions_rejected,
        int_activity_reported.lines_added_ai,
        int_activity_reported.lines_removed_ai,
        int_activity_reported.commits_ai,
        int_activity_reported.pull_requests_ai,
        int_activity_reported.active_seconds,

        ---------- dates
        int_activity_reported.usage_date

    from int_activity_reported
    left join int_accounts_resolved
        on
            int_activity_reported.source = int_accounts_resolved.source
            and int_activity_reported.principal_type
            = int_accounts_resolved.account_kind
            and int_activity_reported.principal_id = int_accounts_resolved.account_id
            and int_activity_reported.usage_date = int_accounts_resolved.seen_date

)

select * from ai_activity_daily

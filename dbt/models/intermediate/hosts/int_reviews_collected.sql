with

stg_github__reviews as (

    select * from {{ ref('stg_github__reviews') }}

),

stg_gitlab__notes as (

    select * from {{ ref('stg_gitlab__notes') }}

),

stg_bitbucket__activities as (

    select * from {{ ref('stg_bitbucket__activities') }}

),

int_pull_requests_collected as (

    select * from {{ ref('int_pull_requests_collected') }}

),

united as (

    select
        'github' as source,
        host,
        pull_request_id,
        review_id,
        reviewer_account_id,
        reviewer_kind,
        lower(state) as review_kind,
        state <> 'DISMISSED' or has_words as says_something,
        submitted_at
    from stg_github__reviews
    where removed_at is null
    union all
    select
        'gitlab' as source,
        host,
        merge_request_id as pull_request_id,
        note_id as review_id,
        author_account_id as reviewer_account_id,
        author_kind as reviewer_kind,
        case note_kind when 'unapproved' then 'dismissed' else note_kind end
            as review_kind,
        note_kind <> 'unapproved' as says_something,
        created_at as submitted_at
    from stg_gitlab__notes
    where
        note_kind in ('approved', 'unapproved', 'changes_requested', 'commented')
        and removed_at is null
    union all
    select
        'bitbucket' as source,
        host,
        pull_request_id,
        activity_kind || ' ' || coalesce(account_id, 'unknown')
        || ' ' || cast(happened_at as string) as review_id,
        account_id as reviewer_account_id,
        account_kind as reviewer_kind,
        activity_kind as review_kind,
        true as says_something,
        happened_at as submitted_at
    from stg_bitbucket__activities
    where
        activity_kind in ('approved', 'changes_requested', 'commented')
        and removed_at is null

),

reviews_collected as (

    select
        ---------- ids
        united.source,
        united.host,
        united.pull_request_id,
        united.review_id,
        united.reviewer_account_id,

        ---------- strings
        united.reviewer_kind,
        united.review_kind,

        ---------- booleans
        coalesce(
            united.says_something
            and united.reviewer_kind = 'human'
            and united.reviewer_account_id
            <> coalesce(int_pull_requests_collected.author_account_id, ''),
            false
        ) as is_substantive,

        ---------- timestamps
        united.submitted_at

    from united
    inner join int_pull_requests_collected
        on
            united.source = int_pull_requests_collected.source
            and united.host = int_pull_requests_collected.host
            and united.pull_request_id = int_pull_requests_collected.pull_request_id

)

select * from reviews_collected

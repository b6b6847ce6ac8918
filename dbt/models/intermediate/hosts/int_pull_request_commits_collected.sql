with

stg_github__pull_request_commits as (

    select * from {{ ref('stg_github__pull_request_commits') }}

),

stg_gitlab__merge_request_commits as (

    select * from {{ ref('stg_gitlab__merge_request_commits') }}

),

stg_bitbucket__pull_request_commits as (

    select * from {{ ref('stg_bitbucket__pull_request_commits') }}

),

united as (

    select
        'github' as source,
        host,
        pull_request_id,
        commit_sha,
        author_account_id,
        author_email,
        authored_at
    from stg_github__pull_request_commits
    where removed_at is null
    union all
    select
        'gitlab' as source,
        host,
        merge_request_id as pull_request_id,
        commit_sha,
        cast(null as string) as author_account_id,
        author_email,
        authored_at
    from stg_gitlab__merge_request_commits
    where removed_at is null
    union all
    select
        'bitbucket' as source,
        host,
        pull_request_id,
        commit_sha,
        author_account_id,
        author_email,
        authored_at
    from stg_bitbucket__pull_request_commits
    where removed_at is null

),

pull_request_commits_collected as (

    select
        ---------- ids
        source,
        host,
        pull_request_id,
        commit_sha,
        author_account_id,

        ---------- strings
        author_email,

        ---------- timestamps
        authored_at

    from united

)

select * from pull_request_commits_collected

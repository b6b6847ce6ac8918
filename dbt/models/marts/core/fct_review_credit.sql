with

int_reviews_credited as (

    select * from {{ ref('int_reviews_credited') }}

),

review_credit as (

    select
        ---------- ids
        host,
        pull_request_id,
        reviewer,
        person_id,

        ---------- strings
        team,
        case when person_id is null then 'unattributed' else 'person' end
            as attribution,
        reason,
        {{ rule_version() }} as rule_version,

        ---------- numerics
        credit_millionths,

        ---------- dates
        review_date,
        quarter_start,

        ---------- timestamps
        first_reviewed_at

    from int_reviews_credited

)

select * from review_credit

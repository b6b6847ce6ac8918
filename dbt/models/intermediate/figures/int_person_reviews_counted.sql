with

int_reviews_credited as (

    select * from {{ ref('int_reviews_credited') }}

),

person_reviews_counted as (

    select
        ---------- ids
        person_id,

        ---------- numerics
        cast(sum(credit_millionths) as bigint) as review_millionths,
        count(*) as reviews_n,

        ---------- dates
        quarter_start

    from int_reviews_credited
    where person_id is not null
    group by person_id, quarter_start

)

select * from person_reviews_counted

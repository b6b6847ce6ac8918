-- What counts: each call once, by the strongest evidence of its scope and day.
with

int_usage_owned as (

    select * from {{ ref('int_usage_owned') }}

),

usage_attributed as (

    select * from int_usage_owned
    where is_counted

)

select * from usage_attributed

{{ config(meta={'dagster': {'ref': {'name': 'fct_deliverable_credit'}}}) }}

select
    feed,
    item_id,
    sum(credit_millionths) as millionths
from {{ ref('fct_deliverable_credit') }}
group by feed, item_id
having sum(credit_millionths) <> 1000000

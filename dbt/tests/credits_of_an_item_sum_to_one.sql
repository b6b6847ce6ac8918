{{ config(meta={'dagster': {'ref': {'name': 'fct_delivery_credit'}}}) }}

select
    item_kind,
    item_id,
    credit_rule,
    sum(credit_millionths) as millionths
from {{ ref('fct_delivery_credit') }}
group by item_kind, item_id, credit_rule
having sum(credit_millionths) <> 1000000

{{ config(meta={'dagster': {'ref': {'name': 'fct_ai_usage_daily'}}}) }}

select *
from {{ ref('fct_ai_usage_daily') }}
where tokens < 0 or requests < 0 or usage_usd < 0

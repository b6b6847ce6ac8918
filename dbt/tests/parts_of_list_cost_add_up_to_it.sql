{{ config(meta={'dagster': {'ref': {'name': 'mart_cost_reconciliation'}}}) }}

select *
from {{ ref('mart_cost_reconciliation') }}
where
    unexplained_tokens <> 0
    or coalesce(list_cost_usd, 0)
    <> coalesce(person_list_cost_usd, 0)
    + coalesce(service_list_cost_usd, 0)
    + coalesce(unattributed_list_cost_usd, 0)

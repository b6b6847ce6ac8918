{{ config(meta={'dagster': {'ref': {'name': 'mart_outcome_reconciliation'}}}) }}

select *
from {{ ref('mart_outcome_reconciliation') }}
where whole_n <> persons_n + unattributed_n or unbalanced_n <> 0

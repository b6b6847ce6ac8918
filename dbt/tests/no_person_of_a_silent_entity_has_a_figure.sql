{{ config(meta={'dagster': {'ref': {'name': 'mart_person_efficiency_quarterly'}}}) }}

select *
from {{ ref('mart_person_efficiency_quarterly') }}
where publication_mode <> 'person' and (status = 'published' or fte_days is not null)

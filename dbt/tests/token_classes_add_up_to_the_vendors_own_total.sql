-- The vendor's counters are disjoint: anything else counts cached tokens twice.
{{ config(meta={'dagster': {'ref': {'name': 'stg_anthropic__usage'}}}) }}

select *
from {{ ref('stg_anthropic__usage') }}
where
    total_tokens is not null
    and total_tokens
    <> coalesce(uncached_input_tokens, 0)
    + coalesce(cache_read_input_tokens, 0)
    + coalesce(cache_creation_5m_input_tokens, 0)
    + coalesce(cache_creation_1h_input_tokens, 0)
    + coalesce(output_tokens, 0)

{{ config(meta={'dagster': {'ref': {'name': 'fct_ai_usage_daily'}}}) }}

select *
from {{ ref('fct_ai_usage_daily') }}
where
    (price_basis in ('unpriced', 'not_tokens', 'in_vendor_list'))
    <> (usage_usd is null)
    or (token_class = 'none') <> (
        price_basis in ('not_tokens', 'vendor_list', 'vendor_metered')
    )

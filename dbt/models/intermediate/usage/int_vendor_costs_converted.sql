with

stg_anthropic__cost as (

    select * from {{ ref('stg_anthropic__cost') }}

),

vendor_costs_converted as (

    select
        ---------- ids
        'anthropic' as vendor,
        principal_type,
        principal_id,
        coalesce(model, 'not_reported') as vendor_model,
        coalesce(service_tier, 'not_reported') as service_tier,
        coalesce(context_window, 'not_reported') as context_window,
        coalesce(inference_geo, 'not_reported') as inference_geo,
        case token_type
            when 'uncached_input_tokens' then 'input_uncached'
            when 'cache_read_input_tokens' then 'cache_read'
            when 'cache_creation.ephemeral_5m_input_tokens' then 'cache_write_5m'
            when 'cache_creation.ephemeral_1h_input_tokens' then 'cache_write_1h'
            when 'output_tokens' then 'output'
            else 'none'
        end as token_class,
        coalesce(token_type, 'none') as token_type,
        coalesce(cost_type, 'not_reported') as cost_type,
        pull_id,

        ---------- strings
        currency,

        ---------- numerics
        {{ cents_to_usd('amount_cents') }} as billed_usd,
        {{ cents_to_usd('list_amount_cents') }} as list_usd,
        page_number,

        ---------- dates
        usage_date

    from stg_anthropic__cost

)

select * from vendor_costs_converted

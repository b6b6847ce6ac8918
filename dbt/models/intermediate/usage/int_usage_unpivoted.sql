with

stg_anthropic__usage as (

    select * from {{ ref('stg_anthropic__usage') }}

),

-- 'none' carries what is no token and is counted once a vendor row.
token_classes as (

    {% for token_class in token_classes() + ['none'] -%}
    select '{{ token_class }}' as token_class
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

unpivoted as (

    select
        stg_anthropic__usage.*,
        token_classes.token_class,
        case token_classes.token_class
            when 'input_uncached' then stg_anthropic__usage.uncached_input_tokens
            when 'cache_read' then stg_anthropic__usage.cache_read_input_tokens
            when
                'cache_write_5m'
                then stg_anthropic__usage.cache_creation_5m_input_tokens
            when
                'cache_write_1h'
                then stg_anthropic__usage.cache_creation_1h_input_tokens
            when 'output' then stg_anthropic__usage.output_tokens
        end as tokens
    from stg_anthropic__usage
    cross join token_classes

),

usage_unpivoted as (

    select
        ---------- ids
        'anthropic' as vendor,
        principal_type,
        principal_id,
        coalesce(model, 'not_reported') as vendor_model,
        coalesce(service_tier, 'not_reported') as service_tier,
        coalesce(context_window, 'not_reported') as context_window,
        coalesce(inference_geo, 'not_reported') as inference_geo,
        token_class,
        pull_id,

        ---------- numerics
        tokens,
        case when token_class = 'none' then requests end as requests,
        case when token_class = 'none' then web_search_requests end
            as web_search_requests,
        page_number,

        ---------- dates
        usage_date,
        {{ quarter_start('usage_date') }} as quarter_start

    from unpivoted
    where token_class = 'none' or tokens <> 0

)

select * from usage_unpivoted

-- Our own quantities and cost in the periods and cells of a bill.
{% set units = ['tokens', 'requests', 'credits'] -%}
{% set sides = ['priced', 'unpriced', 'moved', 'revised'] -%}
{% set classes = token_classes() + ['none'] -%}

with

bill_periods as (

    select * from {{ ref('int_bill_periods_found') }}

),

int_usage_attributed as (

    select * from {{ ref('int_usage_attributed') }}

),

int_usage_reported as (

    select * from {{ ref('int_usage_reported') }}

),

int_usage_versions_summed as (

    select * from {{ ref('int_usage_versions_summed') }}

),

int_scopes_decided as (

    select * from {{ ref('int_scopes_decided') }}

),

model_names as (

    select * from {{ ref('int_models_named') }}

),

token_classes as (

    {% for token_class in classes -%}
    select '{{ token_class }}' as token_class
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

counted as (

    select
        bill_periods.vendor,
        bill_periods.period_start,
        bill_periods.period_end,
        {{ bill_cell(
            'model_names.model', 'usage.service_tier', 'usage.token_class'
        ) }},
        usage.price_basis = 'unpriced' as is_unpriced,
        usage.usage_usd as list_usd,
        coalesce(usage.contracted_usd, usage.usage_usd) as contracted_usd,
        coalesce(usage.tokens, 0) as tokens,
        coalesce(usage.requests, 0) as requests,
        coalesce(usage.credits, 0) as credits
    from bill_periods
    inner join int_usage_attributed as usage
        on
            bill_periods.vendor = usage.vendor
            and bill_periods.period_start <= usage.usage_date
            and bill_periods.period_end > usage.usage_date
    inner join model_names
        on
            usage.vendor = model_names.vendor
            and usage.vendor_model = model_names.vendor_model
    where bill_periods.is_of_usage

),

-- Hours that fall into the bill's month and not into ours, less the other way round.
hours as (

    select
        bill_periods.vendor,
        bill_periods.period_start,
        bill_periods.period_end,
        bill_periods.has_model,
        bill_periods.has_tier,
        bill_periods.has_class,
        usage.*,
        case
            when
                {{ local_date('usage.used_hour_at', 'bill_periods.time_zone') }}
                >= bill_periods.period_start
                and {{ local_date('usage.used_hour_at', 'bill_periods.time_zone') }}
                < bill_periods.period_end
                then 1
            else 0
        end
        - case
            when
                usage.usage_date >= bill_periods.period_start
                and usage.usage_date < bill_periods.period_end
                then 1
            else 0
        end as direction
    from bill_periods
    inner join int_usage_reported as usage
        on
            bill_periods.vendor = usage.source
            and bill_periods.period_start
            <= cast(usage.usage_date + interval '1' day as date)
            and bill_periods.period_end
            >= cast(usage.usage_date - interval '1' day as date)
    inner join int_scopes_decided
        on
            usage.scope = int_scopes_decided.scope
            and usage.source = int_scopes_decided.counting_source
            and usage.evidence = int_scopes_decided.evidence
            and usage.usage_date = int_scopes_decided.usage_date
    where
        bill_periods.is_of_usage
        and bill_periods.time_zone <> 'UTC'
        and usage.used_hour_at is not null
        and not usage.is_elsewhere

),

-- As known when the bill was issued, less as known now; of days that were known then.
first_known as (

    select
        source,
        usage_date,
        min(known_at) as first_known_at
    from int_usage_versions_summed
    group by source, usage_date

),

restated as (

    select
        bill_periods.vendor,
        bill_periods.period_start,
        bill_periods.period_end,
        bill_periods.has_model,
        bill_periods.has_tier,
        bill_periods.has_class,
        usage.*,
        case
            when
                usage.known_at <= bill_periods.issued_at
                and coalesce(usage.superseded_at > bill_periods.issued_at, true)
                then 1
            else 0
        end
        - case when usage.superseded_at is null then 1 else 0 end as direction
    from bill_periods
    inner join int_usage_versions_summed as usage
        on
            bill_periods.vendor = usage.source
            and bill_periods.period_start <= usage.usage_date
            and bill_periods.period_end > usage.usage_date
    inner join first_known
        on
            usage.source = first_known.source
            and usage.usage_date = first_known.usage_date
            and bill_periods.issued_at >= first_known.first_known_at
    inner join int_scopes_decided
        on
            usage.scope = int_scopes_decided.scope
            and usage.source = int_scopes_decided.counting_source
            and usage.evidence = int_scopes_decided.evidence
            and usage.usage_date = int_scopes_decided.usage_date
    where bill_periods.is_of_usage

),

directed as (

    {% for side, rows in [('moved', 'hours'), ('revised', 'restated')] -%}
    select
        '{{ side }}' as side,
        vendor,
        period_start,
        period_end,
        has_model,
        has_tier,
        has_class,
        vendor_model,
        service_tier,
        {% for token_class in token_classes() -%}
        {{ token_class }},
        {% endfor -%}
        requests,
        credits,
        direction
    from {{ rows }}
    where direction <> 0
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

shifted as (

    select
        bill_periods.side,
        bill_periods.vendor,
        bill_periods.period_start,
        bill_periods.period_end,
        {{ bill_cell(
            'coalesce(model_names.model, bill_periods.vendor_model)',
            'bill_periods.service_tier', 'token_classes.token_class'
        ) }},
        bill_periods.direction * coalesce(
            case token_classes.token_class
                {% for token_class in token_classes() -%}
                when '{{ token_class }}' then bill_periods.{{ token_class }}
                {% endfor -%}
            end, 0
        ) as tokens,
        bill_periods.direction * coalesce(
            case token_classes.token_class when 'none' then bill_periods.requests end, 0
        ) as requests,
        bill_periods.direction * coalesce(
            case token_classes.token_class when 'none' then bill_periods.credits end, 0
        ) as credits
    from directed as bill_periods
    cross join token_classes
    left join model_names
        on
            bill_periods.vendor = model_names.vendor
            and bill_periods.vendor_model = model_names.vendor_model

),

measured as (

    select
        vendor,
        period_start,
        period_end,
        model,
        service_tier,
        token_class,
        {% for unit in units -%}
        case when is_unpriced then 0 else {{ unit }} end as priced_{{ unit }},
        case when is_unpriced then {{ unit }} else 0 end as unpriced_{{ unit }},
        0 as moved_{{ unit }},
        0 as revised_{{ unit }},
        {% endfor -%}
        list_usd,
        contracted_usd
    from counted
    union all
    select
        vendor,
        period_start,
        period_end,
        model,
        service_tier,
        token_class,
        {% for unit in units -%}
        0 as priced_{{ unit }},
        0 as unpriced_{{ unit }},
        case when side = 'moved' then {{ unit }} else 0 end as moved_{{ unit }},
        case when side = 'revised' then {{ unit }} else 0 end as revised_{{ unit }},
        {% endfor -%}
        null as list_usd,
        null as contracted_usd
    from shifted

),

bill_quantities_measured as (

    select
        ---------- ids
        vendor,
        model,
        service_tier,
        token_class,

        ---------- numerics
        {% for unit in units -%}
        {% for side in sides -%}
        cast(
            sum({{ side }}_{{ unit }})
            {%- if unit == 'credits' %} * cast(1000000 as decimal(7, 0)){% endif %}
            as decimal(38, 0)
        ) as {{ side }}_{{ unit }},
        {% endfor -%}
        {% endfor -%}
        cast(coalesce(sum(list_usd), 0) as decimal(38, 12)) as list_usd,
        cast(coalesce(sum(contracted_usd), 0) as decimal(38, 12)) as contracted_usd,

        ---------- dates
        period_start,
        period_end

    from measured
    group by vendor, period_start, period_end, model, service_tier, token_class

)

select * from bill_quantities_measured

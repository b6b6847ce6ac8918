with

int_credits_shared as (

    select * from {{ ref('int_credits_shared') }}

),

summed as (

    select
        {% for credit_rule in credit_rules() -%}
        cast(
            sum(case
                when item_kind = 'issue' and credit_rule = '{{ credit_rule }}'
                    then credit_millionths
                else 0
            end) as bigint
        ) as delivered_{{ credit_rule }}_millionths,
        {% endfor -%}
        {% for credit_rule in credit_rules() -%}
        cast(
            sum(case
                when item_kind = 'merged_change' and credit_rule = '{{ credit_rule }}'
                    then credit_millionths
                else 0
            end) as bigint
        ) as merged_{{ credit_rule }}_millionths,
        {% endfor -%}
        person_id,
        quarter_start
    from int_credits_shared
    where person_id is not null
    group by person_id, quarter_start

),

person_rules_compared as (

    select
        ---------- ids
        person_id,

        ---------- numerics
        {% for kind in ['delivered', 'merged'] -%}
        {% for credit_rule in credit_rules() -%}
        {{ kind }}_{{ credit_rule }}_millionths,
        {% endfor -%}
        {% endfor -%}
        {% for kind in ['delivered', 'merged'] -%}
        greatest(
            {%- for credit_rule in credit_rules() -%}
            {{ kind }}_{{ credit_rule }}_millionths{% if not loop.last %}, {% endif %}
            {%- endfor -%}
        )
        - least(
            {%- for credit_rule in credit_rules() -%}
            {{ kind }}_{{ credit_rule }}_millionths{% if not loop.last %}, {% endif %}
            {%- endfor -%}
        ) as {{ kind }}_spread_millionths,
        {% endfor %}
        ---------- dates
        quarter_start

    from summed

)

select * from person_rules_compared

{# Spans of one key end after they start and never overlap; null ends are open. #}
{% test half_open_spans(model, key, starts='valid_from', ends='valid_to') %}

with

ordered as (

    select
        {{ key | join(', ') }},
        {{ starts }} as starts,
        {{ ends }} as ends,
        lead({{ starts }}) over (
            partition by {{ key | join(', ') }} order by {{ starts }}
        ) as next_starts
    from {{ model }}

)

select *
from ordered
where ends <= starts or next_starts < ends or (ends is null and next_starts is not null)

{% endtest %}

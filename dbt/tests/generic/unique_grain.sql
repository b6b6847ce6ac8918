{# No two rows share the grain, and none lacks a part of it that may not be null. #}
{% test unique_grain(model, columns, nullable=[]) %}

select
    {{ columns | join(', ') }},
    count(*) as rows_n
from {{ model }}
group by {{ columns | join(', ') }}
having
    count(*) > 1
    {%- for column in columns if column not in nullable %}
    or {{ column }} is null
    {%- endfor %}

{% endtest %}

{# A withheld row has a reason and no figure; a published one has no reason. #}
{% test withheld_is_null(model, figures) %}

select *
from {{ model }}
where
    (status = 'withheld') <> (withheld_reason is not null)
    or (
        status = 'withheld'
        and (
            {%- for figure in figures %}
            {% if not loop.first %}or {% endif %}{{ figure }} is not null
            {%- endfor %}
        )
    )

{% endtest %}

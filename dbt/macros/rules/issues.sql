{# Jira's status category by its id; its key can be edited, its name is translated. #}
{% macro standard_status(status_category_id) -%}
    case {{ status_category_id }}
        when '3' then 'DONE'
        when '4' then 'IN_PROGRESS'
        when '2' then 'TODO'
        when '1' then 'TODO'
        else 'UNKNOWN'
    end
{%- endmacro %}


{# Resolutions that end an issue without delivering it. #}
{% macro is_undelivered(resolution_name) -%}
    coalesce(
        lower({{ resolution_name }}) in (
            'won''t do', 'duplicate', 'cannot reproduce', 'declined'
        ),
        false
    )
{%- endmacro %}

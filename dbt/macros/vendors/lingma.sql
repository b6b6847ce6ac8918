{# Chat turns and lines: the vendor reports neither tokens nor credits. #}
{% macro facts__lingma() %}
    {{ return({
        'activity': [{
            'table': 'developer_usage',
            'usage_date': 'usage_date',
            'principal_type': "'user'",
            'principal_id': 'user_id',
            'product': "'lingma'",
            'turns': 'chat_turns',
            'lines_added_ai': 'lines_accepted',
        }],
    }) }}
{% endmacro %}

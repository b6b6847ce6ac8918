{# Token classes are those of the mapping. An export of a vendor that is also read by
   its API shares that scope, and then the API counts. Charges of a bill are its own
   rows, so that its rows of usage carry no billed amount. #}
{% macro facts__files() %}
    {%- set principal = {
        'usage_date': 'usage_date',
        'principal_type': 'principal_type',
        'principal_id': 'principal_id',
        'principal_email': 'principal_email',
        'provider': 'provider',
        'model': 'model',
        'product': 'product',
        'service_tier': 'service_tier',
        'region': 'region',
        'project_id': 'project_id',
        'api_key_id': 'api_key_id',
    } -%}
    {%- set emailed = {
        'where': "principal_id <> '' and principal_email is not null",
        'account_kind': 'principal_type',
        'account_id': 'principal_id',
        'email': 'principal_email',
    } -%}
    {{ return({
        'usage': [dict(principal, **{
            'table': 'usage',
            'evidence': 'telemetry',
            'scope': 'scope',
            'provider': "coalesce(provider, 'files')",
            'tokens': {
                'input_uncached': 'input_uncached_tokens',
                'cache_read': 'cache_read_tokens',
                'cache_write_5m': 'cache_write_5m_tokens',
                'cache_write_1h': 'cache_write_1h_tokens',
                'cache_write_unspecified': 'cache_write_unspecified_tokens',
                'output': 'output_tokens',
                'input_unspecified': 'input_unspecified_tokens',
            },
            'requests': 'requests',
            'tool_units': 'tool_units',
            'tool_unit': 'tool_unit',
            'list_usd': "case when currency = 'USD' then list_amount end",
            'billed_usd': "case when currency = 'USD' then billed_amount end",
        })],
        'cost': [dict(principal, **{
            'table': 'costs',
            'token_class': 'token_class',
            'charge_kind': "case charge_category
                when 'Usage' then case when token_class = 'none' then 'tool' else 'usage' end
                when 'Purchase' then 'seat'
                when 'Credit' then 'credit'
                when 'Tax' then 'tax'
                else 'adjustment'
            end",
            'quantity': 'consumed_quantity',
            'quantity_unit': 'consumed_unit',
            'list_usd': "case when billing_currency = 'USD' then list_cost end",
            'billed_usd': "case when billing_currency = 'USD' then billed_cost end",
            'amount_list': 'list_cost',
            'amount_billed': 'billed_cost',
            'currency': 'billing_currency',
            'is_partial': true,
        }), dict(principal, **{
            'table': 'usage',
            'where': "file_format <> 'focus' and currency <> 'USD'",
            'token_class': "'none'",
            'charge_kind': "'usage'",
            'amount_list': 'list_amount',
            'amount_billed': 'billed_amount',
            'currency': 'currency',
            'is_partial': true,
        })],
        'accounts': [dict(emailed, **{'table': 'usage'}), dict(emailed, **{'table': 'costs'})],
    }) }}
{% endmacro %}

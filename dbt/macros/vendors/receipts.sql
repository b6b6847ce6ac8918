{# A refund counts once it is approved. A purchase is usage, whose tokens are counted only
   where a receipt tells them, and what was paid is its price; a subscription is a fixed
   fee like a seat, and no usage. #}
{% macro facts__receipts() %}
    {{ return({
        'usage': [{
            'table': 'receipts',
            'evidence': 'vendor',
            'scope': "'receipts/' || tool",
            'where': "approved_on is not null and (
                charge_kind = 'usage' or coalesce(input_tokens, output_tokens) is not null
            )",
            'usage_date': 'charge_date',
            'principal_type': 'principal_type',
            'principal_id': 'principal_id',
            'principal_email': 'person_email',
            'provider': "coalesce(provider, 'receipts')",
            'model': 'model',
            'product': 'tool',
            'tokens': {
                'input_unspecified': 'input_tokens',
                'output': 'output_tokens',
            },
            'list_usd': "case when charge_kind = 'usage' and currency = 'USD' then amount end",
        }],
        'cost': [{
            'table': 'receipts',
            'where': 'approved_on is not null',
            'usage_date': 'charge_date',
            'principal_type': 'principal_type',
            'principal_id': 'principal_id',
            'model': 'model',
            'product': 'tool',
            'token_class': "'none'",
            'charge_kind': 'charge_kind',
            'list_usd': "case when currency = 'USD' then amount end",
            'billed_usd': "case when currency = 'USD' then amount end",
            'amount_list': 'amount',
            'amount_billed': 'amount',
            'currency': 'currency',
            'is_partial': true,
        }],
        'accounts': [{
            'table': 'receipts',
            'where': "principal_id <> '' and person_email is not null",
            'account_kind': 'principal_type',
            'account_id': 'principal_id',
            'email': 'person_email',
        }],
    }) }}
{% endmacro %}

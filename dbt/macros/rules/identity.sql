{# A host's no-reply address names an account and no mailbox. #}
{% macro is_no_reply(email) -%}
    ({{ email }} like '%@users.noreply.%')
{%- endmacro %}


{# The id in a no-reply address: 123+login at GitHub, 123-login at GitLab; '' in the old
   form without one. #}
{% macro no_reply_id(email) -%}
    regexp_extract({{ email }}, '^([0-9]+)[+-][^@]*@users[.]noreply[.]', 1)
{%- endmacro %}


{# The login in a no-reply address; '' elsewhere. #}
{% macro no_reply_login(email) -%}
    regexp_extract({{ email }}, '^(?:[0-9]+[+-])?([^@+]+)@users[.]noreply[.]', 1)
{%- endmacro %}


{# The source whose accounts a no-reply address counts; null where the domain is of a
   host of one's own, whose ids may be those of others elsewhere. #}
{% macro no_reply_source(email) -%}
    case
        when {{ email }} like '%@users.noreply.github.com' then 'github'
        when {{ email }} like '%@users.noreply.gitlab.com' then 'gitlab'
    end
{%- endmacro %}


{# A name without case and punctuation. For suggestions only: names resolve nothing. #}
{% macro name_key(name) -%}
    nullif(trim(replace(replace(replace(replace(
        lower({{ name }}), '.', ' '), '-', ' '), '_', ' '), '  ', ' ')), '')
{%- endmacro %}


{# A login, or what stands before the @, without punctuation. For suggestions only. #}
{% macro login_key(login) -%}
    nullif(replace(replace(replace(
        lower(split_part({{ login }}, '@', 1)), '.', ''), '-', ''), '_', ''), '')
{%- endmacro %}


{# An address without the part after +. For suggestions only: it is another address. #}
{% macro without_plus(email) -%}
    regexp_replace({{ email }}, '[+][^@]*@', '@')
{%- endmacro %}


{# How much a reason to suggest a person is worth, in a word. None of them binds. #}
{% macro suggestion_class(reason) -%}
    case
        when {{ reason }} = 'rival_claim' then 'contested'
        when {{ reason }} in (
            'former_email', 'plus_address', 'same_account_id', 'case_variant'
        )
            then 'strong'
        when {{ reason }} = 'same_name' then 'weak'
        else 'likely'
    end
{%- endmacro %}


{# The classes in order, the best first. #}
{% macro suggestion_rank(reason) -%}
    case {{ suggestion_class(reason) }}
        when 'strong' then 1 when 'contested' then 2 when 'likely' then 3 else 4
    end
{%- endmacro %}


{# Accounts that an operator can do something about: not those of which the vendor said
   nothing, nor those that were decided to be nobody's. #}
{% macro is_unresolved() -%}
    attribution = 'unattributed'
    and reason not in ('unknown_principal', 'excluded')
    and account_id <> ''
{%- endmacro %}

with

int_credits_shared as (

    select * from {{ ref('int_credits_shared') }}

),

delivery_credit as (

    select
        ---------- ids
        item_kind,
        item_id,
        credit_holder,
        person_id,

        ---------- strings
        team,
        credit_rule,
        credit_basis,
        {{ rule_version() }} as rule_version,
        case when person_id is null then 'unattributed' else 'person' end
            as attribution,
        reason,

        ---------- numerics
        cast(credit_millionths as bigint) as credit_millionths,
        cast(parties_n as bigint) as parties_n,

        ---------- booleans
        is_mature,

        ---------- dates
        item_date,
        quarter_start

    from int_credits_shared

)

select * from delivery_credit

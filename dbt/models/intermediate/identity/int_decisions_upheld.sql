with

stg_decisions__identity_decisions as (

    select * from {{ ref('stg_decisions__identity_decisions') }}

),

reverted as (

    select distinct reverts_sequence
    from stg_decisions__identity_decisions
    where decision = 'revert'

),

decisions_upheld as (

    select
        ---------- ids
        stg_decisions__identity_decisions.source,
        stg_decisions__identity_decisions.account_kind,
        stg_decisions__identity_decisions.account_id,
        stg_decisions__identity_decisions.person_id,
        stg_decisions__identity_decisions.other_person_id,

        ---------- strings
        stg_decisions__identity_decisions.decision,

        ---------- numerics
        stg_decisions__identity_decisions.sequence,

        ---------- dates
        stg_decisions__identity_decisions.valid_from,
        coalesce(
            cast(
                stg_decisions__identity_decisions.valid_to + interval '1' day as date
            ),
            {{ open_end() }}
        ) as valid_to

    from stg_decisions__identity_decisions
    left join reverted
        on stg_decisions__identity_decisions.sequence = reverted.reverts_sequence
    where
        stg_decisions__identity_decisions.decision <> 'revert'
        and reverted.reverts_sequence is null

)

select * from decisions_upheld

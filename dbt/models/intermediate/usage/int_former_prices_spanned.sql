with

list_versions as (

    select * from {{ versions('prices', 'list_prices') }}

),

contract_versions as (

    select * from {{ versions('finance', 'contract_prices') }}

),

-- What changed on one UTC day is one change, though files land one after another.
newest_change as (

    select cast(max(known_at) as date) as changed_on
    from (
        select known_at
        from list_versions
        where superseded_at is null
        union all
        select known_at
        from contract_versions
        where superseded_at is null
    ) as in_force

),

former_list as (

    select
        list_versions.*,
        newest_change.changed_on
    from list_versions
    cross join newest_change
    where
        list_versions.removed_at is null
        and list_versions.known_at < newest_change.changed_on
        and (
            list_versions.superseded_at is null
            or list_versions.superseded_at >= newest_change.changed_on
        )

),

former_contracts as (

    select contract_versions.*
    from contract_versions
    cross join newest_change
    where
        contract_versions.removed_at is null
        and contract_versions.known_at < newest_change.changed_on
        and (
            contract_versions.superseded_at is null
            or contract_versions.superseded_at >= newest_change.changed_on
        )

),

list_spanned as (

    {{ list_prices_spanned('former_list') }}

),

contract_spanned as (

    {{ contract_prices_spanned('list_spanned', 'former_contracts') }}

),

both_kinds as (

    select
        *,
        'list' as price_kind
    from list_spanned
    union all
    select
        *,
        'contract' as price_kind
    from contract_spanned

),

former_prices_spanned as (

    select
        ---------- ids
        both_kinds.price_kind,
        both_kinds.vendor,
        both_kinds.model,
        both_kinds.token_class,
        both_kinds.service_tier,
        both_kinds.context_band,
        both_kinds.region,

        ---------- strings
        both_kinds.price_source,
        both_kinds.source_version,

        ---------- numerics
        both_kinds.usd_per_token,
        both_kinds.band_from_tokens,
        both_kinds.band_to_tokens,

        ---------- dates
        newest_change.changed_on,
        both_kinds.valid_from,
        both_kinds.valid_to

    from both_kinds
    cross join newest_change

)

select * from former_prices_spanned

with

int_person_quarters_spanned as (

    select * from {{ ref('int_person_quarters_spanned') }}

),

int_person_quarters_observed as (

    select * from {{ ref('int_person_quarters_observed') }}

),

int_person_quarters_covered as (

    select * from {{ ref('int_person_quarters_covered') }}

),

int_person_usage_summed as (

    select * from {{ ref('int_person_usage_summed') }}

),

int_person_credits_summed as (

    select * from {{ ref('int_person_credits_summed') }}

),

int_turnarounds_estimated as (

    select * from {{ ref('int_turnarounds_estimated') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

-- A connected source that answered completely and names nobody means zero.
person_quarters_decided as (

    select
        int_person_quarters_spanned.*,
        int_person_quarters_observed.fte_days,
        int_person_quarters_covered.coverage,
        int_person_quarters_covered.coverage_reason,
        {% for token_class in token_classes() -%}
        coalesce(int_person_usage_summed.{{ token_class }}_tokens, 0)
            as {{ token_class }}_tokens,
        {% endfor -%}
        coalesce(int_person_usage_summed.priced_usd, 0) as list_cost_usd,
        case when int_person_usage_summed.person_id is null then 0
            else int_person_usage_summed.requests
        end as requests,
        coalesce(int_person_usage_summed.active_days, 0) as active_days,
        coalesce(int_person_credits_summed.delivered_millionths, 0)
            as delivered_millionths,
        coalesce(int_person_credits_summed.merged_millionths, 0) as merged_millionths,
        coalesce(int_person_credits_summed.delivered_items_n, 0) as delivered_items_n,
        coalesce(int_person_credits_summed.merged_items_n, 0) as merged_items_n,
        int_turnarounds_estimated.median_hours as turnaround_hours,
        coalesce(int_turnarounds_estimated.items_n, 0) as turnaround_items_n,
        coalesce(int_turnarounds_estimated.open_n, 0) as open_items_n,
        case
            when int_person_quarters_spanned.publication_mode <> 'person'
                then 'restricted_jurisdiction'
            when not int_person_quarters_spanned.is_complete_quarter then 'immature'
            when
                not int_person_quarters_spanned.is_usage_connected
                and not int_person_quarters_spanned.is_issues_connected
                and not int_person_quarters_spanned.is_code_connected
                then 'not_connected'
            when
                int_person_quarters_covered.coverage
                < int_settings_resolved.coverage_absolute
                then {{ coverage_withheld_reason(
                    'int_person_quarters_covered.coverage_reason'
                ) }}
            when
                coalesce(int_person_quarters_observed.fte_days, 0)
                < int_settings_resolved.fte_days_publish
                then 'low_exposure'
        end as withheld_reason,
        case
            when not int_person_quarters_spanned.is_usage_connected then 'not_connected'
        end
            as usage_withheld_reason,
        case when int_person_usage_summed.unpriced_tokens > 0 then 'unpriced' end
            as cost_withheld_reason,
        -- What a vendor meters in credits is unknown in tokens, and not zero.
        case
            when
                int_person_usage_summed.metered_usd
                > int_settings_resolved.untokened_share_withhold
                * int_person_usage_summed.priced_usd
                then 'not_reported'
        end as tokens_withheld_reason,
        case
            when
                int_person_usage_summed.person_id is not null
                and int_person_usage_summed.requests is null
                then 'not_reported'
        end as requests_withheld_reason,
        case
            when
                not int_person_quarters_spanned.is_issues_connected
                then 'not_connected'
        end
            as issues_withheld_reason,
        case
            when
                int_turnarounds_estimated.median_hours is null
                then 'insufficient_evidence'
        end
            as turnaround_withheld_reason,
        case
            when not int_person_quarters_spanned.is_code_connected then 'not_connected'
        end
            as code_withheld_reason
    from int_person_quarters_spanned
    inner join int_person_quarters_observed
        on
            int_person_quarters_spanned.person_id
            = int_person_quarters_observed.person_id
            and int_person_quarters_spanned.quarter_start
            = int_person_quarters_observed.quarter_start
    inner join int_person_quarters_covered
        on
            int_person_quarters_spanned.person_id
            = int_person_quarters_covered.person_id
            and int_person_quarters_spanned.quarter_start
            = int_person_quarters_covered.quarter_start
    left join int_person_usage_summed
        on
            int_person_quarters_spanned.person_id = int_person_usage_summed.person_id
            and int_person_quarters_spanned.quarter_start
            = int_person_usage_summed.quarter_start
    left join int_person_credits_summed
        on
            int_person_quarters_spanned.person_id = int_person_credits_summed.person_id
            and int_person_quarters_spanned.quarter_start
            = int_person_credits_summed.quarter_start
    left join int_turnarounds_estimated
        on
            int_turnarounds_estimated.scope = 'person'
            and int_person_quarters_spanned.person_id
            = int_turnarounds_estimated.scope_id
            and int_person_quarters_spanned.quarter_start
            = int_turnarounds_estimated.quarter_start
    cross join int_settings_resolved

)

select * from person_quarters_decided

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

int_person_rules_compared as (

    select * from {{ ref('int_person_rules_compared') }}

),

int_person_reviews_counted as (

    select * from {{ ref('int_person_reviews_counted') }}

),

int_person_returns_counted as (

    select * from {{ ref('int_person_returns_counted') }}

),

int_person_changes_followed as (

    select * from {{ ref('int_person_changes_followed') }}

),

int_team_points_judged as (

    select * from {{ ref('int_team_points_judged') }}

),

int_turnarounds_estimated as (

    select * from {{ ref('int_turnarounds_estimated') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

person_turnarounds as (

    select
        {% for measure in ['issue', 'pull_request', 'review'] -%}
        max(case when measure = '{{ measure }}' then median_hours end)
            as {{ measure }}_hours,
        max(case when measure = '{{ measure }}' then items_n end)
            as {{ measure }}_items_n,
        max(case when measure = '{{ measure }}' then open_n end)
            as {{ measure }}_open_n,
        {% endfor -%}
        scope_id as person_id,
        quarter_start
    from int_turnarounds_estimated
    where scope = 'person'
    group by scope_id, quarter_start

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
        coalesce(int_person_credits_summed.weighted_trillionths, 0)
            as weighted_trillionths,
        coalesce(int_person_rules_compared.delivered_spread_millionths, 0)
            as delivered_spread_millionths,
        coalesce(int_person_reviews_counted.review_millionths, 0) as review_millionths,
        coalesce(int_person_reviews_counted.reviews_n, 0) as reviews_n,
        coalesce(int_person_returns_counted.done_n, 0) as done_n,
        coalesce(int_person_returns_counted.returned_n, 0) as returned_n,
        coalesce(int_person_changes_followed.mature_changes_n, 0) as mature_changes_n,
        coalesce(int_person_changes_followed.reverted_n, 0) as reverted_n,
        coalesce(int_person_changes_followed.seen_changes_n, 0) as seen_changes_n,
        coalesce(int_person_changes_followed.assisted_n, 0) as assisted_n,
        coalesce(int_person_changes_followed.rework_changes_n, 0) as rework_changes_n,
        {% for lines in ['written', 'rewritten_own', 'rewritten_others'] -%}
        coalesce(int_person_changes_followed.{{ lines }}_line_millionths, 0)
            as {{ lines }}_line_millionths,
        {% endfor -%}
        person_turnarounds.issue_hours as turnaround_hours,
        coalesce(person_turnarounds.issue_items_n, 0) as turnaround_items_n,
        coalesce(person_turnarounds.issue_open_n, 0) as open_items_n,
        person_turnarounds.pull_request_hours,
        coalesce(person_turnarounds.pull_request_items_n, 0) as pull_request_items_n,
        person_turnarounds.review_hours,
        coalesce(person_turnarounds.review_items_n, 0) as review_items_n,
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
                person_turnarounds.issue_hours is null
                then 'insufficient_evidence'
        end
            as turnaround_withheld_reason,
        int_team_points_judged.withheld_reason as weight_withheld_reason,
        case
            when not int_person_quarters_spanned.is_host_connected then 'not_connected'
        end
            as host_withheld_reason,
        case
            when
                person_turnarounds.pull_request_hours is null
                then 'insufficient_evidence'
        end
            as pull_request_withheld_reason,
        case
            when person_turnarounds.review_hours is null then 'insufficient_evidence'
        end
            as review_withheld_reason,
        case
            when coalesce(int_person_returns_counted.done_n, 0) = 0
                then 'insufficient_evidence'
        end
            as reopened_withheld_reason,
        case
            when coalesce(int_person_changes_followed.mature_changes_n, 0) = 0
                then 'insufficient_evidence'
        end
            as reverted_withheld_reason,
        case
            when coalesce(int_person_changes_followed.seen_changes_n, 0) = 0
                then 'insufficient_evidence'
        end
            as assisted_withheld_reason,
        case
            when coalesce(int_person_changes_followed.written_line_millionths, 0) = 0
                then 'insufficient_evidence'
        end
            as rewritten_withheld_reason,
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
    left join int_person_rules_compared
        on
            int_person_quarters_spanned.person_id = int_person_rules_compared.person_id
            and int_person_quarters_spanned.quarter_start
            = int_person_rules_compared.quarter_start
    left join int_person_reviews_counted
        on
            int_person_quarters_spanned.person_id = int_person_reviews_counted.person_id
            and int_person_quarters_spanned.quarter_start
            = int_person_reviews_counted.quarter_start
    left join int_person_returns_counted
        on
            int_person_quarters_spanned.person_id = int_person_returns_counted.person_id
            and int_person_quarters_spanned.quarter_start
            = int_person_returns_counted.quarter_start
    left join int_person_changes_followed
        on
            int_person_quarters_spanned.person_id
            = int_person_changes_followed.person_id
            and int_person_quarters_spanned.quarter_start
            = int_person_changes_followed.quarter_start
    left join int_team_points_judged
        on
            int_person_quarters_spanned.team = int_team_points_judged.team
            and int_person_quarters_spanned.quarter_start
            = int_team_points_judged.quarter_start
    left join person_turnarounds
        on
            int_person_quarters_spanned.person_id = person_turnarounds.person_id
            and int_person_quarters_spanned.quarter_start
            = person_turnarounds.quarter_start
    cross join int_settings_resolved

)

select * from person_quarters_decided

with

int_person_quarters_decided as (

    select * from {{ ref('int_person_quarters_decided') }}

),

-- For each figure the first reason that withholds it; null publishes it.
reasoned as (

    select
        *,
        coalesce(withheld_reason, usage_withheld_reason, tokens_withheld_reason)
            as tokens_reason,
        coalesce(withheld_reason, usage_withheld_reason) as days_reason,
        coalesce(withheld_reason, usage_withheld_reason, cost_withheld_reason)
            as cost_reason,
        coalesce(withheld_reason, usage_withheld_reason, requests_withheld_reason)
            as requests_reason,
        coalesce(withheld_reason, issues_withheld_reason) as issues_reason,
        coalesce(withheld_reason, issues_withheld_reason, turnaround_withheld_reason)
            as turnaround_reason,
        coalesce(withheld_reason, issues_withheld_reason, weight_withheld_reason)
            as weighted_reason,
        coalesce(withheld_reason, issues_withheld_reason, reopened_withheld_reason)
            as reopened_reason,
        coalesce(withheld_reason, code_withheld_reason) as code_reason,
        coalesce(withheld_reason, code_withheld_reason, reverted_withheld_reason)
            as reverted_reason,
        coalesce(withheld_reason, code_withheld_reason, rewritten_withheld_reason)
            as rewritten_reason,
        coalesce(withheld_reason, code_withheld_reason, assisted_withheld_reason)
            as assisted_reason,
        coalesce(withheld_reason, host_withheld_reason) as host_reason,
        coalesce(withheld_reason, host_withheld_reason, pull_request_withheld_reason)
            as pull_request_reason,
        coalesce(withheld_reason, host_withheld_reason, review_withheld_reason)
            as review_reason
    from int_person_quarters_decided

),

person_efficiency_quarterly as (

    select
        ---------- ids
        person_id,

        ---------- strings
        quarter_label,
        team,
        role,
        level,
        work_type,
        location,
        entity,
        publication_mode,

        ---------- numerics
        cast(case when publication_mode = 'person' then fte_days end as double)
            as fte_days,
        cast(case when cost_reason is null then list_cost_usd end as decimal(38, 12))
            as list_cost_usd,
        {% for token_class in token_classes() -%}
        cast(
            case when tokens_reason is null then {{ token_class }}_tokens end as bigint
        ) as {{ token_class }}_tokens,
        {% endfor -%}
        cast(case when requests_reason is null then requests end as bigint) as requests,
        cast(case when days_reason is null then active_days end as bigint)
            as active_days,
        cast(
            case when issues_reason is null then {{ items('delivered_millionths') }} end
            as decimal(18, 6)
        ) as delivered_n,
        cast(
            case when code_reason is null then {{ items('merged_millionths') }} end
            as decimal(18, 6)
        ) as merged_n,
        cast(case when turnaround_reason is null then turnaround_hours end as double)
            as turnaround_hours,
        cast(case when issues_reason is null then open_items_n end as bigint)
            as open_items_n,
        cast(
            case
                when weighted_reason is null
                    then {{ weighted_items('weighted_trillionths') }}
            end as decimal(38, 12)
        ) as delivered_w,
        cast(
            case
                when issues_reason is null
                    then {{ items('delivered_spread_millionths') }}
            end as decimal(18, 6)
        ) as delivered_spread_n,
        cast(
            case
                when reopened_reason is null then {{ part_of('returned_n', 'done_n') }}
            end as decimal(38, 12)
        ) as reopened_share,
        cast(
            case
                when reverted_reason is null
                    then {{ part_of('reverted_n', 'mature_changes_n') }}
            end as decimal(38, 12)
        ) as reverted_share,
        {% for whose in ['own', 'others'] -%}
        cast(
            case
                when rewritten_reason is null
                    then {{ part_of(
                        'rewritten_' ~ whose ~ '_line_millionths',
                        'written_line_millionths'
                    ) }}
            end as decimal(38, 12)
        ) as rewritten_{{ whose }}_share,
        {% endfor -%}
        cast(
            case
                when assisted_reason is null
                    then {{ part_of('assisted_n', 'seen_changes_n') }}
            end as decimal(38, 12)
        ) as ai_assisted_share,
        cast(
            case
                when assisted_reason is null
                    then {{ share('seen_changes_n', 'merged_items_n') }}
            end as double
        ) as ai_assisted_coverage,
        cast(
            case when pull_request_reason is null then pull_request_hours end as double
        ) as pull_request_hours,
        cast(
            case when host_reason is null then {{ items('review_millionths') }} end
            as decimal(18, 6)
        ) as reviews_given,
        cast(case when review_reason is null then review_hours end as double)
            as review_hours,
        cast(coverage as double) as coverage,

        ---------- strings
        coverage_reason,
        case when withheld_reason is null then 'published' else 'withheld' end
            as status,
        withheld_reason,
        cost_reason as list_cost_withheld_reason,
        tokens_reason as tokens_withheld_reason,
        days_reason as active_days_withheld_reason,
        requests_reason as requests_withheld_reason,
        issues_reason as delivered_withheld_reason,
        code_reason as merged_withheld_reason,
        turnaround_reason as turnaround_withheld_reason,
        weighted_reason as weighted_withheld_reason,
        reopened_reason as reopened_withheld_reason,
        reverted_reason as reverted_withheld_reason,
        rewritten_reason as rewritten_withheld_reason,
        assisted_reason as ai_assisted_withheld_reason,
        pull_request_reason as pull_request_withheld_reason,
        host_reason as reviews_withheld_reason,
        review_reason as review_withheld_reason,

        ---------- booleans
        is_complete_quarter,

        ---------- dates
        quarter_start

    from reasoned

)

select * from person_efficiency_quarterly

with

fct_delivery_credit as (

    select * from {{ ref('fct_delivery_credit') }}

),

fct_working_time as (

    select * from {{ ref('fct_working_time') }}

),

int_issues_timed as (

    select * from {{ ref('int_issues_timed') }}

),

int_changes_merged as (

    select * from {{ ref('int_changes_merged') }}

),

int_reviews_credited as (

    select * from {{ ref('int_reviews_credited') }}

),

int_person_days_counted as (

    select * from {{ ref('int_person_days_counted') }}

),

-- What there is, counted where it comes from and not where it is shared.
items as (

    select
        'issue' as subject,
        {{ quarter_start('done_date') }} as quarter_start,
        cast(count(*) as decimal(38, 6)) as whole_n
    from int_issues_timed
    where is_finished and not is_undelivered
    group by {{ quarter_start('done_date') }}
    union all
    select
        'merged_change' as subject,
        {{ quarter_start('merged_date') }} as quarter_start,
        cast(count(*) as decimal(38, 6)) as whole_n
    from int_changes_merged
    where is_counted
    group by {{ quarter_start('merged_date') }}

),

wholes as (

    {% for credit_rule in credit_rules() -%}
    select
        subject,
        '{{ credit_rule }}' as credit_rule,
        quarter_start,
        whole_n
    from items
    union all
    {% endfor -%}
    select
        'review' as subject,
        'each_reviewer' as credit_rule,
        quarter_start,
        cast(
            count(distinct host || '/' || pull_request_id || ' ' || reviewer)
            as decimal(38, 6)
        ) as whole_n
    from int_reviews_credited
    group by quarter_start
    union all
    select
        'working_time' as subject,
        'day_by_day' as credit_rule,
        quarter_start,
        cast(coalesce(sum(fte_days), 0) as decimal(38, 6)) as whole_n
    from int_person_days_counted
    group by quarter_start

),

shares as (

    select
        item_kind as subject,
        credit_rule,
        quarter_start,
        item_id as part_of,
        {{ items(
            'sum(case when person_id is null then 0 else credit_millionths end)'
        ) }} as persons_n,
        {{ items(
            'sum(case when person_id is null then credit_millionths else 0 end)'
        ) }} as unattributed_n,
        sum(credit_millionths) <> 1000000 as is_unbalanced
    from fct_delivery_credit
    group by item_kind, credit_rule, quarter_start, item_id
    union all
    select
        'review' as subject,
        'each_reviewer' as credit_rule,
        quarter_start,
        host || '/' || pull_request_id as part_of,
        {{ items(
            'sum(case when person_id is null then 0 else credit_millionths end)'
        ) }} as persons_n,
        {{ items(
            'sum(case when person_id is null then credit_millionths else 0 end)'
        ) }} as unattributed_n,
        sum(credit_millionths) <> 1000000 * count(distinct reviewer) as is_unbalanced
    from int_reviews_credited
    group by quarter_start, host || '/' || pull_request_id
    union all
    select
        'working_time' as subject,
        'day_by_day' as credit_rule,
        quarter_start,
        person_id as part_of,
        cast(coalesce(sum(fte_days), 0) as decimal(18, 6)) as persons_n,
        cast(0 as decimal(18, 6)) as unattributed_n,
        false as is_unbalanced
    from fct_working_time
    group by quarter_start, person_id

),

parts as (

    select
        subject,
        credit_rule,
        quarter_start,
        sum(persons_n) as persons_n,
        sum(unattributed_n) as unattributed_n,
        count(case when is_unbalanced then 1 end) as unbalanced_n
    from shares
    group by subject, credit_rule, quarter_start

),

keys as (

    select
        subject,
        credit_rule,
        quarter_start
    from wholes
    union
    select
        subject,
        credit_rule,
        quarter_start
    from parts

),

outcome_reconciliation as (

    select
        ---------- ids
        keys.subject,
        keys.credit_rule,

        ---------- strings
        {{ quarter_label('keys.quarter_start') }} as quarter_label,

        ---------- numerics
        cast(coalesce(wholes.whole_n, 0) as decimal(38, 12)) as whole_n,
        cast(coalesce(parts.persons_n, 0) as decimal(38, 12)) as persons_n,
        cast(coalesce(parts.unattributed_n, 0) as decimal(38, 12)) as unattributed_n,
        cast(coalesce(parts.unbalanced_n, 0) as bigint) as unbalanced_n,

        ---------- dates
        keys.quarter_start

    from keys
    left join wholes
        on
            keys.subject = wholes.subject
            and keys.credit_rule = wholes.credit_rule
            and keys.quarter_start = wholes.quarter_start
    left join parts
        on
            keys.subject = parts.subject
            and keys.credit_rule = parts.credit_rule
            and keys.quarter_start = parts.quarter_start

)

select * from outcome_reconciliation

with

int_persons_spanned as (

    select * from {{ ref('int_persons_spanned') }}

),

int_quarters_spanned as (

    select * from {{ ref('int_quarters_spanned') }}

),

-- Whoever worked here on any past day of the quarter, as they were on their last one.
person_quarters as (

    select
        int_persons_spanned.*,
        int_quarters_spanned.quarter_start,
        row_number() over (
            partition by
                int_persons_spanned.person_id, int_quarters_spanned.quarter_start
            order by int_persons_spanned.valid_from desc
        ) as recency
    from int_quarters_spanned
    inner join int_persons_spanned
        on
            int_quarters_spanned.observed_until > int_persons_spanned.valid_from
            and int_quarters_spanned.quarter_start < int_persons_spanned.valid_to

),

person_quarters_spanned as (

    select
        ---------- ids
        person_quarters.person_id,

        ---------- strings
        int_quarters_spanned.quarter_label,
        person_quarters.team,
        person_quarters.role,
        person_quarters.level,
        person_quarters.work_type,
        person_quarters.location,
        person_quarters.entity,
        person_quarters.publication_mode,

        ---------- booleans
        int_quarters_spanned.is_complete_quarter,
        int_quarters_spanned.is_usage_connected,
        int_quarters_spanned.is_issues_connected,
        int_quarters_spanned.is_code_connected,
        int_quarters_spanned.is_host_connected,

        ---------- dates
        int_quarters_spanned.quarter_start

    from person_quarters
    inner join int_quarters_spanned
        on person_quarters.quarter_start = int_quarters_spanned.quarter_start
    where person_quarters.recency = 1

)

select * from person_quarters_spanned

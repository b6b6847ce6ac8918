-- Teams as finance sees them: small ones stand together, so that nobody's use shows.
with

int_persons_spanned as (

    select * from {{ ref('int_persons_spanned') }}

),

int_quarters_spanned as (

    select * from {{ ref('int_quarters_spanned') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

counted as (

    select
        int_quarters_spanned.quarter_start,
        int_persons_spanned.team,
        count(distinct int_persons_spanned.person_id) as people_n
    from int_quarters_spanned
    inner join int_persons_spanned
        on
            int_quarters_spanned.quarter_end > int_persons_spanned.valid_from
            and int_quarters_spanned.quarter_start < int_persons_spanned.valid_to
    where int_persons_spanned.team is not null
    group by int_quarters_spanned.quarter_start, int_persons_spanned.team

),

teams_sized as (

    select
        ---------- ids
        counted.team,

        ---------- strings
        case
            when counted.people_n >= int_settings_resolved.group_size then counted.team
            else 'small_teams'
        end as shown_team,

        ---------- numerics
        counted.people_n,

        ---------- dates
        counted.quarter_start

    from counted
    cross join int_settings_resolved

)

select * from teams_sized

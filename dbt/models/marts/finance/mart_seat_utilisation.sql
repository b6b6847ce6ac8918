with

int_seats_used as (

    select * from {{ ref('int_seats_used') }}

),

int_teams_sized as (

    select * from {{ ref('int_teams_sized') }}

),

seats as (

    select
        int_seats_used.*,
        coalesce(int_teams_sized.shown_team, 'unattributed') as shown_team
    from int_seats_used
    left join int_teams_sized
        on
            int_seats_used.team = int_teams_sized.team
            and {{ quarter_start('int_seats_used.month_start') }}
            = int_teams_sized.quarter_start

),

seat_utilisation as (

    select
        ---------- ids
        vendor,
        plan,
        shown_team as team,

        ---------- numerics
        cast(count(*) as bigint) as seats_n,
        cast(count(case when is_active then 1 end) as bigint) as active_seats_n,
        cast(count(case when not is_active then 1 end) as bigint) as unused_seats_n,
        cast(count(case when monthly_usd is null then 1 end) as bigint)
            as unpriced_seats_n,
        cast(sum(monthly_usd) as decimal(38, 12)) as seat_cost_usd,
        cast(
            sum(
                case
                    when not is_active then monthly_usd
                    when monthly_usd is not null then cast(0 as decimal(38, 12))
                end
            ) as decimal(38, 12)
        ) as unused_seat_cost_usd,

        ---------- dates
        month_start

    from seats
    group by vendor, plan, shown_team, month_start

)

select * from seat_utilisation

"""Seeded defects: what is spoilt, and which gate must decide what about it."""

from dataclasses import dataclass

PERSONS = "review.mart_person_efficiency_quarterly"
FIGURES = "review.fct_person_figure"
TEAMS = "teams.mart_team_period"
PROJECTS = "teams.mart_project_satisfaction"
COSTS = "finance.mart_cost_reconciliation"
CHARGES = "finance.fct_ai_cost"
VARIANCE = "finance.mart_cost_variance"
SEATS = "finance.mart_seat_utilisation"
OVERLAP = "steward.mart_usage_overlap"
REVISION = "finance.mart_price_revision"
UNATTRIBUTED = "steward.mart_unattributed_usage"
UNRESOLVED = "steward.mart_unresolved_account"
COVERAGE = "steward.mart_source_coverage"
OUTCOMES = "steward.mart_outcome_reconciliation"
GATES = "steward.mart_publication_gate"
WHOLE = "candidate"
ONE_DAY = "usage_date = date '2026-07-01' and token_class = 'output'"
POOL_DAY = "usage_date = date '2026-07-02' and token_class = 'output'"
QUARTER = "quarter_start = date '2026-07-01'"
SHOWN = f"status = 'published' and {QUARTER}"
ONE_PERSON = f"person_key = (select min(person_key) from {PERSONS} where {SHOWN})"


@dataclass(frozen=True)
class Defect:
    """A sentence, the SQL that spoils the files, and the decision it must cause."""

    sentence: str
    gate: str
    subject: str
    decision: str
    statements: tuple[str, ...]


def defect(
    sentence: str, gate: str, subject: str, decision: str, *statements: str
) -> Defect:
    """A seeded defect."""
    return Defect(sentence, gate, subject, decision, statements)


MONEY = (
    defect(
        "a token that no person, service or pool has",
        "DQ01",
        COSTS,
        "block",
        f"update {COSTS} set vendor_tokens = vendor_tokens + 1 where {ONE_DAY}",
    ),
    defect(
        "a token that another source is said to count and that is counted here too",
        "DQ01",
        COSTS,
        "block",
        f"update {COSTS} set elsewhere_tokens = 1 where {ONE_DAY}",
    ),
    defect(
        "a vendor day that the attribution did not explain",
        "DQ01",
        COSTS,
        "block",
        f"update {COSTS} set unexplained_tokens = 1 where {ONE_DAY}",
    ),
    defect(
        "a cost part that is a pico-dollar off",
        "DQ01",
        COSTS,
        "block",
        f"update {COSTS} set person_list_cost_usd = person_list_cost_usd "
        f"+ cast(0.000000000001 as decimal(38, 12)) where {ONE_DAY}",
    ),
    defect(
        "a person's usage counted twice on its way to the mart",
        "DQ01",
        PERSONS,
        "block",
        f"update {PERSONS} set output_tokens = 2 * output_tokens",
    ),
    defect(
        "usage that a fully published quarter of persons lost",
        "DQ01",
        PERSONS,
        "block",
        f"update {PERSONS} set output_tokens = coalesce(output_tokens, 0)",
    ),
    defect(
        "a month priced two per cent too high",
        "DQ02",
        COSTS,
        "block",
        f"update {COSTS} set list_cost_usd = 1.02 * list_cost_usd "
        "where usage_date < date '2026-10-01'",
    ),
    defect(
        "a vendor without tokens of whom something is left over",
        "DQ01",
        COSTS,
        "block",
        f"update {COSTS} set vendor_tokens = null where {ONE_DAY}",
    ),
    defect(
        "tokens in a class that is not known",
        "DQ04",
        COSTS,
        "block",
        f"update {COSTS} set token_class = 'reasoning' where {ONE_DAY}",
    ),
    defect(
        "a model without a price for a tenth of usage",
        "DQ05",
        COSTS,
        "block",
        f"update {COSTS} set unpriced_tokens = vendor_tokens / 10",
    ),
    defect(
        "a few tokens without a price",
        "DQ05",
        COSTS,
        "warn",
        f"update {COSTS} set unpriced_tokens = 10 where {ONE_DAY}",
    ),
    defect(
        "a vendor of which nothing has a price",
        "DQ05",
        COSTS,
        "block",
        f"update {COSTS} set unpriced_tokens = vendor_tokens, list_cost_usd = 0",
    ),
    defect(
        "a fifth of the cost of a quarter that belongs to nobody",
        "DQ12",
        COSTS,
        "block",
        f"update {COSTS} set unattributed_list_cost_usd = 0.2 * list_cost_usd "
        "where usage_date >= date '2026-10-01'",
    ),
    defect(
        "a fifth of the cost that belongs to nobody where no person's cost is shown",
        "DQ12",
        COSTS,
        "withhold",
        f"update {COSTS} set unattributed_list_cost_usd = 0.2 * list_cost_usd "
        "where usage_date < date '2026-10-01'",
        f"update {FIGURES} set value = null, status = 'withheld' where {QUARTER} "
        "and measure = 'list_cost_usd'",
    ),
    defect(
        "a tenth of the cost that belongs to nobody",
        "DQ12",
        COSTS,
        "warn",
        f"update {COSTS} set unattributed_list_cost_usd = 0.1 * list_cost_usd",
    ),
)
COMPLETENESS = (
    defect(
        "a vendor's feed with three per cent of its days missing",
        "DQ06",
        COVERAGE,
        "block",
        f"update {COVERAGE} set delivered_days_n = 388 where source = 'anthropic'",
    ),
    defect(
        "a vendor's feed with one day missing",
        "DQ06",
        COVERAGE,
        "warn",
        f"update {COVERAGE} set delivered_days_n = 399 where source = 'anthropic'",
    ),
    defect(
        "a day of a quarter that is over and may still be revised",
        "DQ07",
        COSTS,
        "warn",
        f"update {COSTS} set is_final = false where {ONE_DAY}",
    ),
    defect(
        "a connected source that is late",
        "PC17",
        COVERAGE,
        "warn",
        f"update {COVERAGE} set is_late = true where source = 'git'",
    ),
    defect(
        "a mart that nobody built",
        "PC09",
        WHOLE,
        "block",
        f"drop table {TEAMS}",
    ),
    defect(
        "a mart that no suite knows",
        "PC09",
        WHOLE,
        "block",
        "create table teams.mart_new as select 'a' as team",
    ),
    defect(
        "zero cost where no vendor is connected",
        "PC10",
        FIGURES,
        "block",
        f"update {COVERAGE} set is_connected = false where source = 'anthropic'",
        f"update {FIGURES} set value = 0 where measure = 'list_cost_usd'",
    ),
)
PEOPLE = (
    defect(
        "a person who is seen too incompletely and published all the same",
        "DQ06",
        PERSONS,
        "block",
        f"update {PERSONS} set coverage = 0.79 where {ONE_PERSON}",
    ),
    defect(
        "a person of unknown coverage who is published",
        "DQ06",
        PERSONS,
        "block",
        f"update {PERSONS} set coverage = null where {ONE_PERSON}",
    ),
    defect(
        "usage from before somebody was employed",
        "DQ11",
        UNATTRIBUTED,
        "withhold",
        f"update {UNATTRIBUTED} set reason = 'outside_employment' where {QUARTER}",
    ),
    defect(
        "usage shown for somebody without working time",
        "DQ11",
        PERSONS,
        "warn",
        f"update {PERSONS} set fte_days = 0 where {ONE_PERSON}",
    ),
    defect(
        "a bot among the persons",
        "DQ17",
        PERSONS,
        "block",
        f"update {PERSONS} set role = 'Service account' where {ONE_PERSON}",
    ),
    defect(
        "a principal that the people file does not know",
        "DQ17",
        PERSONS,
        "block",
        f"update {PERSONS} set team = null where {ONE_PERSON}",
    ),
    defect(
        "more working time than a quarter has",
        "DQ30",
        PERSONS,
        "block",
        f"update {PERSONS} set fte_days = 67 where {ONE_PERSON}",
    ),
    defect(
        "somebody published whose working time is not known",
        "DQ30",
        FIGURES,
        "block",
        f"update {PERSONS} set fte_days = null where {ONE_PERSON}",
    ),
    *(
        defect(
            f"a person published whose entity is in mode {mode}",
            "DQ41",
            PERSONS,
            "block",
            f"update {PERSONS} set publication_mode = {mode} where {ONE_PERSON}",
        )
        for mode in ("'group_only'", "'self_only'", "null")
    ),
    defect(
        "a figure published behind a person who is withheld",
        "DQ41",
        PERSONS,
        "block",
        f"update {PERSONS} set publication_mode = 'off' where status = 'withheld'",
        f"update {FIGURES} set status = 'published' where status = 'withheld'",
    ),
    defect(
        "a person with a gap between two quarters",
        "PC04",
        PERSONS,
        "warn",
        f"delete from {PERSONS} where {ONE_PERSON} "
        "and quarter_start = date '2026-10-01'",
    ),
    defect(
        "a quarter in which nobody has a row",
        "PC04",
        PERSONS,
        "block",
        f"delete from {PERSONS} where quarter_start = date '2026-10-01'",
    ),
    defect(
        "a person who lacks a figure",
        "PC04",
        FIGURES,
        "block",
        f"delete from {FIGURES} where {ONE_PERSON} and measure = 'merged_n'",
    ),
)
ONE_RULE = f"subject = 'issue' and credit_rule = 'proportional' and {QUARTER}"
SHARING = (
    defect(
        "an issue of which a millionth is nobody's unsaid",
        "DQ28",
        OUTCOMES,
        "block",
        f"update {OUTCOMES} set persons_n = persons_n - 0.000001 where {ONE_RULE}",
    ),
    defect(
        "two items whose shares are off by the same",
        "DQ28",
        OUTCOMES,
        "block",
        f"update {OUTCOMES} set unbalanced_n = 2 where {ONE_RULE}",
    ),
    defect(
        "a rule that does not know an item",
        "DQ28",
        OUTCOMES,
        "block",
        f"update {OUTCOMES} set whole_n = whole_n - 1, persons_n = persons_n - 1 "
        f"where {ONE_RULE}",
    ),
    defect(
        "a rule that was not applied",
        "DQ28",
        OUTCOMES,
        "block",
        f"delete from {OUTCOMES} where {ONE_RULE}",
    ),
    defect(
        "a review that counts for a reviewer twice",
        "DQ28",
        OUTCOMES,
        "block",
        f"update {OUTCOMES} set persons_n = persons_n + 1 "
        f"where subject = 'review' and {QUARTER}",
    ),
    defect(
        "credit that persons are shown and were not given",
        "DQ28",
        PERSONS,
        "block",
        f"update {PERSONS} set reviews_given = 10000 where {ONE_PERSON} "
        "and status = 'published'",
    ),
    defect(
        "a day that was lost when somebody changed teams",
        "DQ30",
        OUTCOMES,
        "block",
        f"update {OUTCOMES} set persons_n = persons_n - 0.8 "
        f"where subject = 'working_time' and {QUARTER}",
    ),
    defect(
        "a team that links two thirds of its changes",
        "DQ24",
        TEAMS,
        "withhold",
        f"update {TEAMS} set linked_share = 0.66 where team = 'team-a' and {QUARTER}",
    ),
    defect(
        "a team that links four fifths of its changes",
        "DQ24",
        TEAMS,
        "warn",
        f"update {TEAMS} set linked_share = 0.8 where team = 'team-a' and {QUARTER}",
    ),
)
DISCLOSURE = (
    defect(
        "a team of seven that is published",
        "DQ33",
        TEAMS,
        "block",
        f"update {TEAMS} set people_n = 7 where team = 'team-a'",
    ),
    defect(
        "a team of nine of whom four have usage",
        "DQ33",
        TEAMS,
        "block",
        f"update {TEAMS} set active_people_n = 4 where team = 'team-a'",
    ),
    defect(
        "a project of four answers that is published",
        "DQ33",
        PROJECTS,
        "block",
        f"update {PROJECTS} set responses_n = 4",
    ),
    defect(
        "a project whose rated work is that of four people",
        "DQ33",
        PROJECTS,
        "block",
        f"update {PROJECTS} set rated_people_n = 4",
    ),
    defect(
        "a withheld project whose rating is still there",
        "DQ33",
        PROJECTS,
        "block",
        f"update {PROJECTS} set status = 'withheld', withheld_reason = 'small_cell', "
        "responses_n = null",
    ),
    defect(
        "a project that is there twice",
        "DQ09",
        PROJECTS,
        "block",
        f"insert into {PROJECTS} from {PROJECTS}",
    ),
    defect(
        "deliverables below zero",
        "DQ10",
        PROJECTS,
        "block",
        f"update {PROJECTS} set deliverables_n = -1",
    ),
    defect(
        "clients more satisfied than their scale allows",
        "PC08",
        PROJECTS,
        "block",
        f"update {PROJECTS} set satisfaction_share = 1.2",
    ),
    defect(
        "a project whose status nobody knows",
        "PC14",
        PROJECTS,
        "block",
        f"update {PROJECTS} set status = 'shown'",
    ),
    defect(
        "a single withheld team beside published ones",
        "DQ40",
        TEAMS,
        "block",
        f"delete from {TEAMS} where team = 'team-d'",
    ),
    defect(
        "one sum of a single team that is withheld",
        "DQ40",
        TEAMS,
        "block",
        f"delete from {TEAMS} where team in ('team-c', 'team-d')",
        f"update {TEAMS} set merged_n = null where team = 'team-a'",
    ),
    defect(
        "a published team with one person who spends nearly all",
        "DQ40",
        PERSONS,
        "block",
        f"update {PERSONS} set delivered_n = 9000 "
        f"where person_key = (select min(person_key) from {PERSONS} "
        f"where team = 'team-b') and {QUARTER}",
        f"update {TEAMS} set delivered_n = (select sum(delivered_n) from {PERSONS} "
        f"where team = 'team-b' and {QUARTER}) where team = 'team-b' and {QUARTER}",
    ),
    defect(
        "withheld teams that together hold seven people",
        "PC18",
        TEAMS,
        "warn",
        f"update {PERSONS} set team = 'team-a' where person_key in (select "
        f"person_key from {PERSONS} where team = 'team-d' order by person_key limit 6)",
    ),
)
WORDING = (
    defect(
        "a reason of absence",
        "DQ31",
        WHOLE,
        "block",
        "update review.mart_column_dictionary set column_name = 'sick_days' "
        "where column_name = 'active_days'",
    ),
    defect(
        "a column that ranks",
        "DQ44",
        WHOLE,
        "block",
        "update teams.mart_column_dictionary set column_name = 'team_rank' "
        "where column_name = 'fte_days'",
    ),
    defect(
        "a measure that claims a return",
        "DQ44",
        WHOLE,
        "block",
        f"update {FIGURES} set measure = 'roi_person' where measure = 'merged_n'",
    ),
    defect(
        "a satisfaction of clients apportioned to a person",
        "PC19",
        WHOLE,
        "block",
        "update review.mart_column_dictionary set column_name = 'csat_share' "
        "where column_name = 'reopened_share'",
    ),
    defect(
        "a measure of incidents of a person",
        "PC19",
        WHOLE,
        "block",
        f"update {FIGURES} set measure = 'incidents_n' where measure = 'merged_n'",
    ),
    defect(
        "a column of persons in a file for everyone",
        "PC12",
        WHOLE,
        "block",
        "update finance.mart_column_dictionary set column_name = 'person_key' "
        "where column_name = 'vendor'",
    ),
    defect(
        "an e-mail address in the review",
        "PC13",
        WHOLE,
        "block",
        f"update {PERSONS} set team = 'someone@demo.example' where {ONE_PERSON}",
    ),
)
CONTRACT = (
    *(
        defect(
            f"a repeated row in {mart}",
            "DQ09",
            mart,
            "block",
            f"insert into {mart} from {mart} limit 1",
        )
        for mart in (
            *(PERSONS, FIGURES, TEAMS, COSTS),
            *(UNATTRIBUTED, COVERAGE, OUTCOMES, GATES),
        )
    ),
    defect(
        "a row without a part of its grain",
        "DQ09",
        COSTS,
        "block",
        f"update {COSTS} set vendor = null where {ONE_DAY}",
    ),
    *(
        defect(
            f"a negative {column} in {mart}",
            "DQ10",
            mart,
            "block",
            f"update {mart} set {column} = -1 where {where}",
        )
        for mart, column, where in (
            (PERSONS, "list_cost_usd", ONE_PERSON),
            (FIGURES, "value", f"{ONE_PERSON} and measure = 'requests'"),
            (TEAMS, "delivered_n", "team = 'team-a'"),
            (COSTS, "person_tokens", ONE_DAY),
            (COSTS, "elsewhere_tokens", ONE_DAY),
            (UNATTRIBUTED, "list_cost_usd", QUARTER),
            (COVERAGE, "held_pulls_n", "source = 'git'"),
            (OUTCOMES, "unattributed_n", "subject = 'review'"),
        )
    ),
    defect(
        "a withheld figure that still has its value",
        "PC01",
        FIGURES,
        "block",
        f"update {FIGURES} set status = 'withheld', withheld_reason = 'contested' "
        f"where {ONE_PERSON} and measure = 'delivered_n'",
    ),
    defect(
        "a withheld figure that still has its range",
        "PC01",
        FIGURES,
        "block",
        f"update {FIGURES} set hi80 = 1 where status = 'withheld'",
    ),
    defect(
        "a withheld person with a figure in the wide mart",
        "PC01",
        PERSONS,
        "block",
        f"update {PERSONS} set turnaround_hours = 0 where status = 'withheld'",
    ),
    defect(
        "a withheld team with a figure",
        "PC01",
        TEAMS,
        "block",
        f"update {TEAMS} set merged_n = 0 where status = 'withheld'",
    ),
    *(
        defect(
            f"a withheld row of {mart} that says no reason",
            "PC02",
            mart,
            "block",
            f"update {mart} set withheld_reason = null where status = 'withheld'",
        )
        for mart in (PERSONS, FIGURES, TEAMS)
    ),
    defect(
        "a published row with a reason to withhold it",
        "PC02",
        PERSONS,
        "block",
        f"update {PERSONS} set withheld_reason = 'contested' where {ONE_PERSON}",
    ),
    defect(
        "an exact figure that differs between long and wide in its last digit",
        "PC03",
        FIGURES,
        "block",
        f"update {FIGURES} set value = value + cast(0.000000000001 as decimal(38, 12)) "
        f"where {ONE_PERSON} and measure = 'list_cost_usd'",
    ),
    defect(
        "a turnaround that only one of the marts has",
        "PC03",
        FIGURES,
        "block",
        f"update {PERSONS} set turnaround_hours = null where {ONE_PERSON}",
    ),
    defect(
        "a row of another release",
        "PC05",
        WHOLE,
        "block",
        f"update {COVERAGE} set release_id = 'another' where source = 'git'",
    ),
    defect(
        "a quarter that has not begun",
        "PC06",
        WHOLE,
        "block",
        f"update {UNATTRIBUTED} set quarter_start = date '2027-04-01' where {QUARTER}",
    ),
    defect(
        "a quarter that starts in the middle of a month",
        "PC06",
        WHOLE,
        "block",
        f"update {TEAMS} set quarter_start = date '2026-07-15' where {QUARTER}",
    ),
    defect(
        "usage on a day to come",
        "PC06",
        WHOLE,
        "block",
        f"update {COSTS} set usage_date = date '2027-02-06' where {POOL_DAY}",
    ),
    *(
        defect(
            f"an impossible value in {mart}",
            "PC08",
            mart,
            "block",
            f"update {mart} set {change}",
        )
        for mart, change in (
            (PERSONS, f"active_days = 93 where {ONE_PERSON}"),
            (FIGURES, f"reliability = 1.01 where {ONE_PERSON}"),
            (TEAMS, "coverage = 97 where team = 'team-a'"),
            (COSTS, f"is_final = null where {ONE_DAY}"),
            (UNATTRIBUTED, f"quarter_label = null where {QUARTER}"),
            (COVERAGE, "is_connected = null where source = 'git'"),
            (OUTCOMES, "whole_n = null where subject = 'review'"),
            (GATES, "detail = null"),
        )
    ),
    defect(
        "a figure about one person that claims an effect",
        "PC08",
        FIGURES,
        "block",
        f"update {FIGURES} set claim_level = 3 where {ONE_PERSON}",
    ),
    defect(
        "a published figure without a value",
        "PC16",
        FIGURES,
        "block",
        f"update {FIGURES} set value = null where {ONE_PERSON} "
        "and measure = 'open_items_n'",
    ),
    *(
        defect(
            f"a value of {mart} that is missing without a reason",
            "PC16",
            mart,
            "block",
            f"update {mart} set merged_n = null where status = 'published'",
        )
        for mart in (PERSONS, TEAMS)
    ),
    defect(
        "a value that is there beside its reason to be withheld",
        "PC16",
        PERSONS,
        "block",
        f"update {PERSONS} set list_cost_withheld_reason = 'unpriced' "
        f"where {ONE_PERSON}",
    ),
    defect(
        "a figure outside its own likely range",
        "PC11",
        FIGURES,
        "block",
        f"update {FIGURES} set lo80 = value + 1, hi80 = value + 2 "
        f"where {ONE_PERSON} and measure = 'turnaround_hours'",
    ),
    defect(
        "a range with one end",
        "PC11",
        FIGURES,
        "block",
        f"update {FIGURES} set lo80 = 0 where {ONE_PERSON} and measure = 'requests'",
    ),
    *(
        defect(
            f"an unknown code in {mart}",
            "PC14",
            mart,
            "block",
            f"update {mart} set {change}",
        )
        for mart, change in (
            (PERSONS, f"publication_mode = 'everyone' where {ONE_PERSON}"),
            (FIGURES, f"status = 'estimated' where {ONE_PERSON}"),
            (TEAMS, "withheld_reason = 'unlucky' where status = 'withheld'"),
            (OUTCOMES, "credit_rule = 'by rank' where subject = 'review'"),
            (GATES, "decision = 'maybe'"),
        )
    ),
    defect(
        "turnarounds of years",
        "PC15",
        PERSONS,
        "warn",
        f"update {PERSONS} set turnaround_hours = 5000 where status = 'published'",
    ),
)
INVOICE = "bill_source = 'invoice'"
BILLS = (
    defect(
        "an invoice that charges one per cent more than the price book",
        "DQ03",
        VARIANCE,
        "block",
        f"update {VARIANCE} set price_usd = 1.3, bill_usd = bill_usd + 1.3, "
        f"difference_usd = difference_usd + 1.3 where {INVOICE}",
    ),
    defect(
        "two errors of an invoice that cancel out",
        "DQ03",
        VARIANCE,
        "block",
        f"update {VARIANCE} set price_usd = 5, volume_usd = -5 where {INVOICE}",
    ),
    defect(
        "a step to an invoice that was lost",
        "DQ03",
        VARIANCE,
        "block",
        f"update {VARIANCE} set discount_usd = 0 where {INVOICE}",
    ),
    defect(
        "an invoice in a currency without a rate",
        "DQ18",
        VARIANCE,
        "block",
        f"update {VARIANCE} set unconverted_lines_n = 1, bill_usd = null "
        f"where {INVOICE}",
    ),
    defect(
        "a vendor's charge in a currency without a rate",
        "DQ18",
        VARIANCE,
        "block",
        f"update {VARIANCE} set unconverted_costs_n = 1 where {INVOICE}",
    ),
    *(
        defect(f"a repeated row in {mart}", "DQ09", mart, "block", repeated)
        for mart, repeated in (
            (mart, f"insert into {mart} from {mart} limit 1")
            for mart in (CHARGES, VARIANCE, SEATS, OVERLAP, REVISION, UNRESOLVED)
        )
    ),
    *(
        defect(
            f"a negative {column} in {mart}",
            "DQ10",
            mart,
            "block",
            f"update {mart} set {column} = -1",
        )
        for mart, column in (
            (CHARGES, "PricingQuantity"),
            (VARIANCE, "list_cost_usd"),
            (SEATS, "seat_cost_usd"),
            (OVERLAP, "tokens"),
            (REVISION, "tokens"),
            (UNRESOLVED, "items_n"),
        )
    ),
    *(
        defect(
            f"an empty {column} in {mart}",
            "PC08",
            mart,
            "block",
            f"update {mart} set {column} = null",
        )
        for mart, column in (
            (CHARGES, "EffectiveCost"),
            (VARIANCE, "time_zone"),
            (SEATS, "seats_n"),
            (OVERLAP, "counting_source"),
            (REVISION, "tokens"),
            (UNRESOLVED, "days_n"),
        )
    ),
    *(
        defect(
            f"an unknown code in {mart}",
            "PC14",
            mart,
            "block",
            f"update {mart} set {change}",
        )
        for mart, change in (
            (CHARGES, "ChargeCategory = 'Refund'"),
            (VARIANCE, "bill_source = 'estimate'"),
            (REVISION, "change_kind = 'guessed'"),
        )
    ),
)
DEFECTS = (
    *(*BILLS, *MONEY, *COMPLETENESS, *PEOPLE),
    *(*SHARING, *DISCLOSURE, *WORDING, *CONTRACT),
)

"""What the marts of the small company say, worked out by hand from its rows."""

from datetime import date
from decimal import Decimal
from typing import Any

from small_company import at

Row = dict[str, Any]
Q1, Q2, Q3 = date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1)

# Two rows of 15 and 16 May around a price change, long context, a batch:
# 0.004785 + 0.003785 + 0.00615 + 0.0015.
ALPHA_1_COST = Decimal("0.01622")
FEED = 90 / 91  # one day of the quarter is held back

TOKENS = (
    "input_uncached_tokens",
    "cache_read_tokens",
    "cache_write_5m_tokens",
    "cache_write_1h_tokens",
    "cache_write_unspecified_tokens",
    "output_tokens",
    "input_unspecified_tokens",
)
FIGURES = (
    "list_cost_usd",
    *TOKENS,
    "requests",
    "active_days",
    "delivered_n",
    "merged_n",
    "turnaround_hours",
    "open_items_n",
)


def person(name: str, quarter: date, **said: Any) -> Row:
    """A row of the person mart: figures not said are withheld, and so null."""
    return {
        "person_id": name,
        "quarter_start": quarter,
        **dict.fromkeys(FIGURES),
        "withheld_reason": None,
        "coverage_reason": None,
        **said,
    }


def output_only(tokens: int) -> Row:
    """Usage of output tokens alone on one day, in one request."""
    others = dict.fromkeys(TOKENS, 0)
    cost = tokens * Decimal("0.000015")
    return {
        **others,
        "output_tokens": tokens,
        "list_cost_usd": cost,
        "requests": min(1, tokens),
        "active_days": min(1, tokens),
    }


def third(millionths: int) -> Decimal:
    """A third of an item, one of them a millionth larger."""
    return Decimal(millionths) / 1_000_000


OUTCOMES_ONLY = {"delivered_n": 0, "merged_n": 0, "open_items_n": 0}
PERSONS = [
    # Before AI usage was connected its figures are unknown; no work is zero work.
    person("alpha-1", Q1, **OUTCOMES_ONLY, fte_days=64.0, coverage=1.0),
    person(
        "alpha-1",
        Q2,
        fte_days=64.0,
        list_cost_usd=ALPHA_1_COST,
        input_uncached_tokens=4000,
        cache_read_tokens=4000,
        cache_write_5m_tokens=200,
        cache_write_1h_tokens=20,
        cache_write_unspecified_tokens=0,
        input_unspecified_tokens=0,
        output_tokens=110,
        requests=12,
        active_days=3,
        delivered_n=Decimal("1.5"),  # half of AB-1 and all of AB-2
        merged_n=Decimal("1.5"),  # half of m1 and all of the merge m6
        turnaround_hours=60.0,  # AB-1 on a weekend, AB-2 7.5 working days, AB-3 waiting
        open_items_n=1,
        coverage=FEED,
        coverage_reason="vendor_feed_days",
    ),
    person("alpha-1", Q3, fte_days=28.0, coverage=1.0, withheld_reason="immature"),
    # A vendor row under an e-mail that was no longer theirs: seen, and not counted.
    person(
        "alpha-2",
        Q2,
        **output_only(1000),
        fte_days=64.0,
        delivered_n=Decimal("0.5"),
        merged_n=Decimal("0.5"),  # b2 is less than a tenth of m6
        turnaround_hours=8.0,  # AB-6; AB-5 became done after midnight in Berlin
        open_items_n=1,
        coverage=6 / 7,
        coverage_reason="identity",
    ),
    # Left on 31 May: what came after is nobody's.
    person(
        "alpha-3",
        Q2,
        **output_only(0),
        **OUTCOMES_ONLY,
        fte_days=42.0,
        coverage=60 / 61,
        coverage_reason="vendor_feed_days",
    ),
    # The older report counts no requests; the largest third of m2 and AB-6.
    person(
        "alpha-4",
        Q2,
        **output_only(1000) | {"requests": None},
        fte_days=64.0,
        delivered_n=third(333_334),
        merged_n=third(333_334),
        open_items_n=0,
        coverage=FEED,
        coverage_reason="vendor_feed_days",
    ),
    # By a personal key; holds AB-7, which is not done.
    person(
        "alpha-6",
        Q2,
        **output_only(1000),
        fte_days=64.0,
        delivered_n=third(333_333),
        merged_n=third(333_333),
        open_items_n=1,
        coverage=FEED,
        coverage_reason="vendor_feed_days",
    ),
    # Two people claim one account: it is nobody's, and both lack it.
    person(
        "alpha-7",
        Q2,
        fte_days=64.0,
        coverage=0.0,
        coverage_reason="identity",
        withheld_reason="coverage_identity",
    ),
    person(
        "alpha-8",
        Q2,
        fte_days=49.2,  # 64 days at 0.8 less half of five of them
        coverage=0.5,
        coverage_reason="identity",
        withheld_reason="coverage_identity",
    ),
    # A complete answer that names nobody is zero.
    person(
        "beta-1",
        Q2,
        **output_only(0),
        **OUTCOMES_ONLY,
        fte_days=64.0,
        coverage=FEED,
        coverage_reason="vendor_feed_days",
    ),
    # The calendar of the south ends in May: 61 of 91 days.
    person(
        "gamma-1",
        Q2,
        fte_days=43.0,
        coverage=61 / 91,
        coverage_reason="calendar",
        withheld_reason="coverage_calendar",
    ),
    # No notice was given in the entity.
    person(
        "gamma-2",
        Q2,
        fte_days=None,
        coverage=FEED,
        coverage_reason="vendor_feed_days",
        withheld_reason="restricted_jurisdiction",
    ),
]

NO_SUMS = dict.fromkeys(
    (
        "people_n",
        "active_people_n",
        "fte_days",
        "list_cost_usd",
        "delivered_n",
        "merged_n",
        "turnaround_hours",
    )
)
TEAMS = [
    {
        "team": "alpha",
        "people_n": 9,
        "active_people_n": 6,
        "fte_days": 539.2,
        "list_cost_usd": Decimal("0.091"),  # 0.09122 in two digits
        "delivered_n": Decimal(3),
        "merged_n": Decimal(4),
        "turnaround_hours": None,
        "coverage": 30 / 33,  # three account-days are claimed and not resolved
        "withheld_reason": None,
        "turnaround_withheld_reason": "small_cell",
    },
    {
        "team": "beta",
        **NO_SUMS,
        "coverage": FEED,
        "withheld_reason": "suppressed_complementary",
        "turnaround_withheld_reason": "suppressed_complementary",
    },
    {
        "team": "gamma",
        **NO_SUMS,
        "coverage": 152 / 182,
        "withheld_reason": "small_cell",
        "turnaround_withheld_reason": "small_cell",
    },
]

# (day, class) → vendor, person, service, unattributed and unpriced tokens.
TOKEN_PARTS = {
    (date(2026, 4, 2), "output"): (1000, 1000, 0, 0, 0),
    (date(2026, 5, 6), "output"): (10_000, 4000, 3000, 3000, 1000),
    (date(2026, 5, 15), "input_uncached"): (1000, 1000, 0, 0, 0),
    (date(2026, 5, 15), "cache_read"): (2000, 2000, 0, 0, 0),
    (date(2026, 5, 15), "none"): (None, None, None, None, None),
}
# (day, class) → list cost, the vendor's list cost, its charge, difference.
COSTS = {
    (date(2026, 4, 2), "output"): ("0.015", None, "0.015", None),
    (date(2026, 5, 6), "output"): ("0.135", None, None, None),
    (date(2026, 5, 15), "input_uncached"): ("0.003", "0.003", "0.0027", "0"),
    (date(2026, 5, 15), "cache_read"): ("0.0006", "0.0006", "0.00054", "0"),
    (date(2026, 5, 15), "none"): (None, "0.03", "0.03", None),
}
UNATTRIBUTED = {
    ("user", "user-a2", "email_not_in_force"),
    ("user", "user-a3", "outside_employment"),
    ("user", "user-claimed", "ambiguous"),
    ("api_key", "key-nobody", "unknown_key"),
    ("unknown", "", "unknown_principal"),
}
CREDITS = {
    ("issue", "main/1"): {"alpha-1": 500_000, "alpha-2": 500_000},
    ("issue", "main/2"): {"alpha-1": 1_000_000},
    ("issue", "main/5"): {"alpha-2": 1_000_000},
    ("issue", "main/6"): {"alpha-4": 333_334, "alpha-5": 333_333, "alpha-6": 333_333},
    ("issue", "main/8"): {"unattributed": 1_000_000},
    ("merged_change", "app@m1"): {"alpha-1": 500_000, "alpha-2": 500_000},
    ("merged_change", "app@m2"): {
        "alpha-4": 333_334,
        "alpha-5": 333_333,
        "alpha-6": 333_333,
    },
    ("merged_change", "app@m6"): {"alpha-1": 1_000_000},
    ("merged_change", "app@m7"): {"unattributed": 1_000_000},
    ("merged_change", "app@m8"): {"alpha-8": 1_000_000},
    # w1 was squashed: its authors are those of the pull request, not the merger.
    ("issue", "main/9"): {"beta-2": 500_000, "beta-3": 500_000},
    ("merged_change", "hub/pr-1"): {"beta-2": 500_000, "beta-3": 500_000},
    # An agent wrote it in the name of beta-2.
    ("merged_change", "hub/pr-2"): {"beta-2": 1_000_000},
}
# Only where a rule differs from the published one: (item, rule) → shares.
OTHER_CREDITS = {
    ("main/1", "assignee"): {"alpha-1": 1_000_000},
    ("main/1", "proportional"): {"alpha-1": 1_000_000},
    ("main/6", "assignee"): {"alpha-2": 1_000_000},
    ("main/6", "proportional"): {"alpha-4": 1_000_000},
    ("main/9", "assignee"): {"beta-2": 1_000_000},
    ("main/9", "proportional"): {"beta-2": 687_500, "beta-3": 312_500},
    ("app@m1", "assignee"): {"alpha-1": 1_000_000},
    ("app@m1", "proportional"): {"alpha-1": 1_000_000},
    ("app@m2", "assignee"): {"alpha-4": 1_000_000},
    ("app@m2", "proportional"): {"alpha-4": 1_000_000},
    ("hub/pr-1", "assignee"): {"beta-2": 1_000_000},
}
# No review of one's own, nor of what one co-wrote or answers for.
REVIEWS = {("pr-1", "beta-4"), ("pr-2", "beta-4")}
DELIVERY = [
    {
        "person_id": "beta-2",
        "delivered_n": third(500_000),
        "delivered_w": None,  # no quarter before has points
        "delivered_spread_n": third(500_000),  # 0.5, 0.6875 or all of AB-9
        "merged_n": third(1_500_000),
        "turnaround_hours": 32.0,  # four working days
        "reopened_share": 0,
        "reverted_share": third(500_000),  # pr-4 took pr-1 back
        "ai_assisted_share": third(500_000),
        "ai_assisted_coverage": 1.0,
        "pull_request_hours": 8.0,
        "reviews_given": 0,
        "review_hours": 1.0,  # three of a day's 24 hours are one of eight
    },
    {
        "person_id": "beta-3",
        "merged_n": third(500_000),
        "reverted_share": 1,
        "pull_request_hours": None,  # the only one is open
        "pull_request_withheld_reason": "insufficient_evidence",
        "reviews_given": 0,
    },
    {"person_id": "beta-4", "merged_n": 0, "delivered_n": 0, "reviews_given": 2},
    {
        "person_id": "alpha-1",
        "reopened_share": Decimal("0.666666666667"),  # AB-2 and AB-3 of three
        "reverted_share": 0,
        # 7 lines of 950, and half of the 100 of m1.
        "rewritten_own_share": 0,
        "rewritten_others_share": Decimal("0.007"),
        "delivered_spread_n": third(500_000),
    },
]
# (source, table) → newest day, expected and delivered days, connected, late.
REACH = {
    ("anthropic", "usage"): (date(2026, 8, 9), 131, 130, True, False),
    ("anthropic", "cost"): (date(2026, 8, 9), 131, 131, True, False),
    ("jira", "issues"): (date(2026, 7, 1), None, None, True, True),
    ("git", "commits"): (date(2026, 6, 22), None, None, True, True),
    ("github", "pull_requests"): (date(2026, 6, 26), None, None, True, True),
    ("people", "persons"): (date(2026, 8, 10), None, None, True, False),
    ("deliverables", "items"): (date(2026, 6, 20), None, None, True, True),
    ("cursor", "all"): (None, None, None, False, False),
}
DELIVERABLE_CREDITS = {
    ("advice", "A1"): {"alpha-1": 500_000, "unattributed": 500_000},
    ("advice", "A2"): {"alpha-1": 500_000, "alpha-6": 500_000},
    ("advice", "A3"): {"beta-1": 333_334, "beta-2": 333_333, "beta-3": 333_333},
    ("advice", "A5"): {"beta-5": 1_000_000},
    ("advice", "A6"): {"beta-6": 1_000_000},
    ("advice", "A7"): {"beta-5": 1_000_000},
    ("board", "1"): {"alpha-1": 1_000_000},
    ("board", "2"): {"alpha-2": 1_000_000},  # its holder when it was done again
    ("board", "5"): {"alpha-2": 1_000_000},
    ("board", "6"): {"alpha-2": 1_000_000},
    ("board", "8"): {"unattributed": 1_000_000},
    ("board", "9"): {"beta-2": 1_000_000},
}
# Items, hours and share returned of the second quarter; None is withheld. Of alpha-1
# 24, 24 and 48 hours are done, and AB-3 came back and waits.
DELIVERABLES = {
    "alpha-1": ("2", 24.0, 1 / 3),
    "alpha-2": ("2", 24.0, 1 / 2),  # AB-5 waits for 14 hours at the quarter's end
    "alpha-4": (None, None, None),
    "alpha-6": ("0.5", 24.0, 0.0),
    "beta-1": ("0.333334", None, None),  # nobody says when it began or came back
    "beta-4": ("0", None, None),
    "beta-6": ("1", 72.0, 1.0),
}
LEAD_TIMES = {
    "AB-1": (18_720, at(5, 3)),  # 13 days from 20 April
    "AB-5": (103_110, at(6, 30, 22, 30)),
    "AB-7": (None, None),
}

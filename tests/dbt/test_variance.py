"""The way from our list cost to the bill: each cause, seeded alone, is found."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import finance_world
import pytest
from finance_world import PRICE, at, billed, charged, used
from warehouse import World

pytestmark = pytest.mark.slow
STEPS = (
    *("unpriced_model", "price", "missing_log", "time_zone", "revision", "volume"),
    *("discount", "seat_or_overage", "unexplained"),
)
DAY = date(2026, 5, 10)
LOST = date(2026, 5, 20)
# Bill, and the steps that are not zero: all others must be.
CASES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "nothing": ("10", {}),
    "unpriced_model": ("14", {"unpriced_model": "4"}),
    "price": ("12", {"price": "2"}),
    "missing_log": ("15", {"missing_log": "5"}),
    "missing_log_costed": ("15", {"missing_log": "4.5", "volume": "0.5"}),
    "time_zone": ("11", {"time_zone": "1"}),
    "revision": ("12", {"revision": "2"}),
    "volume": ("13", {"volume": "3"}),
    "not_billed": ("0", {"volume": "-10"}),
    "discount": ("9", {"discount": "-1"}),
    "contract": ("8", {"discount": "-2"}),
    "contract_as_line": ("8", {"discount": "-2"}),
    "seat_or_overage": ("53", {"seat_or_overage": "43"}),
    "rounding": ("10.01", {"unexplained": "0.01"}),
    "unknown_kind": ("15", {"unexplained": "5"}),
    "amount_only": ("10.5", {"unexplained": "0.5"}),
    "euros": ("10", {}),
    "two_prices": ("11", {"price": "1"}),
    "millions": ("10", {}),
    "credits": ("3", {"volume": "1"}),
    "report": ("9", {"discount": "-1"}),
    "report_missing": ("15", {"missing_log": "5"}),
    "report_unpriced": ("14", {"unpriced_model": "4"}),
}


def usage() -> list[dict[str, Any]]:
    """A million tokens, 10 dollars, for every case; more or less for some."""
    rows = [used(case, DAY, 1_000_000) for case in CASES if case != "credits"]
    for case in ("unpriced_model", "report_unpriced"):
        new = {"model": "new", "vendor_model": "new"}
        rows.append(used(case, DAY, 500_000, price=None, **new))
    rows += [used("no_rate", DAY, 1_000_000)]
    for row in rows:
        if row["vendor"] in ("contract", "contract_as_line"):
            row["contracted_usd"] = Decimal(8)
    stated = used("credits", DAY, 0, token_class="none", price_basis="vendor_list")
    two = {"usage_usd": Decimal(2), "contracted_usd": Decimal(2)}
    rows.append({**stated, **two, "tokens": None, "credits": Decimal(200)})
    return rows


def bills() -> list[dict[str, Any]]:
    """The invoices, each with its own difference."""
    million = {"quantity": Decimal("1"), "quantity_unit": "1000000 tokens"}
    half = {"quantity": Decimal(500_000)}
    money = {"quantity": None, "unit_price": None, "model": None, "token_class": None}
    return [
        billed("nothing"),
        billed("unpriced_model"),
        billed(
            "unpriced_model", 2, **half, model="new",
            unit_price=Decimal("0.000008"), amount=Decimal(4),
        ),
        billed("price", unit_price=Decimal("0.000012"), amount=Decimal(12)),
        billed("missing_log", quantity=Decimal(1_500_000), amount=Decimal(15)),
        billed("missing_log_costed", quantity=Decimal(1_500_000), amount=Decimal(15)),
        billed(
            "time_zone", time_zone="America/Los_Angeles",
            quantity=Decimal(1_100_000), amount=Decimal(11),
        ),
        billed("revision", quantity=Decimal(1_200_000), amount=Decimal(12)),
        billed("volume", quantity=Decimal(1_300_000), amount=Decimal(13)),
        billed("not_billed", quantity=Decimal(0), amount=Decimal(0), model="other"),
        billed("discount"),
        billed("discount", 2, **money, charge_kind="discount", amount=Decimal(-1)),
        billed("contract", unit_price=Decimal("0.000008"), amount=Decimal(8)),
        billed("contract_as_line"),
        billed(
            "contract_as_line", 2, **money, charge_kind="discount", amount=Decimal(-2)
        ),
        billed("seat_or_overage"),
        billed("seat_or_overage", 2, **money, charge_kind="seat", amount=Decimal(40)),
        billed("seat_or_overage", 3, **money, charge_kind="overage", amount=Decimal(5)),
        billed("seat_or_overage", 4, **money, charge_kind="tax", amount=Decimal(1)),
        billed("seat_or_overage", 5, **money, charge_kind="credit", amount=Decimal(-3)),
        billed("rounding", amount=Decimal("10.01")),
        billed("unknown_kind"),
        billed("unknown_kind", 2, **money, charge_kind="adjustment", amount=Decimal(5)),
        billed("amount_only", **money, amount=Decimal("10.5")),
        billed(
            "euros", currency="EUR", unit_price=Decimal("0.000008"), amount=Decimal(8)
        ),
        billed("no_rate", currency="GBP"),
        billed("two_prices", **half, amount=Decimal(5)),
        billed(
            "two_prices", 2, **half,
            unit_price=Decimal("0.000012"), amount=Decimal(6),
        ),
        billed("millions", **million, unit_price=Decimal(10), model="m-0101"),
        billed(
            "credits", model=None, token_class=None, service_tier=None,
            quantity=Decimal(300), quantity_unit="credits",
            unit_price=Decimal("0.01"), amount=Decimal(3),
        ),
    ]  # fmt: skip


def hours() -> list[dict[str, Any]]:
    """Two hours at the edges of May: one before it in California, one still in it."""
    return [
        {
            "source": "time_zone",
            "scope": "time_zone",
            "evidence": "vendor",
            "vendor_model": "m-0101",
            "service_tier": "not_reported",
            "output": tokens,
            "is_elsewhere": False,
            "usage_date": hour.date(),
            "used_hour_at": hour,
        }
        for hour, tokens in ((at(5, 1, 3), 200_000), (at(6, 1, 2), 300_000))
    ]


def versions() -> list[dict[str, Any]]:
    """1.2 million when the invoice was issued, a million since."""
    row = {
        "source": "revision",
        "scope": "revision",
        "evidence": "vendor",
        "vendor_model": "m-0101",
        "service_tier": "not_reported",
        "usage_date": DAY,
    }
    return [
        {**row, "output": 1_200_000, "known_at": at(5, 11), "superseded_at": at(6, 9)},
        {**row, "output": 1_000_000, "known_at": at(6, 9)},
        # First seen after the invoice: not a revision of anything it could know.
        {**row, "output": 1, "usage_date": LOST, "known_at": at(7, 1)},
    ]


def costs() -> list[dict[str, Any]]:
    """The vendor's own reports: of a lost day, and of months without an invoice."""
    of_m = {"vendor_model": "m-0101", "token_class": "output"}
    of_new = {"vendor_model": "new", "token_class": "output"}
    return [
        charged("missing_log_costed", LOST, **of_m, billed_usd=Decimal("4.5")),
        charged("report", DAY, **of_m, list_usd=Decimal(10), billed_usd=Decimal(9)),
        charged("report_missing", DAY, **of_m, billed_usd=Decimal(10)),
        charged("report_missing", LOST, **of_m, billed_usd=Decimal(5)),
        charged("report_unpriced", DAY, **of_m, billed_usd=Decimal(10)),
        charged("report_unpriced", DAY, **of_new, billed_usd=Decimal(4)),
        # The month that runs has no bill yet.
        charged("report", date(2026, 8, 2), **of_m, billed_usd=Decimal(9)),
    ]


@pytest.fixture(scope="module")
def variances(
    tmp_path_factory: pytest.TempPathFactory,
) -> Mapping[str, Mapping[str, Any]]:
    """mart_cost_variance by case, of one build."""
    rows = {
        **finance_world.organisation(),
        "staging.stg_finance__invoice_lines": bills(),
        "staging.stg_finance__exchange_rates": [
            {
                "currency": currency,
                "usd_per_unit": Decimal("1.25"),
                "rate_date": rate_date,
            }
            # Sterling's is more than a week older than its invoice.
            for currency, rate_date in (
                ("EUR", date(2026, 5, 29)),
                ("GBP", date(2026, 5, 25)),
            )
        ],
        "intermediate.int_usage_attributed": usage(),
        "intermediate.int_usage_reported": hours(),
        "intermediate.int_usage_versions_summed": versions(),
        "intermediate.int_vendor_costs_converted": costs(),
        "intermediate.int_scopes_decided": [
            {
                "scope": case,
                "counting_source": case,
                "evidence": "vendor",
                "usage_date": day,
            }
            for case, days in {
                "time_zone": (date(2026, 5, 1), date(2026, 6, 1)),
                "revision": (DAY, LOST),
            }.items()
            for day in days
        ],
        "intermediate.int_usage_days_missed": [
            {"vendor": case, "usage_date": LOST}
            for case in ("missing_log", "missing_log_costed", "report_missing")
        ],
    }
    world = finance_world.built(tmp_path_factory.mktemp("variance"), rows)
    assert_whole(world)
    found = world.rows("from finance.mart_cost_variance")
    return {row["vendor"]: row for row in found}


def assert_whole(world: World) -> None:
    """Every bill has its row, once."""
    counts = world.rows(
        "select count(*) as n, count(distinct vendor) as vendors "
        "from finance.mart_cost_variance"
    )
    assert counts == [{"n": len(CASES) + 1, "vendors": len(CASES) + 1}]


@pytest.mark.parametrize("case", CASES)
def test_a_cause_that_is_seeded_alone_is_found_and_sized(
    variances: Mapping[str, Mapping[str, Any]], case: str
) -> None:
    bill, steps = CASES[case]
    row = variances[case]
    found = {
        step: row[f"{step}_usd"].quantize(Decimal("0.01"))
        for step in STEPS
        if row[f"{step}_usd"].quantize(Decimal("0.01"))
    }
    assert found == {step: Decimal(amount) for step, amount in steps.items()}
    assert row["bill_usd"].quantize(Decimal(1)) == Decimal(bill).quantize(Decimal(1))


@pytest.mark.parametrize("case", CASES)
def test_the_steps_sum_to_the_difference_exactly(
    variances: Mapping[str, Mapping[str, Any]], case: str
) -> None:
    row = variances[case]
    assert sum(row[f"{step}_usd"] for step in STEPS) == row["difference_usd"]
    assert row["difference_usd"] == row["bill_usd"] - row["list_cost_usd"]


def test_a_bill_in_a_currency_without_a_rate_is_not_guessed(
    variances: Mapping[str, Mapping[str, Any]],
) -> None:
    row = variances["no_rate"]
    assert row["unconverted_lines_n"] == 1
    assert row["list_cost_usd"] == 1_000_000 * PRICE
    names = ("bill_usd", "difference_usd", *(f"{step}_usd" for step in STEPS))
    assert {row[name] for name in names} == {None}


def test_the_vendors_report_stands_for_an_invoice_that_there_is_not(
    variances: Mapping[str, Mapping[str, Any]],
) -> None:
    sources = {case: row["bill_source"] for case, row in variances.items()}
    assert {case for case in sources if sources[case] == "vendor_report"} == {
        case for case in CASES if case.startswith("report")
    }

"""What a changed price book did to the cost of usage, against a hand calculation.

On 5 August two things became known: input of model-one costs 2 dollars a million from
16 May instead of 3, and its output costs a tenth less by contract from 1 June. A
contract for a model that nobody uses came with them.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import parquet_lake
import pytest
import small_company
from warehouse import World

from ingestion.sources.prices.tables import LIST_PRICES

pytestmark = pytest.mark.slow
Row = dict[str, Any]
MAY, JUNE, AUGUST = date(2026, 5, 1), date(2026, 6, 1), date(2026, 8, 1)


def known(day: int, month: int) -> datetime:
    """A morning of 2026 as the lake keeps it."""
    return datetime(2026, month, day, 6, tzinfo=UTC).replace(tzinfo=None)


def contract(model: str, **said: Any) -> Row:
    """A row of the contract file for every value of what is not said."""
    wild = dict.fromkeys(("token_class", "service_tier", "context_band", "region"), "*")
    return {
        "vendor": "anthropic",
        "model": model,
        **wild,
        "valid_from": JUNE,
        "known_at": known(5, 8),
        **said,
    }


def rows() -> Mapping[str, Sequence[Row]]:
    """The small company with what became known on 5 August, and use in a quarter
    that was over long before."""
    made = dict(small_company.rows())
    prices = [
        {**price, "source_version": "2", "known_at": known(5, 8)}
        for price in made["prices/list_prices"]
    ]
    old = small_company.used((3, 31), "user", "user-a1", (1000, 0, 0, 0, 0))
    return {
        **made,
        "prices/list_prices": prices,
        "anthropic/usage": [*made["anthropic/usage"], old],
        "finance/contract_prices": [
            contract(
                "model-one",
                token_class="output",
                discount_share=Decimal("0.1"),
                evidence="annex 1",
            ),
            contract("model-two", usd_per_million=Decimal(99)),
        ],
    }


def former() -> list[Row]:
    """The book until 5 August: 3 dollars a million of input throughout."""
    superseded = {"known_at": known(1, 7), "superseded_at": known(5, 8)}
    return [
        {**price, **superseded, "valid_to": None}
        for price in small_company.prices()
        if price["valid_from"] == date(1970, 1, 1)
    ]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The company after the change, built as far as the report."""
    made = World(tmp_path_factory.mktemp("revision"))
    parquet_lake.write_lake(made.lake, rows())
    parquet_lake.write_history(made.lake, LIST_PRICES, former())
    which = ("-s", "+mart_price_revision", "+dim_model_price")
    tests = ("--exclude-resource-type", "unit_test", "--indirect-selection", "cautious")
    return made.built("build", *tests, *which)


def report(world: World) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """(kind, month, class) → (tokens, of these changed, before, after, difference)."""
    found = world.rows("from finance.mart_price_revision")
    return {
        (row["price_kind"], row["month_start"], row["token_class"]): (
            row["tokens"],
            row["changed_tokens"],
            row["cost_before_usd"],
            row["cost_after_usd"],
            row["difference_usd"],
        )
        for row in found
    }


def test_the_report_is_the_hand_calculation(world: World) -> None:
    # 15 May, 16 May, and 16 May in the long band, which did not change.
    input_of_may = (3000, 1000, *dollars("0.012", "0.011", "-0.001"))
    assert report(world) == {
        ("list", MAY, "input_uncached"): input_of_may,
        ("contract", MAY, "input_uncached"): input_of_may,
        ("contract", JUNE, "output"): (
            1000, 1000, *dollars("0.015", "0.0135", "-0.0015"),
        ),
        ("contract", AUGUST, "output"): (
            1000, 1000, *dollars("0.015", "0.0135", "-0.0015"),
        ),
    }  # fmt: skip


def dollars(*amounts: str) -> tuple[Decimal, ...]:
    """Exact amounts."""
    return tuple(map(Decimal, amounts))


def test_each_row_says_which_change_it_was(world: World) -> None:
    found = world.rows(
        "select distinct price_kind, token_class, price_source_before as before, "
        "price_source_after as after, changed_on from finance.mart_price_revision"
    )
    said = {(row["price_kind"], row["token_class"]): row for row in found}
    assert len(said) == len(found) == 3
    assert said["list", "input_uncached"]["before"] == "by hand, 1"
    assert said["list", "input_uncached"]["after"] == "by hand, 2"
    assert said["contract", "output"]["after"] == "contract, annex 1"
    assert {row["changed_on"] for row in found} == {date(2026, 8, 5)}


def test_the_closed_quarter_does_not_move(world: World) -> None:
    quarter = "usage_date < date '2026-04-01'"
    (row,) = world.rows(
        "select sum(tokens) as tokens, sum(usage_usd) as cost "
        f"from intermediate.int_usage_attributed where {quarter}"
    )
    assert row == {"tokens": 1000, "cost": Decimal("0.003")}
    assert min(month for _, month, _ in report(world)) == MAY


def test_the_cost_after_is_the_cost_that_usage_has(world: World) -> None:
    (row,) = world.rows(
        "select sum(usage_usd) as cost from intermediate.int_usage_attributed "
        "where model = 'model-one' and token_class = 'input_uncached' "
        "and date_trunc('month', usage_date) = date '2026-05-01'"
    )
    assert row["cost"] == report(world)["list", MAY, "input_uncached"][3]


def test_contract_prices_stand_beside_list_prices_from_their_day(world: World) -> None:
    found = world.rows(
        "select model, price_kind, usd_per_token, valid_from from core.dim_model_price "
        "where token_class = 'output' order by price_kind"
    )
    assert [tuple(row.values()) for row in found] == [
        ("model-one", "contract", Decimal("0.0000135"), JUNE),
        ("model-one", "list", Decimal("0.000015"), date(1970, 1, 1)),
    ]

"""Charges by FOCUS: shared to the pico-dollar, amortised, converted, each its kind."""

import csv
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import finance_world
import pytest
from finance_world import at, billed, charged, used
from warehouse import REPOSITORY, World

pytestmark = pytest.mark.slow
FOCUS = REPOSITORY.parent / "shared/data/vendors/focus/focus_v1_2_columns.csv"
TYPES = {
    "Decimal": "DECIMAL(38,12)",
    "String": "VARCHAR",
    "Date/Time": "TIMESTAMP",
    "JSON": "VARCHAR",
}
FIRST, SECOND, THIRD = date(2026, 5, 10), date(2026, 5, 11), date(2026, 5, 12)
ODD = Decimal("10.000000000001")
PICO = Decimal("0.000000000001")


def by(number: int, **other: Any) -> dict[str, Any]:
    """Whose usage it is: person number … of team one."""
    return {"principal_id": f"u{number}", "person_id": f"person-{number}", **other}


OTHERS = {"team": "two", "person_id": "person-101", "principal_id": "u101"}
SERVICE = {
    "attribution": "service",
    "person_id": None,
    "team": None,
    "cost_pool": "build farm",
    "principal_id": "svc",
}


def usage() -> list[dict[str, Any]]:
    """Three bearers of one vendor's charges; vendors for each other rule."""
    new = {"model": "new", "vendor_model": "new"}
    input_class = {"token_class": "input_uncached"}
    searches = {"token_class": "none", "price_basis": "not_tokens", "price": None}
    rows = [
        *(used("shared", FIRST, 1_000_000, **by(number)) for number in (1, 2, 3)),
        used("shared", FIRST, 3_000_000, **by(1), **input_class),
        used("shared", FIRST, 1_000_000, **SERVICE, **new, price=Decimal("0.00002")),
        used("shared", SECOND, 100, **by(1), **new, price=None),
        used("shared", SECOND, 300, **by(2), **new, price=None),
        used("shared", SECOND, 10, **by(3)),
        used("committed", FIRST, 1_000_000),
        used("committed", SECOND, 1_000_000),
        used("committed", SECOND, 500_000, **OTHERS),
        used("committed", THIRD, 1_000_000),
        used("unpriced", FIRST, 1_000_000, price=None),
        used("dollars", FIRST, 1_000_000),
        used("euros", FIRST, 1_000_000),
        used("seated", FIRST, 1_000, **OTHERS | {"principal_id": "seat-1"}),
    ]  # fmt: skip
    for row, units in (
        (used("shared", THIRD, 0, **by(1), **searches), 3),
        (used("shared", THIRD, 0, **by(2), **searches), 1),
    ):
        rows.append({**row, "tokens": None, "tool_units": Decimal(units)})
    return rows


def costs() -> list[dict[str, Any]]:
    """Charges that name nobody, at every width, and one that names its account."""
    m = {"vendor_model": "m-0101"}
    output = {**m, "token_class": "output"}
    named = {
        "principal_type": "user",
        "principal_id": "u1",
        "is_to_allocate": False,
        "is_total": True,
    }
    return [
        charged("shared", FIRST, **output, billed_usd=ODD, list_usd=-ODD),
        charged(
            "shared", FIRST, **m, token_class="cache_read", billed_usd=Decimal(6)
        ),
        charged("shared", FIRST, vendor_model="gone", billed_usd=Decimal(8)),
        charged("shared", SECOND, vendor_model="new", billed_usd=Decimal(4)),
        charged(
            "shared", THIRD, charge_kind="tool", **m, billed_usd=Decimal(8)
        ),
        charged("shared", date(2026, 6, 1), **output, billed_usd=Decimal(5)),
        charged("shared", FIRST, **named, region="named", billed_usd=Decimal(7)),
        charged("shared", FIRST, charge_kind="credit", billed_usd=Decimal(3)),
        charged("shared", FIRST, charge_kind="tax", billed_usd=Decimal(2)),
        charged("shared", FIRST, charge_kind="seat", billed_usd=Decimal(30)),
        charged("unpriced", FIRST, **output, billed_usd=Decimal(12)),
        charged("dollars", FIRST, charge_kind="tool", billed_usd=Decimal("9.87")),
        charged(
            "euros", FIRST, charge_kind="tool", currency="EUR",
            amount_billed=Decimal("7.896"),
        ),
        charged(
            "euros", SECOND, charge_kind="tool", currency="GBP",
            amount_billed=Decimal("7.896"),
        ),
    ]  # fmt: skip


def seats() -> list[dict[str, Any]]:
    """Nine seats of team one, one of them used; one of nobody; one without a price."""
    seat = {
        "vendor": "seated",
        "account_kind": "user",
        "plan": "business",
        "monthly_usd": Decimal(40),
        "assigned_on": date(2026, 5, 20),
        "known_at": at(8, 1),
    }
    return [
        *(
            {
                **seat,
                "account_id": f"seat-{number}",
                "person_id": f"person-{number}",
                "team": "one",
                "last_active_on": date(2026, 7, 3) if number == 2 else None,
            }
            for number in range(1, 9)
        ),
        {**seat, "account_id": "seat-9", "ends_on": date(2026, 5, 31)},
        {
            **seat,
            "account_id": "seat-10",
            "person_id": "person-101",
            "team": "two",
            "monthly_usd": None,
        },
        # The vendor's own seat charges stand for this one's list.
        {**seat, "vendor": "shared", "account_id": "u1", "team": "one"},
    ]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """One build of all cases."""
    rates = [("EUR", "1.25", date(2026, 5, 8))]
    prepaid = {
        "vendor": "committed",
        "kind": "prepaid_credit",
        "currency": "USD",
        "starts_on": date(2026, 5, 1),
    }
    rows = {
        **finance_world.organisation(),
        "staging.stg_finance__exchange_rates": [
            {"currency": currency, "usd_per_unit": Decimal(rate), "rate_date": day}
            for currency, rate, day in rates
        ],
        "staging.stg_finance__commitments": [
            {
                **prepaid,
                "commitment_id": "c-1",
                "amount": Decimal(18),
                "ends_on": date(2026, 5, 11),
            },
            {
                **prepaid,
                "commitment_id": "c-2",
                "amount": Decimal(100),
                "ends_on": date(2026, 6, 30),
                "starts_on": THIRD,
            },
        ],
        "staging.stg_finance__invoice_lines": [
            billed("dollars"),
            billed(
                "euros", currency="EUR", amount=Decimal(8),
                unit_price=Decimal("0.000008"), issued_at=at(5, 10),
            ),
        ],
        "intermediate.int_usage_attributed": usage(),
        "intermediate.int_vendor_costs_converted": costs(),
        "intermediate.int_seats_held": seats(),
        "intermediate.int_accounts_resolved": [
            {
                "source": "shared",
                "account_kind": "user",
                "account_id": "u1",
                "person_id": "person-1",
                "team": "one",
                "attribution": "person",
                "confidence": 0.9,
                "seen_date": FIRST,
            }
        ],
    }  # fmt: skip
    return finance_world.built(tmp_path_factory.mktemp("cost"), rows)


def parts(world: World, where: str) -> dict[str, Decimal]:
    """What each principal bears of the charges."""
    rows = world.rows(
        "select principal_id, sum(billed_usd) as usd "
        f"from intermediate.int_costs_allocated where vendor = 'shared' and {where} "
        "group by principal_id"
    )
    return {row["principal_id"]: row["usd"] for row in rows}


def test_a_charge_is_shared_to_the_pico_dollar(world: World) -> None:
    where = "vendor_model = 'm-0101' and token_class = 'output' and "
    found = parts(world, f"{where} usage_date = date '2026-05-10'")
    third = Decimal("3.333333333333")
    assert found == {"u1": third + PICO, "u2": third + PICO, "u3": third}
    assert sum(found.values()) == ODD
    listed = world.rows(
        "select sum(list_usd) as usd, max(confidence) as confidence, "
        "max(allocation_scope) as scope from intermediate.int_costs_allocated "
        f"where {where} vendor = 'shared' and usage_date = date '2026-05-10'"
    )
    assert listed == [{"usd": -ODD, "confidence": 0.3, "scope": "all_named"}]


def test_a_charge_without_use_of_its_class_is_shared_among_users_of_the_model(
    world: World,
) -> None:
    # Of 60 dollars of m: 40 by the first, ten by each of the others.
    found = parts(world, "token_class = 'cache_read'")
    assert found == {"u1": Decimal(4), "u2": Decimal(1), "u3": Decimal(1)}


def test_a_charge_for_a_model_nobody_used_is_shared_by_the_cost_of_the_day(
    world: World,
) -> None:
    found = parts(world, "vendor_model = 'gone'")
    assert found == {
        "u1": Decimal(4),
        "u2": Decimal(1),
        "u3": Decimal(1),
        "svc": Decimal(2),
    }


def test_tokens_weigh_where_use_has_no_price(world: World) -> None:
    found = parts(world, "vendor_model = 'new'")
    assert found == {"u1": Decimal(1), "u2": Decimal(3)}


def test_tools_are_shared_by_their_own_units(world: World) -> None:
    found = parts(world, "charge_kind = 'tool'")
    assert found == {"u1": Decimal(6), "u2": Decimal(2)}


def test_a_charge_of_a_day_without_use_stays_whole_and_nobodys(world: World) -> None:
    rows = world.rows(
        "from intermediate.int_costs_allocated where usage_date = date '2026-06-01'"
    )
    assert [(r["billed_usd"], r["attribution"], r["method"]) for r in rows] == [
        (Decimal(5), "unattributed", "unallocated")
    ]


def test_a_charge_that_names_its_account_is_that_accounts(world: World) -> None:
    rows = world.rows("from intermediate.int_costs_allocated where region = 'named'")
    assert [(r["person_id"], r["method"], r["confidence"]) for r in rows] == [
        ("person-1", "direct", 0.9)
    ]


def test_no_charge_is_lost_or_doubled_on_its_way(world: World) -> None:
    lost = world.rows(
        "with before as (select vendor, usage_date, charge_kind, "
        "sum(billed_usd) as usd from intermediate.int_vendor_amounts_converted "
        "group by all), after as (select vendor, usage_date, charge_kind, "
        "sum(billed_usd) as usd from intermediate.int_costs_allocated group by all) "
        "from before full join after using (vendor, usage_date, charge_kind) "
        "where before.usd is distinct from after.usd"
    )
    assert lost == []


def charges(world: World, vendor: str, columns: str) -> list[tuple[Any, ...]]:
    """Columns of the vendor's charges, sorted."""
    rows = world.rows(
        f"select {columns} from finance.fct_ai_cost "
        f"where x_SourceSystem = '{vendor}' order by all"
    )
    return [tuple(row.values()) for row in rows]


def test_a_commitment_pays_until_it_is_used_up_and_its_rest_is_nobodys(
    world: World,
) -> None:
    found = world.rows(
        "select cast(ChargePeriodStart as date) as day, "
        "CommitmentDiscountStatus as status, sum(ListCost) as listed, "
        "sum(EffectiveCost) as effective, sum(BilledCost) as billed, "
        "max(x_Attribution) as whose "
        "from finance.fct_ai_cost where x_SourceSystem = 'committed' "
        "and ChargeCategory = 'Usage' group by day, status order by all"
    )
    days: dict[tuple[date, bool], list[Decimal]] = {}
    for row in found:
        key = (row["day"], row["status"] == "Unused")
        sums = days.setdefault(key, [Decimal(0)] * 3)
        for place, name in enumerate(("listed", "effective", "billed")):
            sums[place] += row[name]
    # 18 dollars pay the first day's ten and eight of the second day's fifteen.
    assert days == {
        (FIRST, False): [10, 10, 0],
        (SECOND, False): [15, 15, 7],
        (THIRD, False): [10, 10, 0],
        (date(2026, 6, 30), True): [0, 90, 0],
    }
    assert {row["whose"] for row in found if row["status"] == "Unused"} == {
        "unattributed"
    }
    bought = world.rows(
        "select CommitmentDiscountId as id, ListCost as listed, BilledCost as billed, "
        "EffectiveCost as effective from finance.fct_ai_cost "
        "where ChargeCategory = 'Purchase' and CommitmentDiscountId is not null "
        "order by id"
    )
    assert [tuple(row.values()) for row in bought] == [
        ("c-1", 18, 18, 0),
        ("c-2", 100, 100, 0),
    ]


def test_all_that_is_paid_is_amortised_over_use_and_loss(world: World) -> None:
    sums = world.rows(
        "select sum(BilledCost) as billed, sum(EffectiveCost) as effective "
        "from finance.fct_ai_cost where x_SourceSystem = 'committed'"
    )
    assert sums == [{"billed": 125, "effective": 125}]


def test_seats_are_bought_by_the_month_and_never_used(world: World) -> None:
    found = world.rows(
        "select cast(ChargePeriodStart as date) as month, x_Team as team, "
        "cast(BilledCost as int) as usd, cast(PricingQuantity as int) as seats "
        "from finance.fct_ai_cost where x_SourceSystem = 'seated' "
        "and x_ChargeKind = 'seat' order by all"
    )
    assert [tuple(row.values()) for row in found] == [
        (date(2026, 5, 1), "one", 320, 8),
        (date(2026, 5, 1), None, 40, 1),
        *((date(2026, month, 1), "one", 320, 8) for month in (6, 7, 8)),
    ]
    kinds = world.rows(
        "select distinct ChargeCategory as category, ConsumedQuantity as consumed "
        "from finance.fct_ai_cost where x_ChargeKind = 'seat'"
    )
    assert kinds == [{"category": "Purchase", "consumed": None}]


def test_the_vendors_own_seat_charges_stand_for_its_list(world: World) -> None:
    found = world.rows(
        "select cast(sum(BilledCost) as int) as usd from finance.fct_ai_cost "
        "where x_SourceSystem = 'shared' and x_ChargeKind = 'seat' "
        "and ChargePeriodStart < timestamp '2026-06-01'"
    )
    assert found == [{"usd": 30}]


def test_seats_that_nobody_uses_are_seen_with_their_cost(world: World) -> None:
    found = world.rows(
        "select month_start, team, seats_n, active_seats_n, unpriced_seats_n, "
        "seat_cost_usd, unused_seat_cost_usd from finance.mart_seat_utilisation "
        "where vendor = 'seated' and month_start in (date '2026-05-01', "
        "date '2026-07-01') order by all"
    )
    assert [tuple(row.values()) for row in found] == [
        (date(2026, 5, 1), "one", 8, 1, 0, 320, 280),
        (date(2026, 5, 1), "small_teams", 1, 1, 1, None, None),
        (date(2026, 5, 1), "unattributed", 1, 0, 0, 40, 40),
        (date(2026, 7, 1), "one", 8, 1, 0, 320, 280),
        (date(2026, 7, 1), "small_teams", 1, 0, 1, None, None),
    ]


def test_credits_are_negative_and_taxes_stand_alone(world: World) -> None:
    found = world.rows(
        "select ChargeCategory as category, BilledCost as usd from finance.fct_ai_cost "
        "where x_ChargeKind in ('credit', 'tax') order by all"
    )
    assert [tuple(row.values()) for row in found] == [("Credit", -3), ("Tax", 2)]


def test_usage_without_any_price_costs_what_the_vendor_says(world: World) -> None:
    found = charges(world, "unpriced", "ChargeCategory, x_CostBasis, x_Team, ListCost")
    assert found == [("Usage", "vendor_stated", "one", 12)]


def test_usage_without_a_price_is_not_in_it_and_never_free(world: World) -> None:
    found = world.rows(
        "from finance.fct_ai_cost where ChargeCategory = 'Usage' and ListCost = 0 "
        "and CommitmentDiscountStatus is null"
    )
    assert found == []


def test_the_same_money_in_euros_is_the_same_in_dollars(world: World) -> None:
    columns = "ListCost, ContractedCost, EffectiveCost, BilledCost, x_ChargeKind"
    dollars, euros = (charges(world, name, columns) for name in ("dollars", "euros"))
    assert len(dollars) == len(euros)
    for one, other in zip(dollars, euros, strict=True):
        for here, there in zip(one[:-1], other[:-1], strict=True):
            assert abs(here - there) <= Decimal("0.000000001")
    bills = world.rows(
        "select bill_usd, unexplained_usd, price_usd from finance.mart_cost_variance "
        "where bill_source = 'invoice' and vendor in ('dollars', 'euros')"
    )
    assert len(bills) == 2
    assert bills[0] == bills[1]


def test_an_amount_without_a_rate_is_unknown_and_marked(world: World) -> None:
    found = world.rows(
        "select usage_date, billed_usd, is_unconverted "
        "from intermediate.int_vendor_amounts_converted where currency <> 'USD' "
        "order by usage_date"
    )
    assert [tuple(row.values()) for row in found] == [
        (FIRST, Decimal("9.87"), False),
        (SECOND, None, True),
    ]


def test_small_teams_stand_together_and_no_person_is_named(world: World) -> None:
    found = world.rows(
        "select distinct x_Attribution as whose, x_Team as team, x_CostPool as pool "
        "from finance.fct_ai_cost order by all"
    )
    assert {tuple(row.values()) for row in found} == {
        ("person", "one", None),
        ("person", "small_teams", None),
        ("service", None, "build farm"),
        ("unattributed", None, None),
    }
    text = str(world.rows("from finance.fct_ai_cost"))
    assert "person-" not in text
    assert "'u1'" not in text


def test_columns_are_those_of_focus_in_its_order_with_its_types_and_nulls(
    world: World,
) -> None:
    if not FOCUS.exists():
        pytest.skip(f"the FOCUS column list is not beside the project: {FOCUS.name}")
    columns = focus_columns(FOCUS)
    described = world.rows("describe finance.fct_ai_cost")
    ours = {row["column_name"]: row["column_type"] for row in described}
    assert list(ours)[: len(columns)] == list(columns)
    added = list(ours)[len(columns) :]
    assert added[:2] == ["ServiceProviderName", "HostProviderName"]
    assert all(name.startswith("x_") for name in added[2:])
    for name, row in columns.items():
        assert ours[name] == TYPES[row["type"]], name
    never = [name for name, row in columns.items() if row["nulls"] == "False"]
    empty = world.rows(
        "select "
        + ", ".join(f"count(*) - count({name}) as {name}" for name in never)
        + " from finance.fct_ai_cost"
    )
    assert {name: n for name, n in empty[0].items() if n} == {}
    details = world.rows(
        "select count(*) as n from finance.fct_ai_cost where not json_valid(Tags) "
        "or not json_valid(SkuPriceDetails)"
    )
    assert details == [{"n": 0}]


def focus_columns(file: Path) -> Mapping[str, Mapping[str, str]]:
    """The columns of FOCUS 1.2 by name, in its order."""
    with file.open(newline="") as opened:
        return {row["column"]: row for row in csv.DictReader(opened)}

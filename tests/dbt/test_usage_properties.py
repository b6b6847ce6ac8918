"""What holds of usage and its cost in any world, over twenty generated ones.

The models' own compiled SQL runs over rows that Hypothesis draws; people, accounts and
prices are those of the small company. Numbers are those of the measurement
specification's list of properties.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warehouse import World

pytestmark = pytest.mark.slow
WORLDS = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
RUN = (
    "int_scopes_decided", "int_usage_unpivoted", "int_usage_priced",
    "int_accounts_seen", "int_accounts_claimed", "int_accounts_decided",
    "int_accounts_linked", "int_accounts_resolved",
    "int_usage_owned", "int_usage_attributed", "int_person_usage_summed",
    "int_costs_compared",
)  # fmt: skip
CLASSES = ("input_uncached", "cache_read", "cache_write_5m", "cache_write_1h", "output")
Row = dict[str, Any]
FIRST = date(2026, 5, 10)
PERSON = {"principal_type": "user", "principal_id": "user-a1"}
NOBODY = {"principal_type": "user", "principal_id": "user-of-nobody"}

principals = st.sampled_from(
    [
        {**PERSON, "principal_email": "alpha-1@company.example"},
        {
            "principal_type": "user",
            "principal_id": "user-a3",
            "principal_email": "alpha-3@company.example",
        },
        {"principal_type": "service_account", "principal_id": "svac-1"},
        {"principal_type": "api_key", "principal_id": "key-unknown"},
        {"principal_type": "unknown", "principal_id": ""},
    ]
)
rows = st.builds(
    lambda principal, day, model, tier, tokens, requests: {
        **principal,
        "usage_date": FIRST + timedelta(days=day),
        "vendor_model": model,
        "service_tier": tier,
        **dict(zip(CLASSES, tokens, strict=True)),
        "requests": requests,
    },
    principals,
    st.integers(0, 11),
    st.sampled_from(["model-one-0101", "model-of-no-book"]),
    st.sampled_from(["standard", "batch"]),
    st.tuples(*[st.integers(0, 10**9)] * len(CLASSES)),
    st.integers(0, 1000),
)
worlds = st.lists(rows, min_size=1, max_size=12)


class Models:
    """The models of usage over rows that are put in place of what vendors reported."""

    def __init__(self, world: World, folder: Path) -> None:
        copy = folder / "warehouse.duckdb"
        copy.write_bytes(world.warehouse.read_bytes())
        self._connection = duckdb.connect()
        self._connection.execute(f"attach '{copy}' as warehouse")
        self._connection.execute("use warehouse")
        nodes = world.manifest()["nodes"].values()
        code = {n["name"]: n["compiled_code"] for n in nodes if n["name"] in RUN}
        self._code = {name: code[name] for name in RUN}
        names = self._connection.execute(
            "select column_name, data_type from duckdb_columns() where "
            "database_name = 'warehouse' and table_name = 'int_usage_reported'"
        )
        self._columns = dict(names.fetchall())

    def made(self, reported: Sequence[Row]) -> "Models":
        """These models after a run over the rows."""
        self._connection.execute("delete from intermediate.int_usage_reported")
        filled = [{**dict.fromkeys(self._columns), **_row(row)} for row in reported]
        table = pa.Table.from_pylist(filled)
        self._connection.register("given", table)
        chosen = ", ".join(
            f"cast({name} as {kind}) as {name}" for name, kind in self._columns.items()
        )
        self._connection.execute(
            f"insert into intermediate.int_usage_reported select {chosen} from given"
        )
        self._connection.unregister("given")
        self.again()
        return self

    def again(self) -> None:
        """Run the models once more, say after a price changed."""
        for name, code in self._code.items():
            self._connection.execute(
                f"create or replace table intermediate.{name} as {code}"
            )

    def change(self, sql: str) -> None:
        """Change an input of the models."""
        self._connection.execute(sql)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql).fetchall()

    def persons(self) -> list[tuple[Any, ...]]:
        """Every figure of every person and quarter."""
        return self.rows(
            "select * from intermediate.int_person_usage_summed "
            "order by person_id, quarter_start"
        )

    def totals(self) -> Mapping[tuple[Any, ...], tuple[Any, ...]]:
        """Tokens and list cost by day, class and whose they are."""
        found = self.rows(
            "select usage_date, token_class, attribution, sum(tokens), sum(usage_usd) "
            "from intermediate.int_usage_attributed where token_class <> 'none' "
            "group by all"
        )
        return {key[:3]: key[3:] for key in found}

    def spent(self) -> Decimal:
        """List cost of all that has a price."""
        sql = (
            "select coalesce(sum(usage_usd), 0) from intermediate.int_usage_attributed"
        )
        return self.rows(sql)[0][0]


def _row(row: Row) -> Row:
    """A reported row with what all have alike."""
    return {
        "source": "anthropic",
        "table_name": "usage",
        "evidence": "vendor",
        "scope": "anthropic",
        "provider": "anthropic",
        **dict.fromkeys(("product", "region", "api_key_id"), "not_reported"),
        **dict.fromkeys(("project_id", "tool_unit"), "not_reported"),
        "context_window": "0-200k",
        "pull_id": "pull-1",
        "page_number": 1,
        "is_elsewhere": False,
        **row,
    }


@pytest.fixture(scope="module")
def models(small: World, tmp_path_factory: pytest.TempPathFactory) -> Models:
    return Models(small, tmp_path_factory.mktemp("properties"))


def halves(row: Row, share: int) -> tuple[Row, Row]:
    """The row as two that sum to it."""
    amounts = (*CLASSES, "requests")
    first = {name: row[name] * share // 100 for name in amounts}
    return {**row, **first}, {**row, **{n: row[n] - first[n] for n in amounts}}


@WORLDS
@given(world=worlds, share=st.integers(0, 100))
def test_a_split_row_changes_nothing(
    models: Models, world: list[Row], share: int
) -> None:  # 1
    before = (models.made(world).persons(), models.totals())
    first, second = halves(world[0], share)
    split = models.made([first, *world[1:], second])
    assert (split.persons(), split.totals()) == before


@WORLDS
@given(world=worlds, order=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(
    models: Models, world: list[Row], order: Any
) -> None:  # 2
    before = (models.made(world).persons(), models.totals())
    shuffled = list(world)
    order.shuffle(shuffled)
    assert (models.made(shuffled).persons(), models.totals()) == before


@WORLDS
@given(world=worlds, tokens=st.integers(1, 10**9))
def test_usage_of_nobody_leaves_every_person_alone_and_raises_the_total_by_itself(
    models: Models, world: list[Row], tokens: int
) -> None:  # 8
    persons, total = models.made(world).persons(), tokens_of(models)
    extra = {**world[0], **NOBODY, **dict.fromkeys(CLASSES, 0), "output": tokens}
    extra.pop("principal_email", None)
    assert models.made([*world, extra]).persons() == persons
    assert tokens_of(models) == total + tokens


@WORLDS
@given(world=worlds, tokens=st.integers(1, 10**9))
def test_what_is_attributed_moves_from_nobody_to_the_person(
    models: Models, world: list[Row], tokens: int
) -> None:  # 9
    usage = {**world[0], **dict.fromkeys(CLASSES, 0), "output": tokens}
    usage.pop("principal_email", None)
    before = parts(models.made([*world, {**usage, **NOBODY}]))
    email = {"principal_email": "alpha-1@company.example"}
    after = parts(models.made([*world, {**usage, **PERSON, **email}]))
    assert after["person"] == before.get("person", 0) + tokens
    assert after.get("unattributed", 0) == before["unattributed"] - tokens
    assert after.get("service", 0) == before.get("service", 0)


@WORLDS
@given(world=worlds)
def test_rows_of_zero_tokens_change_no_token_and_no_cost(
    models: Models, world: list[Row]
) -> None:  # 12
    before = models.made(world).totals()
    nothing = {**world[0], **dict.fromkeys(CLASSES, 0)}
    assert models.made([*world, nothing]).totals() == before


@WORLDS
@given(world=worlds, first=st.integers(0, 11))
def test_a_price_of_tomorrow_leaves_yesterday_and_an_unused_model_leaves_all(
    models: Models, world: list[Row], first: int
) -> None:  # 13
    before, spent = models.made(world).totals(), models.spent()
    prices = "intermediate.int_prices_spanned"
    day = FIRST + timedelta(days=first)
    models.change(f"create or replace table kept as from {prices}")
    try:
        models.change(
            f"insert into {prices} select * replace ('unused' as model) from {prices}"
        )
        models.again()
        assert models.totals() == before
        models.change(f"delete from {prices} where model = 'unused'")
        models.change(
            f"insert into {prices} select * replace (date '{day}' as valid_from, "
            f"2 * usd_per_token as usd_per_token) from {prices} "
            f"where valid_from <= '{day}' and valid_to > '{day}'"
        )
        models.change(
            f"update {prices} set valid_to = '{day}' "
            f"where valid_from < '{day}' and valid_to > '{day}'"
        )
        models.again()
        after = models.totals()
        early = {key: value for key, value in before.items() if key[0] < day}
        assert {key: after[key] for key in early} == early
        assert models.spent() >= spent
    finally:
        models.change(f"create or replace table {prices} as from kept")


@WORLDS
@given(world=worlds, share=st.integers(0, 99))
def test_a_discount_changes_what_is_contracted_and_no_list_cost(
    models: Models, world: list[Row], share: int
) -> None:  # 14
    persons, before = models.made(world).persons(), models.totals()
    contracts = "intermediate.int_contract_prices_spanned"
    models.change(f"create or replace table agreed as from {contracts}")
    try:
        models.change(
            f"insert into {contracts} by name select * replace ("
            f"cast(usd_per_token * {100 - share} / 100 as decimal(18, 12)) "
            "as usd_per_token, 'contract' as price_source) "
            "from intermediate.int_prices_spanned"
        )
        models.again()
        assert (models.persons(), models.totals()) == (persons, before)
        ((listed, contracted),) = models.rows(
            "select coalesce(sum(usage_usd), 0), coalesce(sum(contracted_usd), 0) "
            "from intermediate.int_usage_attributed"
        )
        assert contracted <= listed
    finally:
        models.change(f"create or replace table {contracts} as from agreed")


@WORLDS
@given(world=worlds)
def test_persons_service_and_unattributed_are_the_vendors_total(
    models: Models, world: list[Row]
) -> None:  # 21
    found = models.made(world).rows(
        "select vendor_tokens = person_tokens + service_tokens + unattributed_tokens "
        "+ elsewhere_tokens from intermediate.int_costs_compared "
        "where token_class <> 'none' and vendor = 'anthropic'"
    )
    assert all(is_whole for (is_whole,) in found)
    assert tokens_of(models) == sum(row[name] for row in world for name in CLASSES)


def tokens_of(models: Models) -> int:
    """Tokens of everybody and nobody."""
    return sum(tokens or 0 for tokens, _ in models.totals().values())


def parts(models: Models) -> dict[str, int]:
    """Tokens by whose they are."""
    found: dict[str, int] = {}
    for (_, _, whose), (tokens, _) in models.totals().items():
        found[whose] = found.get(whose, 0) + tokens
    return found

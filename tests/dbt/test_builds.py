"""Whole builds: of nothing, again on one thread, and of a lake with a defect."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import parquet_lake
import pytest
import small_company
from warehouse import World, models

pytestmark = pytest.mark.slow
Rows = dict[str, Sequence[Mapping[str, Any]]]
Defect = Callable[[Rows], None]


def test_an_empty_lake_builds_and_passes_every_test(empty: World) -> None:
    for node in models(empty.manifest()).values():
        counted = empty.rows(
            f"select count(*) as n from {node['schema']}.{node['name']}"
        )
        assert counted == [{"n": 0}], node["name"]


def test_one_thread_makes_the_same_marts(small: World, tmp_path: Path) -> None:
    again = World(tmp_path)
    again.lake.symlink_to(small.lake)
    again.built("run", "--threads", "1")
    for node in models(small.manifest()).values():
        if node["fqn"][1] == "marts":
            every = f"from {node['schema']}.{node['name']} order by all"
            assert small.rows(every) == again.rows(every), node["name"]


def doubled(rows: Rows) -> None:
    """The vendor's row of 15 May landed twice."""
    rows["anthropic/usage"] = [*rows["anthropic/usage"], rows["anthropic/usage"][0]]


def nested(rows: Rows) -> None:
    """The vendor's total counts cached tokens within input."""
    first, *others = rows["anthropic/usage"]
    rows["anthropic/usage"] = [{**first, "total_tokens": 1160}, *others]


def overlapping(rows: Rows) -> None:
    """One person has two rows on the same days."""
    person = {**rows["people/persons"][0], "valid_from": small_company.HELD_DAY}
    rows["people/persons"] = [*rows["people/persons"], person]


def paid_in_euros(rows: Rows) -> None:
    """A commitment is in a currency that has no rate on its first day."""
    commitment = {
        "vendor": "anthropic",
        "commitment_id": "order 7",
        "kind": "commitment",
        "amount": Decimal(1000),
        "currency": "EUR",
        "starts_on": small_company.HELD_DAY,
        "ends_on": small_company.HELD_DAY,
    }
    rows["finance/commitments"] = [commitment]


# By build: a model whose test failed stops what follows it, and other tests with it.
DEFECTS: Sequence[tuple[Mapping[Defect, str], tuple[str, ...]]] = (
    (
        {
            doubled: "unique_grain_stg_anthropic__usage",
            overlapping: "half_open_spans_int_persons_spanned",
        },
        ("stg_anthropic__usage", "+int_persons_spanned"),
    ),
    (
        {nested: "token_classes_add_up_to_the_vendors_own_total"},
        ("+int_usage_reported",),
    ),
    (
        {paid_in_euros: "not_null_int_commitments_applied_amount_usd"},
        ("+int_commitments_applied",),
    ),
)


@pytest.mark.parametrize(
    ("defects", "read"),
    DEFECTS,
    ids=["rows", "token classes", "money"],
)
def test_defects_fail_the_build_by_name(
    tmp_path: Path, defects: Mapping[Defect, str], read: tuple[str, ...]
) -> None:
    rows: Rows = dict(small_company.rows())
    for defect in defects:
        defect(rows)
    world = World(tmp_path)
    parquet_lake.write_lake(world.lake, rows)
    # Cautious: no test that also reads a model which is not built.
    asked = ("--indirect-selection", "cautious", "--exclude-resource-type", "unit_test")
    done = world.dbt("build", *asked, "-s", *read)
    assert done.returncode == 1, done.stdout
    failures = [line for line in done.stdout.splitlines() if "Failure in test" in line]
    for test in defects.values():
        assert any(test in line for line in failures), failures
    assert len(failures) == len(defects)

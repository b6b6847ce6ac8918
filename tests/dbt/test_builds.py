"""Whole builds: of nothing, again on one thread, and of a lake with a defect."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import parquet_lake
import pytest
import small_company
from warehouse import World, models

pytestmark = pytest.mark.slow
Rows = dict[str, Sequence[Mapping[str, Any]]]


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


def foreign(rows: Rows) -> None:
    """The vendor charges in another currency."""
    first, *others = rows["anthropic/cost"]
    rows["anthropic/cost"] = [{**first, "currency": "EUR"}, *others]


DEFECTS: Mapping[Callable[[Rows], None], str] = {
    doubled: "unique_grain_stg_anthropic__usage",
    nested: "token_classes_add_up_to_the_vendors_own_total",
    overlapping: "half_open_spans_int_persons_spanned",
    foreign: "accepted_values_int_vendor_costs_converted_currency",
}


def test_defects_fail_the_build_by_name(tmp_path: Path) -> None:
    rows: Rows = dict(small_company.rows())
    for defect in DEFECTS:
        defect(rows)
    world = World(tmp_path)
    parquet_lake.write_lake(world.lake, rows)
    read = (
        "stg_anthropic__usage",
        "+int_persons_spanned",
        "+int_vendor_costs_converted",
    )
    done = world.dbt("build", "--exclude-resource-type", "unit_test", "-s", *read)
    assert done.returncode == 1, done.stdout
    failures = [line for line in done.stdout.splitlines() if "Failure in test" in line]
    for test in DEFECTS.values():
        assert any(test in line for line in failures), failures
    assert len(failures) == len(DEFECTS)

"""The token algebra of every vendor, against vectors that anybody may use.

`tests/ingestion/conformance/<source>.json` holds counters as a vendor sends them and
the disjoint classes they are, with the vendor's own total.
"""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import parquet_lake
import pytest
from warehouse import World

from ingestion.catalog import TABLES
from ingestion.table import Table

VECTORS = Path(__file__).parents[1] / "ingestion" / "conformance"
DAY = date(2026, 5, 1)
FILES = sorted(VECTORS.glob("*.json"))
CLASSES = (
    "input_uncached", "cache_read", "cache_write_5m", "cache_write_1h",
    "cache_write_unspecified", "output", "input_unspecified",
)  # fmt: skip
FILLERS = {"string": "", "bigint": None, "double": None, "boolean": None}


def vectors(path: Path) -> list[Mapping[str, Any]]:
    return json.loads(path.read_text())["vectors"]


def table_of(path: Path) -> Table:
    name = f"{path.stem}/{json.loads(path.read_text())['table']}"
    return {table.path: table for table in TABLES}[name]


def rows(path: Path) -> list[dict[str, Any]]:
    """A lake row for each vector, named by its `pull_id`."""
    table = table_of(path)
    found: list[dict[str, Any]] = []
    for number, vector in enumerate(vectors(path)):
        row: dict[str, Any] = {
            column.name: f"{column.name}-{number}"
            for column in table.columns
            if column.type == "string" and column.name in table.key
        }
        row |= {
            column.name: number
            for column in table.columns
            if column.type == "bigint" and column.name in table.key
        }
        row[table.day_column or ""] = DAY
        found.append({**row, **vector["vendor"], "pull_id": f"{path.stem}-{number}"})
    return found


@pytest.fixture(scope="module")
def reported(
    tmp_path_factory: pytest.TempPathFactory,
) -> Mapping[str, Mapping[str, Any]]:
    """What the models make of every vector, by the name of its row."""
    world = World(tmp_path_factory.mktemp("conformance"))
    lake = {table_of(path).path: rows(path) for path in FILES}
    parquet_lake.write_lake(world.lake, lake)
    world.built("run", "--select", "+int_usage_reported")
    found = world.rows("select * from intermediate.int_usage_reported")
    return {row["pull_id"]: row for row in found}


CASES = [
    pytest.param(path.stem, number, vector, id=f"{path.stem}-{vector['name']}")
    for path in FILES
    for number, vector in enumerate(vectors(path))
]


@pytest.mark.slow
@pytest.mark.parametrize(("source", "number", "vector"), CASES)
def test_counters_become_disjoint_classes(
    source: str,
    number: int,
    vector: Mapping[str, Any],
    reported: Mapping[str, Mapping[str, Any]],
) -> None:
    row = reported[f"{source}-{number}"]
    expected = {name: vector["classes"].get(name) for name in CLASSES}
    assert {name: row[name] for name in CLASSES} == expected
    assert row["vendor_total_tokens"] == vector["total"]
    if vector["total"] is not None:
        assert sum(value or 0 for value in expected.values()) == vector["total"]


def test_every_vendor_that_reports_tokens_has_vectors() -> None:
    macros = Path(__file__).parents[2] / "dbt" / "macros" / "vendors"
    counting = {
        path.stem
        for path in macros.glob("*.sql")
        if "'tokens': {" in path.read_text() and not path.stem.startswith("_")
    }
    assert counting == {path.stem for path in FILES}

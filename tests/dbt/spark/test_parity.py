"""The same models on Spark: every table equals that of the default engine.

Run by `make test-spark`. Needs pyspark and Java; takes minutes, for Spark plans longer
than it computes on a company this small.
"""

import json
from pathlib import Path

import duckdb
import pytest
from warehouse import World, models

pytest.importorskip("pyspark", reason="pyspark is not installed: see `make test-spark`")
pytestmark = [pytest.mark.spark, pytest.mark.slow]


@pytest.fixture(scope="module")
def on_spark(small: World, tmp_path_factory: pytest.TempPathFactory) -> World:
    """The small company, models and data tests, in one local Spark session."""
    world = World(tmp_path_factory.mktemp("spark"))
    world.lake.symlink_to(small.lake)
    return world.built(
        "build", "--target", "spark", "--exclude-resource-type", "unit_test"
    )


def test_every_data_test_passes_on_spark(on_spark: World) -> None:
    results = json.loads((on_spark.target / "run_results.json").read_text())["results"]
    tests = [result for result in results if result["unique_id"].startswith("test.")]
    assert len(tests) > 100
    assert {result["status"] for result in tests} == {"pass"}


def test_every_table_is_the_same_on_both_engines(small: World, on_spark: World) -> None:
    nodes = [
        node
        for node in models(small.manifest()).values()
        if node["config"]["materialized"] == "table"
    ]
    assert len(nodes) > 50
    different = {node["name"]: difference(small, on_spark, node) for node in nodes}
    assert {name: found for name, found in different.items() if found} == {}


def difference(small: World, on_spark: World, node: dict[str, str]) -> list[str]:
    """Rows, or columns' types, that only one of the engines has."""
    folder = on_spark.spark / "warehouse" / f"{node['schema']}.db" / node["name"]
    with duckdb.connect(small.warehouse, read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        here = f"{node['schema']}.{node['name']}"
        there = f"read_parquet('{parts(folder)}')"
        columns = [
            row[:2] for row in connection.execute(f"describe from {here}").fetchall()
        ]
        types = dict(
            row[:2] for row in connection.execute(f"describe from {there}").fetchall()
        )
        # Sums of integers are wider here than there until a contract narrows them.
        found = [
            f"{name}: {kind} here, {types[name]} there"
            for name, kind in columns
            if node["fqn"][1] == "marts" and types[name] != plain(kind, types[name])
        ]
        compared = ", ".join(comparable(name, kind) for name, kind in columns)
        for one, other in ((here, there), (there, here)):
            found += [
                f"{row} only in {one[:12]}"
                for row in connection.execute(
                    f"select {compared} from {one} "
                    f"except all select {compared} from {other}"
                ).fetchall()
            ]
    return found


def parts(folder: Path) -> str:
    """The Parquet files of one Spark table; an empty one still has a file."""
    return str(folder / "*.parquet")


def plain(kind: str, there: str) -> str:
    """The type that is expected of Spark: its timestamps carry their zone, UTC."""
    return there if kind == "TIMESTAMP" and there.startswith("TIMESTAMP") else kind


def comparable(name: str, kind: str) -> str:
    """The column as it is compared: exactly, but doubles to nine decimals, since the
    logarithms of two engines differ in their last digits."""
    if kind == "DOUBLE":
        return f"round({name}, 9) as {name}"
    return f"cast({name} as {kind}) as {name}"

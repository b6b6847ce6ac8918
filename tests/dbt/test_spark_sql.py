"""Every model as it would run on Spark: compiled without one, parsed in its dialect."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp
from warehouse import World

pytestmark = pytest.mark.slow
# Functions of Spark that the parser has no class for, each looked up in Spark's list.
KNOWN_TO_SPARK = {"MOD", "TIMESTAMPDIFF", "WEEKDAY", "DATE_DIFF"}


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of compiled SQL. dbt's adapter only asks whether pyspark is there."""
    folder = tmp_path_factory.mktemp("compiled")
    stand_in = folder / "python" / "pyspark"
    stand_in.mkdir(parents=True)
    (stand_in / "__init__.py").touch()
    world = World(folder)
    offline = ("--no-introspect", "--no-populate-cache")
    done = world.dbt(
        "compile", "--target", "spark", *offline, python_path=stand_in.parent
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return world.target / "compiled" / "tokenworth"


def statements(compiled: Path) -> Iterator[tuple[str, str]]:
    """(name, SQL) of every model and data test."""
    for path in sorted(compiled.rglob("*.sql")):
        if "unit_tests.yml" not in str(path):
            yield path.stem, path.read_text()


def test_every_model_and_test_parses_as_spark_sql(compiled: Path) -> None:
    names = [name for name, sql in statements(compiled) if parsed(sql)]
    assert len(names) > 150


def test_no_union_is_by_name(compiled: Path) -> None:
    # The parser knows it, and Spark does not.
    by_name = re.compile(r"union\s+(all\s+)?by\s+name", re.IGNORECASE)
    assert [name for name, sql in statements(compiled) if by_name.search(sql)] == []


def test_no_function_is_unknown_to_spark(compiled: Path) -> None:
    unknown = {
        (call.name.upper(), name)
        for name, sql in statements(compiled)
        for call in parsed(sql).find_all(exp.Anonymous)
        if call.name.upper() not in KNOWN_TO_SPARK
    }
    assert unknown == set()


def test_sources_are_the_files_in_force(compiled: Path) -> None:
    staged = (compiled / "models/staging/jira/stg_jira__issues.sql").read_text()
    assert re.search(r"parquet\.`\S+/jira/issues/current/\*/\*\.parquet`", staged)


def parsed(sql: str) -> exp.Expression:
    """The statement's tree; raises where Spark's dialect does not know it."""
    return sqlglot.parse_one(sql, read="spark")

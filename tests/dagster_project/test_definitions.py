"""The code location: loads anywhere, and every asset says what it is."""

import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from ingestion.sources import connectors

PROJECT = Path(__file__).parents[2]
LOAD = (
    "from dagster_project.definitions import defs; d = defs(); "
    "print(len(list(d.resolve_asset_graph().get_all_asset_keys())))"
)


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> dg.Definitions:
    """The code location over an empty home."""
    patch = pytest.MonkeyPatch()
    patch.setenv("TOKENWORTH_HOME", str(tmp_path_factory.mktemp("home")))
    patch.setenv("TOKENWORTH_CONFIG", "/nonexistent/tokenworth.yaml")
    from dagster_project.dbt import project
    from dagster_project.definitions import defs

    project.cache_clear()
    yield defs()
    patch.undo()
    project.cache_clear()


def test_definitions_load_with_an_empty_environment(tmp_path: Path) -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", LOAD],
        env={"HOME": str(tmp_path), "PYTHONPATH": str(PROJECT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert loaded.returncode == 0, loaded.stderr[-2000:]
    assert int(loaded.stdout) > 80


def test_every_asset_has_owner_kinds_group_and_description(
    definitions: dg.Definitions,
) -> None:
    graph = definitions.resolve_asset_graph()
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        if not node.is_materializable:
            continue
        name = key.to_user_string()
        assert node.group_name != "default", name
        assert node.description, name
        assert node.owners, name
        assert node.kinds, name


def test_every_lake_table_of_a_source_is_an_asset(definitions: dg.Definitions) -> None:
    from ingestion.catalog import TABLES

    keys = definitions.resolve_asset_graph().get_all_asset_keys()
    named = {key.to_user_string() for key in keys}
    assert {f"raw/{table.path}" for table in TABLES} <= named


def test_each_vendor_has_a_pool_and_the_warehouse_has_one(
    definitions: dg.Definitions,
) -> None:
    graph = definitions.resolve_asset_graph()
    pools = {
        pool
        for key in graph.get_all_asset_keys()
        for pool in (graph.get(key).pools or ())
    }
    assert {"anthropic_api", "jira_api", "git_api", "warehouse"} <= pools


def test_reports_by_day_are_daily_partitions_and_the_rest_is_not(
    definitions: dg.Definitions,
) -> None:
    graph = definitions.resolve_asset_graph()
    partitioned = {
        key.to_user_string()
        for key in graph.get_all_asset_keys()
        if graph.get(key).is_partitioned
    }
    by_day = {
        f"raw/{table.path}"
        for connector in connectors()
        for table in connector.tables
        if table.kind == "window"
    }
    assert partitioned == by_day
    assert {"raw/anthropic/usage", "raw/cursor/usage_events"} < by_day


def test_the_release_follows_every_published_mart(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    parents = graph.get(dg.AssetKey(["published", "release"])).parent_keys
    names = {key.path[-1] for key in parents}
    assert {"mart_person_efficiency_quarterly", "mart_team_period"} <= names


def test_only_orchestration_reads_the_environment() -> None:
    """Git is the exception: it gets the environment for the machine's credentials."""
    readers = {
        path.relative_to(PROJECT).as_posix()
        for folder in ("ingestion", "expectations", "publication", "dashboards")
        for path in (PROJECT / folder).rglob("*.py")
        if "os.environ" in path.read_text() or "os.getenv" in path.read_text()
    }
    runs_git = ("ingestion/sources/git/", "ingestion/simulator/repository.py")
    assert not [path for path in readers if not path.startswith(runs_git)]

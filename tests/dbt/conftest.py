"""Worlds that tests share: each is built once a session, and never changed."""

from collections.abc import Mapping
from typing import Any

import parquet_lake
import pytest
import small_company
from warehouse import World


@pytest.fixture(scope="session")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """dbt's manifest of the project."""
    world = World(tmp_path_factory.mktemp("parsed"))
    return world.built("parse").manifest()


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The world before anything landed, built with every test of the project."""
    world = World(tmp_path_factory.mktemp("empty"))
    parquet_lake.write_lake(world.lake, {})
    return world.built("build")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The small company, built as a scheduled run builds it."""
    world = World(tmp_path_factory.mktemp("small"))
    parquet_lake.write_lake(world.lake, small_company.rows())
    return world.built("build", "--exclude-resource-type", "unit_test")

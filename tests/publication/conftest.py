"""A small warehouse, built once, and the releases made from it."""

from pathlib import Path

import pytest

from publication import Releases
from tests.publication.small_warehouse import build


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The small warehouse and dbt's manifest of it; never changed."""
    return build(tmp_path_factory.mktemp("warehouse"))


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    """An empty `published/`."""
    return Releases(tmp_path / "published")

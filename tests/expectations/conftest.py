"""One small candidate, and a copy in memory of it for each test to spoil."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from publication import Releases
from tests.expectations.seeded import Company
from tests.publication.releasing import candidate
from tests.publication.small_warehouse import build


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a clean candidate."""
    folder = tmp_path_factory.mktemp("candidate")
    return candidate(Releases(folder / "published"), build(folder)).path


@pytest.fixture
def company(written: Path) -> Iterator[Company]:
    """The clean candidate in memory."""
    made = Company(written)
    yield made
    made.connection.close()

"""The kit's company, its server and its files."""

from collections.abc import Generator
from pathlib import Path

import pytest
import requests

from ingestion.simulator import PRESENT, Company, home, serving


@pytest.fixture(scope="session")
def kit_company() -> Company:
    return Company()


@pytest.fixture(scope="session")
def kit_url(kit_company: Company) -> Generator[str]:
    with serving(kit_company) as url:
        yield url


@pytest.fixture
def calm(kit_url: str) -> Generator[str]:
    """The server as it was at the start, whatever the last test did to it."""
    requests.delete(f"{kit_url}/_simulator/faults", timeout=60)
    at = {"present": PRESENT.isoformat()}
    requests.post(f"{kit_url}/_simulator/clock", json=at, timeout=60)
    yield kit_url
    requests.delete(f"{kit_url}/_simulator/faults", timeout=60)


@pytest.fixture(scope="session")
def kit_home(kit_company: Company, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of vendors that leave files."""
    made = tmp_path_factory.mktemp("kit")
    home.write_vendors(kit_company, PRESENT, made)
    return made

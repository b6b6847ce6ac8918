"""The kit's company and server, and the matrix that is printed at the end."""

from collections.abc import Generator
from pathlib import Path

import pytest
import requests
from matrix import Matrix

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
    requests.delete(f"{kit_url}/_simulator/faults", timeout=10)
    at = {"present": PRESENT.isoformat()}
    requests.post(f"{kit_url}/_simulator/clock", json=at, timeout=10)
    yield kit_url
    requests.delete(f"{kit_url}/_simulator/faults", timeout=10)


@pytest.fixture(scope="session")
def kit_home(kit_company: Company, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of vendors that leave files."""
    made = tmp_path_factory.mktemp("kit")
    home.write_vendors(kit_company, PRESENT, made)
    return made


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter,
) -> None:
    lines = Matrix.lines()
    if lines:
        terminalreporter.section("connector kit")
        for line in lines:
            terminalreporter.write_line(line)

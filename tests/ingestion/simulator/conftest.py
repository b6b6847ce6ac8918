"""One company for all tests of the simulator, and a server over it."""

from collections.abc import Generator
from pathlib import Path

import pytest

from ingestion.simulator import PRESENT, Company, Truth, home, serving


@pytest.fixture(scope="session")
def company() -> Company:
    return Company()


@pytest.fixture(scope="session")
def truth(company: Company) -> Truth:
    return Truth(company)


@pytest.fixture(scope="session")
def written(company: Company, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The company's own files and repositories, as the command writes them."""
    made = tmp_path_factory.mktemp("home")
    assert home.write_company(company, PRESENT, made)
    return made


@pytest.fixture(scope="session")
def calm_url(company: Company) -> Generator[str]:
    """A server without rate limits that no test changes."""
    with serving(company) as url:
        yield url


@pytest.fixture
def url(company: Company) -> Generator[str]:
    """A server of one test's own."""
    with serving(company) as address:
        yield address

"""One demo of the whole company, run once and read by many tests."""

import pytest

from tests.end_to_end.installing import Installation, installation


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The demo after its first run."""
    made = installation(tmp_path_factory.mktemp("demo") / "home")
    ended = made.tokenworth("demo")
    assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr[-3000:]
    return made

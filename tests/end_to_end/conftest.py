"""One demo of the whole company, run once and read by many tests."""

import os
import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from tests.end_to_end.installing import Installation, installation


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The demo after its first run, the same one in every process that runs tests."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    made = installation(folder / "demo" / "home")
    with FileLock(folder / "demo.lock"):
        if not (folder / "demo.done").exists():
            made.home.parent.mkdir()
            ended = made.tokenworth("demo")
            assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr[-3000:]
            (folder / "demo.done").touch()
    return made


@pytest.fixture
def copied(demo: Installation, tmp_path: Path) -> Installation:
    """The demo's home, copied for a test that writes: the demo itself is only read."""
    home = tmp_path / "home"
    shutil.copytree(demo.home, home, symlinks=True)
    return installation(home)

"""Kill -9 at every step, a reader that never stops looking, and a full disk."""

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from publication import Published, Release, Releases, durable
from tests.publication.releasing import release

Built = tuple[Path, Path]
ROOT = Path(__file__).parents[2]
BEFORE_SWAP = (
    "hashed",
    "wrote finance",
    "wrote review",
    "wrote steward",
    "wrote teams",
    "wrote manifest",
    "sealed",
    "candidate",
    "wrote gates",
    "wrote verdict",
    "linked",
    "moved",
)
AFTER_SWAP = ("swapped", "retired")


@pytest.fixture(scope="session")
def published(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`published/` with a first release; copied for each test."""
    root = tmp_path_factory.mktemp("releases") / "published"
    release(Releases(root), built)
    return root


@pytest.fixture
def releases(published: Path, tmp_path: Path) -> Releases:
    """`published/` with a first release."""
    root = tmp_path / "published"
    shutil.copytree(published, root, symlinks=True)
    return Releases(root)


def current_of(releases: Releases) -> Release:
    current = releases.current()
    assert current is not None
    return current


@pytest.fixture
def revised(built: Built, tmp_path: Path) -> Built:
    warehouse = tmp_path / "warehouse.duckdb"
    shutil.copy(built[0], warehouse)
    with duckdb.connect(warehouse) as connection:
        connection.execute("update marts.mart_team_period set delivered_n = 1")
    return warehouse, built[1]


def started(module: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", f"tests.publication.{module}"]
    return subprocess.Popen(
        [*command, *(str(argument) for argument in arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def assert_complete(current: Release) -> None:
    assert current.damaged_files() == []
    decided = Published(current).rows("steward", "mart_publication_gate")
    assert current.id in {row["candidate_id"] for row in decided}
    assert [gate["decision"] for gate in Published(current).gates()] == ["pass"]


def test_every_step_is_interrupted_below(built: Built, tmp_path: Path) -> None:
    steps: list[str] = []
    release(Releases(tmp_path, step=steps.append), built)
    assert tuple(steps) == BEFORE_SWAP + AFTER_SWAP


@pytest.mark.parametrize("step", BEFORE_SWAP + AFTER_SWAP)
def test_a_kill_leaves_one_complete_release_and_the_next_run_heals(
    step: str, revised: Built, releases: Releases
) -> None:
    first = current_of(releases)
    before = durable.hashes(first.path)
    with started("releasing", releases.root, *revised, step) as killed:
        killed.communicate()
    assert killed.returncode == -9
    current = current_of(releases)
    assert_complete(current)
    assert (current == first) == (step in BEFORE_SWAP)
    assert durable.hashes(first.path) == before

    healed = release(releases, revised)
    assert releases.current() == healed
    assert_complete(healed)
    kept = {first.id, healed.id} | ({current.id} if step in AFTER_SWAP else set())
    assert {path.name for path in releases.releases.iterdir()} == kept
    assert list(releases.candidates.iterdir()) == []
    assert not list(releases.root.glob(".removing-*"))
    assert not (releases.root / ".current.next").is_symlink()


def test_a_concurrent_reader_never_sees_a_partial_release(
    built: Built, releases: Releases, tmp_path: Path
) -> None:
    first = current_of(releases)
    stop = tmp_path / "stop"
    with started("watching", releases.root, stop) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == f"saw {first.id}\n"
        for _ in range(4):
            last = release(releases, built)
        stop.touch()
        lines = reader.stdout.read().splitlines()
    assert reader.returncode == 0
    assert not [line for line in lines if not line.startswith("saw ")]
    assert lines[-1] == f"saw {last.id}"


@pytest.mark.parametrize("limit", [100, 100_000, 900_000, 1_200_000])
def test_a_full_disk_leaves_what_is_published_and_says_so(
    limit: int, revised: Built, releases: Releases
) -> None:
    first = current_of(releases)
    before = durable.hashes(first.path)
    with started("releasing", releases.root, *revised, limit) as limited:
        output, _ = limited.communicate()
    assert limited.returncode == 1
    assert output.startswith("WritingFailed")
    assert "what is published stays" in output
    assert releases.current() == first
    assert durable.hashes(first.path) == before
    assert_complete(release(releases, revised))

"""What goes wrong: a refused release, a killed pull; and nothing is lost."""

import hashlib
import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from ingestion.clock import FixedClock
from ingestion.lake import Lake
from tests.end_to_end.installing import Installation, installation

pytestmark = pytest.mark.slow
FIRST, LAST, DAYS = "2026-06-01", "2026-08-29", 90


@pytest.fixture(scope="module")
def backfilled(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A home with nothing but a backfill of every vendor."""
    made = installation(tmp_path_factory.mktemp("backfilled") / "home")
    ended = made.tokenworth("demo", "backfill", FIRST, LAST)
    assert "failed" not in ended.stderr, ended.stderr[-2000:]
    return made


def test_a_backfill_is_one_run_with_a_receipt_a_day_and_table(
    backfilled: Installation,
) -> None:
    receipts = (
        _lake(backfilled).receipts().select(["source", "table_name", "window_day"])
    )
    every = receipts.to_pylist()
    assert len({tuple(each.values()) for each in every}) == len(every)
    days = Counter((each["source"], each["table_name"]) for each in every)
    for table in ("usage", "usage_by_key", "cost"):
        assert days["anthropic", table] == DAYS
    assert _runs(backfilled) == 1


def test_a_killed_backfill_runs_again_to_the_same_lake(
    backfilled: Installation, tmp_path: Path
) -> None:
    killed = installation(tmp_path / "killed")
    _kill_midway(killed, "anthropic/cost 2026-07-02", "demo", "backfill", FIRST, LAST)
    assert 0 < len(_lake(killed).inputs()) < len(_lake(backfilled).inputs())
    killed.tokenworth("demo", "backfill", FIRST, LAST)
    assert _lake(killed).inputs() == _lake(backfilled).inputs()


def test_a_seeded_defect_is_refused_and_the_release_stays(
    copied: Installation,
) -> None:
    before = _published(copied.home)
    with duckdb.connect(copied.home / "warehouse.duckdb") as warehouse:
        warehouse.execute(
            "update finance.mart_cost_reconciliation set person_tokens = "
            "person_tokens + 1 where token_class = 'output'"
        )
    for _ in range(2):  # publishing alone, once more, stays red
        ended = copied.tokenworth("run", "--only", "published")
        assert ended.returncode == 1
        assert "DQ01" in ended.stderr
        assert _published(copied.home) == before
    assert _last_gate_check(copied) == "FAILED"


@pytest.mark.parametrize(
    ("step", "command"),
    [
        ("Running dbt command", ("run", "--without", "raw")),
        ("auditing candidate", ("run", "--only", "published")),
    ],
)
def test_a_kill_while_building_or_auditing_leaves_the_release_and_heals(
    copied: Installation, step: str, command: tuple[str, ...]
) -> None:
    before = _published(copied.home)
    _kill_midway(copied, step, *command)
    assert _published(copied.home) == before
    ended = copied.tokenworth(*command)
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert _published(copied.home) == before  # the same content is no news


def _kill_midway(made: Installation, line: str, *command: str) -> None:
    """SIGKILL to the command and its children once progress has told of `line`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "dagster_project.cli", *command],
        env=made.environment,
        cwd=made.home.parent,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    told = next((told for told in process.stderr if line in told), None)
    os.killpg(process.pid, signal.SIGKILL)
    process.stderr.close()
    process.wait()
    assert told is not None


def _published(home: Path) -> dict[str, str]:
    """The link `current` and the content of every file behind it."""
    current = home / "published" / "current"
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(current.resolve().rglob("*"))
        if path.is_file()
    }
    return {"current": str(current.readlink()), **files}


def _lake(made: Installation) -> Lake:
    return Lake(made.home / "lake", FixedClock(datetime(2027, 2, 5, 6, tzinfo=UTC)))


QUESTION = """
import dagster as dg
with dg.DagsterInstance.get() as instance:
    {question}
"""


def _ask(made: Installation, question: str) -> str:
    """The answer of the installation's own Dagster instance."""
    return subprocess.run(
        [sys.executable, "-c", QUESTION.format(question=question)],
        env=made.environment | {"DAGSTER_HOME": str(made.home / "dagster")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def _runs(made: Installation) -> int:
    return int(_ask(made, "print(len(instance.get_runs()))"))


def _last_gate_check(made: Installation) -> str:
    key = "dg.AssetCheckKey(dg.AssetKey(['published', 'release']), 'release_gate')"
    records = (
        "instance.event_log_storage.get_asset_check_execution_history("
        f"{key}, limit=1)[0].status.value"
    )
    return _ask(made, f"print({records})")

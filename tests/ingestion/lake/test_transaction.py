"""A pull counts whole or not at all, whenever it is killed."""

import shutil
import subprocess
import sys
from pathlib import Path

import dying_pulls
import pyarrow as pa
import pytest
from small_tables import (
    ISSUES,
    MEMBERS,
    SPEND,
    Hand,
    days,
    issues_page,
    listed,
    members_page,
    spend_page,
    spent,
    titles,
)

from ingestion.lake import Lake
from ingestion.lake.storage import LocalStorage
from ingestion.lake.transaction import transaction

COPIES = 24  # more than a pull has steps, so that the last ones come to their end


def landed(root: Path) -> Lake:
    """A lake in which an earlier pull of each table landed."""
    lake = Lake(root, Hand())
    lake.initialise([SPEND, MEMBERS])
    lake.replace_days(SPEND, days(0, 3), [spend_page(dying_pulls.ROWS)])
    lake.merge(MEMBERS, [members_page("ann", "bob")])
    return lake


def killed_at_every_step(tmp_path: Path, name: str) -> tuple[list[Path], list[str]]:
    """Lakes in which the pull was killed at its first, second, … step."""
    landed(tmp_path / "landed")
    roots = [tmp_path / "copies" / str(number) for number in range(COPIES)]
    for root in roots:
        shutil.copytree(tmp_path / "landed", root)
    program = [sys.executable, dying_pulls.__file__, str(tmp_path / "copies"), name]
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    return roots, done.stdout.splitlines()


def revised_clock() -> Hand:
    clock = Hand()
    clock.on()
    return clock


def state(lake: Lake) -> tuple[pa.Table, pa.Table, set[str | None], int]:
    spend = lake.current(SPEND).drop_columns(["pull_id", "known_at"])
    past = lake.as_of(SPEND, Hand().at).drop_columns(["pull_id"])
    return spend, past, listed(lake.current(MEMBERS)), lake.receipts().num_rows


def leftovers(root: Path) -> list[str]:
    folders = (".staging", ".journal", ".locks/pulls")
    return [path.name for name in folders for path in (root / name).rglob("*")]


@pytest.mark.parametrize("name", ["days", "members"])
def test_a_pull_killed_at_any_step_leaves_the_old_or_the_new_lake(
    name: str, tmp_path: Path
) -> None:
    roots, ends = killed_at_every_step(tmp_path, name)
    before = state(Lake(tmp_path / "landed", revised_clock()))
    whole = Lake(
        shutil.copytree(tmp_path / "landed", tmp_path / "whole"), revised_clock()
    )
    dying_pulls.PULLS[name](whole)
    after = state(whole)
    assert before != after
    killed = ends.count("killed")
    assert killed > 10
    assert ends == ["killed"] * killed + ["ended 0"] * (COPIES - killed)
    seen = []
    for root in roots:
        lake = Lake(root, revised_clock())
        found = state(lake)
        assert found in (before, after)
        seen.append(found == after)
        for pull_id in set(lake.current(SPEND)["pull_id"].to_pylist()):
            assert lake.stored_pages(SPEND, pull_id)
        dying_pulls.PULLS[name](lake)
        assert state(lake)[:3] == after[:3]
        assert lake.inputs() == whole.inputs()
        assert leftovers(root) == []
    assert seen == sorted(seen)
    assert seen.count(False) > 2
    assert seen.count(True) > COPIES - killed


def test_a_pull_that_died_is_swept_and_a_living_one_is_not(
    lake: Lake, root: Path, clock: Hand
) -> None:
    storage = LocalStorage(str(root))
    storage.write(".staging/20270205T120000-dead/000000", b"left")
    with transaction(storage, clock.now()) as living:
        living.put("vendor/spend/current/dt=2027-01-01/part.parquet", b"not yet")
        lake.merge(ISSUES, [issues_page(("1", "a", 0))])
        assert len(storage.folders(".staging")) == 1
        assert "20270205T120000-dead" not in storage.folders(".staging")
    assert leftovers(root) == []


def test_a_reader_finishes_what_a_killed_pull_had_decided(
    lake: Lake, root: Path, clock: Hand
) -> None:
    lake.replace_days(SPEND, days(0, 0), [spend_page([(0, "ann", 1)])])
    storage = LocalStorage(str(root))
    target = "vendor/spend/current/dt=2027-01-01/part.parquet"
    storage.write(".staging/dead/000000", storage.read(target))
    storage.remove(target)
    plan = f'{{"moves": [[".staging/dead/000000", "{target}"]], "removes": ["gone"]}}'
    storage.write(".journal/dead.json", plan.encode())
    assert len(spent(lake.current(SPEND))) == 1
    assert leftovers(root) == []


class LateDeath(Lake):
    """A lake in which another process dies, once, just before a reader has its lock."""

    plan: tuple[LocalStorage, str] | None = None

    def _heal(self) -> None:
        super()._heal()
        if self.plan:
            storage, text = self.plan
            storage.write(".journal/dead.json", text.encode())
            self.plan = None


def test_a_reader_never_sees_a_decided_pull_half_done(
    lake: Lake, root: Path, clock: Hand
) -> None:
    receipts = lake.replace_days(SPEND, days(0, 0), [spend_page([(0, "ann", 1)])])
    reader, storage = LateDeath(root, clock), LocalStorage(str(root))
    removed = f"vendor/spend/pages/{receipts[0].pull_id}/000001.zst"
    reader.plan = (storage, f'{{"moves": [], "removes": ["{removed}"]}}')
    assert reader.stored_pages(SPEND, receipts[0].pull_id) == []


def test_a_failure_after_the_decision_is_finished_by_the_next_run(
    lake: Lake, root: Path, clock: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake.merge(ISSUES, [issues_page(("1", "a", 0))])
    move, moves = LocalStorage.move, []

    def failing_move(self: LocalStorage, source: str, target: str) -> None:
        moves.append(target)
        if len(moves) == 3:
            raise OSError("the disk went away")
        move(self, source, target)

    with monkeypatch.context() as patch:
        patch.setattr(LocalStorage, "move", failing_move)
        with pytest.raises(OSError, match="went away"):
            lake.merge(ISSUES, [issues_page(("1", "b", 1))])
    assert titles(Lake(root, clock).current(ISSUES)) == {"1": "b"}
    assert lake.receipts().num_rows == 2
    assert leftovers(root) == []

"""The same lake on a disk, a full disk and object storage."""

import errno
import random
import resource
import string
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from small_tables import (
    ISSUES,
    MEMBERS,
    NOON,
    SPEND,
    Hand,
    day,
    days,
    failing,
    issues_page,
    listed,
    members_page,
    spend_page,
    spent,
    titles,
)

from ingestion.errors import StorageFailed
from ingestion.lake import Lake
from ingestion.lake.storage import LocalStorage, Storage, storage_at


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """The system refuses to write past `size` bytes of a file, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def noise(size: int) -> str:
    draws = random.Random(1)  # noqa: S311 - incompressible, not secret
    return "".join(draws.choices(string.printable, k=size))


def everything(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".locks" not in path.parts
    }


@pytest.mark.parametrize("part", ["page", "rows"])
def test_a_full_disk_is_named_and_loses_nothing(
    part: str, lake: Lake, root: Path
) -> None:
    lake.replace_days(SPEND, days(0, 0), [spend_page([(0, "ann", 1)])])
    before = everything(root)
    note, body = ("x", noise(20_000)) if part == "page" else (noise(20_000), "{}")
    page = spend_page([(0, "ann", 2, "m", None, note)], body.encode())
    with files_of_at_most(8_000), pytest.raises(StorageFailed) as caught:
        lake.replace_days(SPEND, days(0, 0), [page])
    assert str(root / ".staging") in caught.value.problem
    assert "File too large" in caught.value.problem
    assert caught.value.fix == "raise the limit on file sizes, then run again."
    assert everything(root) == before
    lake.replace_days(SPEND, days(0, 0), [page])
    assert spent(lake.current(SPEND)) == {(day(0), "ann", 2)}


@pytest.mark.parametrize(
    ("number", "fix"),
    [
        (errno.ENOSPC, "free space on that disk, then run again."),
        (errno.EACCES, "give the account that runs this write access, then run again."),
        (errno.EIO, "check the storage, then run again."),
    ],
)
def test_each_trouble_of_the_disk_has_its_fix(
    number: int,
    fix: str,
    lake: Lake,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(path: Path, data: bytes) -> int:
        raise OSError(number, "refused", str(path))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(StorageFailed) as caught:
        lake.merge(ISSUES, [issues_page(("1", "a", 0))])
    assert caught.value.fix == fix


def test_the_trouble_of_a_source_is_not_blamed_on_the_disk(lake: Lake) -> None:
    with pytest.raises(ConnectionError):
        lake.merge(ISSUES, failing())


@pytest.fixture
def object_lake(clock: Hand, request: pytest.FixtureRequest) -> Lake:
    made = Lake(f"memory://{request.node.name}", clock)
    made.initialise([SPEND, ISSUES, MEMBERS])
    return made


def test_object_storage_holds_the_same_lake(
    object_lake: Lake, lake: Lake, clock: Hand, tmp_path: Path
) -> None:
    for landing in (object_lake, lake):
        clock.at = NOON
        rows = [(0, "ann", 1), (1, "ann", 2)]
        landing.replace_days(SPEND, days(0, 1), [spend_page(rows, b"one")])
        landing.merge(MEMBERS, [members_page("ann", "bob")])
        clock.on()
        receipts = landing.replace_days(SPEND, days(0, 1), [spend_page(rows[1:], b"2")])
        landing.merge(MEMBERS, [members_page("bob")])
        landing.merge(ISSUES, [issues_page(("1", "a", 0))])
        assert landing.stored_pages(SPEND, receipts[0].pull_id) == [b"2"]
    assert object_lake.inputs() == lake.inputs()
    assert spent(object_lake.current(SPEND)) == {(day(1), "ann", 2)}
    assert spent(object_lake.as_of(SPEND, NOON)) == spent(lake.as_of(SPEND, NOON))
    assert listed(object_lake.current(MEMBERS)) == {"bob"}
    assert titles(object_lake.current(ISSUES)) == {"1": "a"}
    assert object_lake.receipts().num_rows == lake.receipts().num_rows
    object_lake.compact(tmp_path / "copy")
    copied = Lake(tmp_path / "copy", clock)
    assert copied.current(SPEND).equals(object_lake.current(SPEND))


def test_leftovers_in_object_storage_go_when_they_are_old(
    object_lake: Lake, clock: Hand, request: pytest.FixtureRequest
) -> None:
    storage = storage_at(f"memory://{request.node.name}")
    storage.write(".staging/20270205T120000-abc/000000", b"left by a dead pull")
    object_lake.merge(ISSUES, [issues_page(("1", "a", 0))])
    assert storage.exists(".staging/20270205T120000-abc/000000")
    clock.on(days=3)
    object_lake.merge(ISSUES, [])
    assert not storage.exists(".staging/20270205T120000-abc/000000")


def test_a_failed_pull_leaves_nothing_in_object_storage(
    object_lake: Lake, request: pytest.FixtureRequest
) -> None:
    storage = storage_at(f"memory://{request.node.name}")
    before = storage.files("")
    with pytest.raises(ConnectionError):
        object_lake.merge(ISSUES, failing(issues_page(("1", "a", 0))))
    assert storage.files("") == before


def test_a_path_or_an_address_says_where_the_lake_is(tmp_path: Path) -> None:
    assert isinstance(storage_at(tmp_path), LocalStorage)
    assert storage_at(f"file://{tmp_path}").root == str(tmp_path)
    assert type(storage_at("memory://x")) is Storage


def test_reading_a_lake_that_is_not_there_writes_no_data(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "none", Hand(NOON + timedelta(days=1)))
    assert lake.current(SPEND).num_rows == 0
    assert lake.inputs() == {}
    assert lake.stored_pages(SPEND, "none") == []

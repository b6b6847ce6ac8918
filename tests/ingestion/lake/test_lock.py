"""Many readers or one writer."""

import threading
from pathlib import Path

import pytest
from small_tables import ISSUES, Hand, issues_page, titles

from ingestion.lake import Lake
from ingestion.lake.storage import LocalStorage


def test_a_build_reads_one_state_while_a_pull_lands(
    lake: Lake, root: Path, clock: Hand
) -> None:
    lake.merge(ISSUES, [issues_page(("1", "a", 0))])
    other = Lake(root, clock)
    landing = threading.Thread(
        target=other.merge, args=(ISSUES, [issues_page(("1", "b", 1))])
    )
    with lake.reading():
        landing.start()
        assert titles(lake.current(ISSUES)) == {"1": "a"}
        with (
            pytest.raises(BlockingIOError),
            LocalStorage(str(root)).lock("lake", wait=False),
        ):
            pass
        assert titles(lake.current(ISSUES)) == {"1": "a"}
    landing.join()
    assert titles(lake.current(ISSUES)) == {"1": "b"}


def test_builds_read_side_by_side(lake: Lake, root: Path) -> None:
    storage = LocalStorage(str(root))
    with lake.reading(), storage.lock("lake", shared=True, wait=False):
        assert lake.receipts().num_rows == 0


def test_nobody_reads_while_somebody_holds_it_for_writing(
    lake: Lake, root: Path
) -> None:
    storage = LocalStorage(str(root))
    with lake.writing():
        assert lake.receipts().num_rows == 0
        with (
            pytest.raises(BlockingIOError),
            storage.lock("lake", shared=True, wait=False),
        ):
            pass
    with storage.lock("lake", wait=False):
        pass


def test_a_reader_that_lands_is_told_instead_of_waiting_for_itself(
    lake: Lake,
) -> None:
    with lake.reading(), pytest.raises(RuntimeError, match="cannot land"):
        lake.merge(ISSUES, [])
    with lake.writing(), pytest.raises(RuntimeError, match="cannot land"):
        lake.initialise([])
    with lake.reading(), pytest.raises(RuntimeError, match="cannot change"):
        lake.writing().__enter__()


def test_a_writer_may_ask_again(lake: Lake) -> None:
    with lake.writing(), lake.writing(), lake.reading():
        assert lake.receipts().num_rows == 0


def test_pulls_of_one_table_land_one_after_the_other(
    lake: Lake, root: Path, clock: Hand
) -> None:
    ready = threading.Barrier(4)

    def land(number: int) -> None:
        ready.wait()
        Lake(root, clock).merge(ISSUES, [issues_page((str(number), "x", number))])

    pulls = [threading.Thread(target=land, args=(number,)) for number in range(4)]
    for pull in pulls:
        pull.start()
    for pull in pulls:
        pull.join()
    assert set(titles(lake.current(ISSUES))) == {"0", "1", "2", "3"}
    assert lake.receipts()["row_count"].to_pylist() == [1, 2, 3, 4]

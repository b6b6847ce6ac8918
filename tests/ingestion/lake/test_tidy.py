"""Small files are joined, and nothing reads differently."""

from pathlib import Path

import pytest
from small_tables import (
    ISSUES,
    NOON,
    SPEND,
    Hand,
    days,
    issues_page,
    spend_page,
    titles,
)

from ingestion.lake import Lake, tidy
from ingestion.lake.tables import RECEIPTS


def test_receipts_of_earlier_days_are_joined(
    lake: Lake, root: Path, clock: Hand
) -> None:
    for tokens in range(3):
        lake.replace_days(SPEND, days(0, 1), [spend_page([(0, "ann", tokens)])])
    clock.on(days=1)
    lake.merge(ISSUES, [])
    lake.merge(ISSUES, [])
    before = lake.receipts()
    lake.initialise([SPEND])
    assert lake.receipts() == before
    top = root / f"{RECEIPTS.path}/current"
    counts = {folder.name: len(list(folder.iterdir())) for folder in top.iterdir()}
    assert counts == {"dt=1970-01-01": 1, "dt=2027-02-05": 1, "dt=2027-02-06": 2}


def test_a_long_history_is_joined_and_not_lost(
    lake: Lake, root: Path, clock: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidy, "MOST_HISTORY_FILES", 3)
    for number in range(6):
        lake.merge(ISSUES, [issues_page(("1", f"v{number}", number))])
        clock.on()
    history = root / "tracker/issues/history"
    assert len(list(history.iterdir())) == 6  # the first one has no rows
    lake.initialise([ISSUES])
    assert len(list(history.iterdir())) == 1
    at = Hand(NOON)
    for number in range(6):
        assert titles(lake.as_of(ISSUES, at.at)) == {"1": f"v{number}"}
        at.on()


def test_declaring_tables_again_changes_nothing(lake: Lake, root: Path) -> None:
    declared = root / "vendor/spend/current/dt=1970-01-01/part.parquet"
    before = declared.stat().st_mtime_ns
    lake.initialise([SPEND])
    assert declared.stat().st_mtime_ns == before


def test_a_table_that_got_a_column_is_declared_again(lake: Lake, root: Path) -> None:
    from dataclasses import replace

    import pyarrow.parquet as pq

    lake.replace_days(SPEND, days(0, 0), [spend_page([(0, "ann", 1)])])
    wider = replace(
        SPEND, columns=(*SPEND.columns, replace(SPEND.columns[-1], name="x"))
    )
    lake.initialise([wider])
    declared = root / "vendor/spend/current/dt=1970-01-01/part.parquet"
    assert "x" in pq.read_schema(declared).names
    assert lake.current(wider)["x"].to_pylist() == [None]

"""Fixtures of the lake's tests."""

from pathlib import Path

import pytest
from small_tables import ISSUES, MEMBERS, SPEND, Hand

from ingestion.lake import Lake
from ingestion.lake.tables import TABLES


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "lake"


@pytest.fixture
def lake(root: Path, clock: Hand) -> Lake:
    made = Lake(root, clock)
    made.initialise([SPEND, ISSUES, MEMBERS, *TABLES])
    return made

"""What was known at an earlier time, read from the versions that the lake keeps."""

from datetime import UTC, date, datetime
from pathlib import Path

import parquet_lake
import pytest
import small_company
from warehouse import World

from ingestion.sources.anthropic.tables import USAGE

pytestmark = pytest.mark.slow
DAY = date(2026, 5, 15)


def instant(day: int) -> datetime:
    return datetime(2026, 8, day, tzinfo=UTC).replace(tzinfo=None)


def test_models_can_be_built_as_of_an_earlier_time(tmp_path: Path) -> None:
    world = World(tmp_path)
    row = small_company.used((5, 15), "user", "user-a1", (7, 0, 0, 0, 0))
    newer = {**row, "uncached_input_tokens": 9, "total_tokens": 9}
    parquet_lake.write_lake(
        world.lake, {"anthropic/usage": [{**newer, "known_at": instant(9)}]}
    )
    parquet_lake.write_history(
        world.lake,
        USAGE,
        [{**row, "known_at": instant(1), "superseded_at": instant(9)}],
    )
    tokens = "select input_uncached from intermediate.int_usage_reported"
    seen: dict[str, list[int]] = {}
    for known in ("2026-07-31", "2026-08-01", "2026-08-08 23:59:59", "2026-08-09"):
        world.built(
            "run", "--select", "+int_usage_reported", "--vars", f"{{as_of: '{known}'}}"
        )
        seen[known] = [found["input_uncached"] for found in world.rows(tokens)]
    assert seen == {
        "2026-07-31": [],
        "2026-08-01": [7],
        "2026-08-08 23:59:59": [7],
        "2026-08-09": [9],
    }

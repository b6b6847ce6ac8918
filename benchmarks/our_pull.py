"""Ours: the connector's pages into the lake, or only into one Parquet file.

The second leaves out what the plain loop does not do either: stored pages, redaction,
content hash, history and receipt.
"""

import sys
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq

from ingestion.clock import FixedClock
from ingestion.lake import Lake
from ingestion.sources.anthropic import analytics
from ingestion.sources.anthropic.connection import connection
from ingestion.sources.anthropic.tables import USAGE
from ingestion.window import Window

PRESENT = FixedClock(datetime(2026, 11, 22, tzinfo=UTC))
DAY = Window(date(2026, 11, 20), date(2026, 11, 20))


def main(url: str, target: str, how: str) -> None:
    """Read every page and land it."""
    pages = analytics.usage(connection(url, "benchmark"), DAY)
    if how == "lake":
        Lake(target, PRESENT).replace_days(USAGE, DAY, pages)
        return
    batches = [pa.record_batch(dict(page.columns)) for page in pages]
    pq.write_table(pa.Table.from_batches(batches), target, compression="zstd")


if __name__ == "__main__":
    main(*sys.argv[1:])

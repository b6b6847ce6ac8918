"""Ours: the connector's answers into one Parquet file, its pages too, or the lake.

`answers` does what the plain loop does. `pages` also redacts each body and looks for
fields that are not read. `lake` also stores the bodies, refuses two rows of one key,
hashes the content, keeps history and writes a receipt.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq

from ingestion.clock import FixedClock
from ingestion.http import Api
from ingestion.lake import Lake
from ingestion.lake.rows import page_rows
from ingestion.page import Page
from ingestion.sources.anthropic import analytics
from ingestion.sources.anthropic.connection import connection
from ingestion.sources.anthropic.tables import USAGE
from ingestion.window import Window

PRESENT = FixedClock(datetime(2027, 2, 5, 6, tzinfo=UTC))


def main(url: str, target: str, how: str, first: str, last: str) -> None:
    """Read every page of the days from `first` to `last` and land it."""
    window = Window(date.fromisoformat(first), date.fromisoformat(last))
    api = connection(url, "benchmark")
    if how == "lake":
        pages = analytics.usage(api, window)
        Lake(target, PRESENT).replace_days(USAGE, window, pages)
        return
    pages = analytics.usage(api, window) if how == "pages" else answers(api, window)
    rows = [page_rows(USAGE, page, n) for n, page in enumerate(pages, start=1)]
    pq.write_table(pa.concat_tables(rows), target, compression="zstd")


def answers(api: Api, window: Window) -> Iterator[Page]:
    """Pages of which only the columns are made."""
    shape, dimensions = analytics.USAGE, analytics.PRICING
    for report, _ in analytics.usage_reports(api, window):
        yield Page(analytics.usage_columns(report.data, dimensions, shape))


if __name__ == "__main__":
    main(*sys.argv[1:])

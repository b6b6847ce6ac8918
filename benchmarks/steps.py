"""Single steps from a page to the lake, in one process: where the time goes."""

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

import pyarrow as pa

from benchmarks.usage_server import Month
from ingestion.lake.content import content_hash, in_order
from ingestion.lake.partition import parquet
from ingestion.lake.pull import compressed
from ingestion.lake.rows import one_row_per_key, page_rows
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.anthropic import analytics
from ingestion.sources.anthropic.tables import USAGE

Item = TypeVar("Item")
Result = TypeVar("Result")
PAGES, RUNS = 60, 5


def report(month: Month) -> str:
    """A Markdown table of CPU microseconds per record, the best of some runs."""
    bodies = [month.body(number, PAGES) for number in range(PAGES)]
    reports, decode = _timed(analytics.USAGE.read, bodies)
    records = sum(len(found.data) for found in reports)
    columns, column = _timed(
        lambda found: analytics.usage_columns(
            found.data, analytics.PRICING, analytics.USAGE
        ),
        reports,
    )
    rows, typed = _timed(lambda found: page_rows(USAGE, Page(found), 1), columns)
    whole = [pa.concat_tables(rows)]
    ordered, sort = _timed(lambda table: in_order(USAGE, table), whole)
    steps = {
        "decode into structs": decode,
        "columns": column,
        "typed Arrow rows": typed,
        "Parquet": _timed(parquet, ordered)[1],
        "fields that are not read": _timed(analytics.USAGE.unknown_fields, bodies)[1],
        "redact": _timed(redact, bodies)[1],
        "compress the stored page": _timed(compressed, bodies)[1],
        "one row per key": _timed(lambda t: one_row_per_key(USAGE, t), whole)[1],
        "sort": sort,
        "content hash": _timed(lambda t: content_hash(USAGE, t), ordered)[1],
    }
    return "\n".join(
        [
            "| step | CPU µs per record |",
            "|---|---|",
            *(
                f"| {name} | {seconds / records * 1e6:.2f} |"
                for name, seconds in steps.items()
            ),
        ]
    )


def _timed(
    step: Callable[[Item], Result], items: Sequence[Item]
) -> tuple[list[Result], float]:
    """What the step returns for each item, and the CPU seconds of the best run."""
    costs: list[float] = []
    results: list[Result] = []
    for _ in range(RUNS):
        results = []
        started = time.process_time()
        for item in items:
            results.append(step(item))
        costs.append(time.process_time() - started)
    return results, min(costs)

"""Ingestion per record, ours beside a plain `requests` + `json` loop."""

import tempfile
from pathlib import Path

from benchmarks.measure import Cost, interleaved, median
from benchmarks.usage_server import RECORDS_A_PAGE, serving

SMALL, LARGE, RUNS = 20, 220, 5  # pages, pages, interleaved runs of each


def report() -> str:
    """A Markdown table of CPU microseconds per record and peak memory.

    The slope between two sizes is per record, so start-up drops out.
    """
    small, large = _costs(SMALL), _costs(LARGE)
    records = (LARGE - SMALL) * RECORDS_A_PAGE
    plain = (large["plain loop"].cpu - small["plain loop"].cpu) / records
    lines = [
        f"{LARGE * RECORDS_A_PAGE:,} records, medians of {RUNS} interleaved runs, "
        "slope between two sizes",
        "",
        "| path | CPU µs per record | to the plain loop | peak MB |",
        "|---|---|---|---|",
    ]
    for name in large:
        slope = (large[name].cpu - small[name].cpu) / records
        lines.append(
            f"| {name} | {slope * 1e6:.2f} | {slope / plain:.2f} | "
            f"{large[name].peak_mb:.0f} |"
        )
    return "\n".join(lines)


def _costs(pages: int) -> dict[str, Cost]:
    with tempfile.TemporaryDirectory() as folder, serving(pages) as url:
        target = Path(folder)
        commands = {
            "plain loop": (
                "benchmarks.plain_loop", url, str(target / "plain.parquet")
            ),
            "ours, response to Parquet": (
                "benchmarks.our_pull", url, str(target / "ours.parquet"), "parquet"
            ),
            "ours, into the lake": (
                "benchmarks.our_pull", url, str(target / "lake"), "lake"
            ),
        }  # fmt: skip
        measured = interleaved(commands, RUNS, {})
    return {name: median(costs) for name, costs in measured.items()}

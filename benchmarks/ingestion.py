"""Ingestion per record: ours beside a plain `requests` + `json` loop, dlt and reading.

simulated usage on loopback → each path as a process of its own → CPU per record
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.dataset as ds

from benchmarks import steps
from benchmarks.measure import Cost, cost, median, module
from benchmarks.usage_server import MONTH, Month, serving

RECORDS = 1_000_000  # at least: whole branches of the company are served
SMALLER = 10  # the slope is taken to so many times fewer branches
RUNS = 3  # interleaved runs of each path and size
DLT = Path(__file__).parents[1] / ".venv-bench/bin/python"
PLAIN, READING = "plain `requests` + `json` loop", "reading alone (`requests`, raw)"
DLT_ROW = "dlt REST source to Parquet, its defaults"


def report() -> str:
    """Markdown tables: CPU microseconds per record with peak memory, and single steps.

    The slope between two sizes is per record, so start-up drops out.
    """
    month = Month()
    branches = -(-RECORDS // month.records)
    small, large = (_costs(month, count) for count in (branches // SMALLER, branches))
    records = (branches - branches // SMALLER) * month.records
    slopes = {
        name: (large[name].cpu - small[name].cpu) / records * 1e6 for name in large
    }
    return "\n".join(
        [
            f"{branches * month.records:,} records of the simulated company, "
            f"{month.bytes_a_record:,.0f} bytes each, in pages of at most 1,000; "
            f"medians of {RUNS} interleaved runs, slope between two sizes",
            "",
            "| path | CPU µs per record | to the plain loop | to reading alone "
            "| to dlt | peak MB |",
            "|---|---|---|---|---|---|",
            *(
                f"| {name} | {slope:.2f} | {slope / slopes[PLAIN]:.2f} | "
                f"{slope / slopes[READING]:.1f} | "
                f"{_ratio(slope, slopes.get(DLT_ROW))} | {large[name].peak_mb:,.0f} |"
                for name, slope in slopes.items()
            ),
            *([] if DLT.exists() else ["", "dlt is left out: run `make bench`."]),
            "",
            steps.report(month),
        ]
    )


def _ratio(slope: float, other: float | None) -> str:
    """How many times the other; a dash where the other was not measured."""
    return "–" if other is None else f"{slope / other:.2f}"


def _costs(month: Month, branches: int) -> dict[str, Cost]:
    """The median cost of each path over so many branches of the company.

    Every run lands in a folder of its own, so that nothing is there already.
    """
    found: dict[str, list[Cost]] = {}
    with serving(month, branches) as url:
        for _ in range(RUNS):
            with tempfile.TemporaryDirectory() as folder:
                commands = _commands(url, Path(folder), branches * len(month.pages))
                for name, command in commands.items():
                    found.setdefault(name, []).append(cost(command, {}))
                _check(Path(folder), branches * month.records)
    return {name: median(costs) for name, costs in found.items()}


def _commands(url: str, folder: Path, pages: int) -> dict[str, Sequence[str]]:
    days = (str(MONTH.first), str(MONTH.last))
    ours, lake = str(folder / "ours"), str(folder / "lake")
    commands: dict[str, Sequence[str]] = {
        READING: module("benchmarks.reading", url, str(pages)),
        PLAIN: module("benchmarks.plain_loop", url, str(folder / "plain.parquet")),
        "ours, response to Parquet": module(
            "benchmarks.our_pull", url, f"{ours}.parquet", "answers", *days
        ),
        "ours, redacted and searched for new fields": module(
            "benchmarks.our_pull", url, f"{ours}_pages.parquet", "pages", *days
        ),
        "ours, into the lake": module(
            "benchmarks.our_pull", url, lake, "lake", *days
        ),
    }  # fmt: skip
    if DLT.exists():
        script = Path(__file__).with_name("dlt_rest.py")
        commands[DLT_ROW] = [
            str(DLT), str(script), url, str(folder / "dlt")
        ]  # fmt: skip
    return commands


def _check(folder: Path, records: int) -> None:
    """Refuse a comparison of paths that did not land the same rows."""
    landed = {
        "plain.parquet": "output_tokens",
        "ours.parquet": "output_tokens",
        "ours_pages.parquet": "output_tokens",
        "lake/anthropic/usage/current": "output_tokens",
        "dlt/landed/vendor/usage": "usage__output_tokens",
    }
    found: dict[str, tuple[int, int]] = {}
    for place, column in landed.items():
        if (folder / place).exists():
            tokens = ds.dataset(folder / place, format="parquet").to_table([column])
            found[place] = (tokens.num_rows, pc.sum(tokens[column]).as_py())
    if len(set(found.values())) != 1 or {n for n, _ in found.values()} != {records}:
        raise RuntimeError(f"of {records} records (rows, tokens) landed: {found}")

"""Reading a Git repository: our passes beside plain `git log` on the same history.

a repository, named by TOKENWORTH_REAL_REPOSITORY → each path as a process → wall, CPU
"""

import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.measure import Cost, interleaved, median, module

RUNS = 3
PLAIN, LINES = "plain `git log -M --numstat`", "ours, every removed line's writer"


def report() -> str:
    """A Markdown table of wall and CPU seconds, commits a second and the ratio."""
    location = os.environ.get("TOKENWORTH_REAL_REPOSITORY")
    if not location:
        return "TOKENWORTH_REAL_REPOSITORY names no repository: name a whole clone."
    with tempfile.TemporaryDirectory() as folder:
        commands = _commands(location, Path(folder))
        interleaved(commands, 1, {})  # brings the repository into memory
        found = interleaved(commands, RUNS, {})
    costs = {name: median(each) for name, each in found.items()}
    whole = _count(location)
    first_parents = _count(location, "--first-parent")
    return "\n".join(
        [
            f"{whole:,} commits, {first_parents:,} of them on the mainline; "
            f"medians of {RUNS} interleaved runs",
            "",
            "| path | wall s | CPU s | commits a second | wall to plain | peak MB |",
            "|---|---|---|---|---|---|",
            *_rows(costs, whole),
        ]
    )


def _commands(location: str, folder: Path) -> Mapping[str, Sequence[str]]:
    ours = ("benchmarks.our_history", location, str(folder))
    return {
        PLAIN: ["git", "-C", location, "log", "-M", "--numstat", "HEAD"],
        "ours, commits and authors": module(*ours, "commits", "commit_authors"),
        "ours, lines of each file": module(*ours, "file_changes"),
        LINES: module(*ours, "line_removals", "mainline_lines"),
        "ours, all of it": module(
            *ours, "file_changes", "commit_authors", "commits", "line_removals",
            "mainline_lines", "refs",
        ),
    }  # fmt: skip


def _rows(costs: Mapping[str, Cost], commits: int) -> list[str]:
    return [
        f"| {name} | {cost.wall:.1f} | {cost.cpu:.1f} | {commits / cost.wall:,.0f} | "
        f"{cost.wall / costs[PLAIN].wall:.2f} | {cost.peak_mb:,.0f} |"
        for name, cost in costs.items()
    ]


def _count(location: str, *options: str) -> int:
    command = ["git", "-C", location, "rev-list", "--count", *options, "HEAD"]
    return int(subprocess.run(command, check=True, capture_output=True).stdout)

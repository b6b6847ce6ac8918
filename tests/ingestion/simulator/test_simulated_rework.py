"""What Git's lines tell of rework is what the simulated people did."""

from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from git_history import git

from ingestion.simulator import PRESENT, Company, Truth
from ingestion.simulator.change import REPOSITORIES, Change
from ingestion.simulator.rework import DAYS, authors
from ingestion.sources.git import Repository, read

Key = tuple[str, int]
Lines = tuple[int, int, int]


@pytest.fixture(scope="module")
def planted(truth: Truth) -> dict[Key, Lines]:
    """(written, removed in time by their authors, by others) of each change."""
    return {
        (row["repository"], row["change_number"]): (
            row["written_lines"],
            row["rewritten_own_lines"],
            row["rewritten_others_lines"],
        )
        for row in truth.as_served(PRESENT).rework.to_pylist()
    }


def changes(company: Company, name: str, folder: Path) -> dict[str, Change]:
    """The change behind each commit of the mainline but the initial one."""
    shas = git(folder, "rev-list", "--first-parent", "--reverse", "main").split()[1:]
    planned = [change for change in company.changes if change.repository == name]
    return dict(zip(shas, planned, strict=False))


def rows(pages: Any) -> list[dict[str, Any]]:
    """Rows of source lines."""
    found = [row for page in pages for row in pa.table(page.columns).to_pylist()]
    return [row for row in found if row["path_kind"] == "source"]


def test_removed_lines_are_those_that_were_planted(
    company: Company, written: Path, planted: dict[Key, Lines], tmp_path: Path
) -> None:
    found: dict[Key, Lines] = {}
    for name in REPOSITORIES:
        folder = written / "repositories" / f"{name}.git"
        by_sha = changes(company, name, folder)
        history = read(Repository(name, str(folder)), None, tmp_path)
        own: Counter[str] = Counter()
        others: Counter[str] = Counter()
        for row in rows(history.line_removals):
            writer, remover = by_sha[row["written_sha"]], by_sha[row["mainline_sha"]]
            seconds = remover.merged_ms // 1000 - writer.merged_ms // 1000
            if seconds <= DAYS * 86_400:
                is_own = bool(authors(writer) & authors(remover))
                (own if is_own else others)[row["written_sha"]] += row["removed_lines"]
        for row in rows(history.mainline_lines):
            sha = row["mainline_sha"]
            if row["added_lines"] and sha in by_sha:
                key = (name, by_sha[sha].number)
                found[key] = (row["added_lines"], own[sha], others[sha])
    assert found == planted


def test_there_is_enough_rework_of_both_kinds(planted: dict[Key, Lines]) -> None:
    written, own, others = map(sum, zip(*planted.values(), strict=True))
    assert written > 90_000
    assert own > 0.01 * written
    assert others > 0.01 * written

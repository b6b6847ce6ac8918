"""Git's pages in a real lake: increments, force pushes and a change of branch."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dagster_project.outcomes import git_landed
from ingestion.clock import FixedClock
from ingestion.lake import Lake
from ingestion.sources.git import Repository, read
from ingestion.sources.git.tables import (
    COMMIT_AUTHORS,
    COMMITS,
    FILE_CHANGES,
    LINE_REMOVALS,
    MAINLINE_LINES,
    REFS,
    TABLES,
)
from ingestion.table import Table
from tests.ingestion.sources.made_repository import Made

CLOCK = FixedClock(datetime(2027, 2, 5, 6, tzinfo=UTC))


def there(lake: Lake, table: Table, name: str) -> list[str]:
    """One column of the rows that are not removed."""
    rows = lake.current(table).to_pylist()
    return [row[name] for row in rows if row["removed_at"] is None]


def landed(lake: Lake, made: Made, workdir: Path, branch: str | None = None) -> None:
    """One pull, from the tip that the lake knows."""
    tips, ruled = there(lake, REFS, "tip_sha"), there(lake, REFS, "rules_hash")
    repository = Repository("made", str(made.folder), branch)
    history = read(
        repository,
        tips[0] if tips else None,
        workdir,
        known_rules=ruled[0] if ruled else None,
    )
    git_landed(lake, "made", history)


def test_the_lake_follows_the_branch(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake", CLOCK)
    lake.initialise(TABLES)
    made, workdir = Made(tmp_path / "made"), tmp_path / "work"
    root = made.commit("root", a="1\n")
    gone = made.commit("gone", b="1\n")
    landed(lake, made, workdir)
    assert set(there(lake, COMMITS, "commit_sha")) == {root, gone}

    made.git("reset", "-q", "--hard", root)
    kept = made.commit("kept", c="1\n")
    landed(lake, made, workdir)
    for table in (COMMITS, COMMIT_AUTHORS, FILE_CHANGES):
        assert set(there(lake, table, "commit_sha")) == {root, kept}
    assert set(there(lake, MAINLINE_LINES, "mainline_sha")) == {root, kept}

    made.git("checkout", "-qb", "other", root)
    other = made.commit("other", d="1\n")
    landed(lake, made, workdir, "other")
    assert set(there(lake, COMMITS, "commit_sha")) == {root, other}
    assert there(lake, REFS, "ref") == ["refs/heads/other"]

    made.git("checkout", "-q", "main")
    merge = made.merge("other")
    landed(lake, made, workdir, "main")
    assert set(there(lake, COMMITS, "commit_sha")) == {root, kept, other, merge}
    assert there(lake, REFS, "tip_sha") == [merge]


def test_the_same_history_lands_alike_in_one_pull_or_in_many(tmp_path: Path) -> None:
    made, workdir = Made(tmp_path / "made"), tmp_path / "work"
    step, whole = (Lake(tmp_path / name, CLOCK) for name in ("step", "whole"))
    for lake in (step, whole):
        lake.initialise(TABLES)
    made.commit("root", a="1\n")
    landed(step, made, workdir)
    made.git("checkout", "-qb", "side")
    made.commit("side", b="1\n")
    made.git("checkout", "-q", "main")
    made.commit("main", c="1\n")
    landed(step, made, workdir)
    made.merge("side")
    landed(step, made, workdir)
    landed(whole, made, workdir)
    for table in TABLES:
        names = [column.name for column in table.columns]
        assert step.current(table).select(names) == whole.current(table).select(names)


def test_another_kind_of_path_replaces_the_rows_of_the_former(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake", CLOCK)
    lake.initialise(TABLES)
    made, workdir = Made(tmp_path / "made"), tmp_path / "work"
    made.commit(a="1\n2\n")
    made.commit(a="1\n")
    landed(lake, made, workdir)
    assert there(lake, LINE_REMOVALS, "path_kind") == ["source"]
    made.commit(**{".gitattributes": "a linguist-generated\n"})
    landed(lake, made, workdir)
    assert there(lake, LINE_REMOVALS, "path_kind") == ["generated"]
    assert there(lake, LINE_REMOVALS, "removed_lines") == [1]


def test_a_pull_that_is_killed_between_two_tables_is_made_up_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, workdir = Made(tmp_path / "made"), tmp_path / "work"
    killed, whole = (Lake(tmp_path / name, CLOCK) for name in ("killed", "whole"))
    for lake in (killed, whole):
        lake.initialise(TABLES)
    made.commit(a="1\n2\n3\n4\n")
    landed(killed, made, workdir)
    for survived in range(len(TABLES)):
        made.commit(a="1\n2\n3\n4\n"[: 2 * (4 - survived)] + f"{survived}\n")
        merge, left = Lake.merge, [survived]

        def dies(
            self: Lake, *arguments: Any, left: list[int] = left, merge: Any = merge,
            **named: Any,
        ) -> Any:  # fmt: skip
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt
            return merge(self, *arguments, **named)

        with monkeypatch.context() as patch:
            patch.setattr(Lake, "merge", dies)
            with pytest.raises(KeyboardInterrupt):
                landed(killed, made, workdir)
    landed(killed, made, workdir)
    landed(whole, made, tmp_path / "elsewhere")
    for table in TABLES:
        names = [column.name for column in table.columns]
        assert killed.current(table).select(names) == whole.current(table).select(names)

"""Git's pages in a real lake: increments, force pushes and a change of branch."""

from datetime import UTC, datetime
from pathlib import Path

from dagster_project.outcomes import git_landed
from ingestion.clock import FixedClock
from ingestion.lake import Lake
from ingestion.sources.git import Repository, read
from ingestion.sources.git.tables import (
    COMMIT_AUTHORS,
    COMMITS,
    FILE_CHANGES,
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

"""Repositories as an asset: every table lands, and a second run brings what is new."""

from pathlib import Path
from typing import Any

import dagster as dg
import pyarrow.parquet as pq
import pytest

from dagster_project.outcomes import git_history_asset
from dagster_project.resources import WorkspaceResource
from dagster_project.workspace import Workspace, workspace
from ingestion.sources.git import tables
from tests.dagster_project.test_people_files import PREPARED
from tests.ingestion.sources.made_repository import BEN, Made


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A repository with two commits, the second by a machine."""
    made = Made(tmp_path / "made")
    made.commit(a="1\n2\n3\n")
    made.commit(a="1\n2\n", author=("Build", "CI@people.example"))
    return made


@pytest.fixture
def found(tmp_path: Path, made: Made, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace whose configuration names it, by a relative path."""
    config = tmp_path / "tokenworth.yaml"
    config.write_text(
        "present: 2027-02-05T06:00:00Z\nsources: {git: {bots: [Ci@people.example], "
        "repositories: [{repository: made, location: made}]}}\n"
    )
    monkeypatch.setenv("TOKENWORTH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TOKENWORTH_CONFIG", str(config))
    for name in PREPARED:
        monkeypatch.setenv(name, "0")
    return workspace()


def landed() -> Any:
    """The result of one run of the asset."""
    held = {"workspace": WorkspaceResource()}
    return dg.materialize([git_history_asset()], resources=held)


def test_every_table_of_a_repository_lands_and_grows(
    found: Workspace, made: Made
) -> None:
    landed()
    rows = {t.name: found.lake.current(t).to_pylist() for t in tables.TABLES}
    assert [row["removed_lines"] for row in rows["line_removals"]] == [1]
    assert [row["removed_lines"] for row in rows["mainline_lines"]] in ([0, 1], [1, 0])
    kinds = {row["author_email"]: row["author_kind"] for row in rows["commit_authors"]}
    assert kinds == {"ann@people.example": "human", "ci@people.example": "bot"}
    made.commit(a="2\n", author=BEN)
    landed()
    removals = found.lake.current(tables.LINE_REMOVALS)
    assert sorted(removals["removed_lines"].to_pylist()) == [1, 1]
    assert set(removals["removed_at"].to_pylist()) == {None}


def test_a_lake_from_before_lines_were_followed_is_filled_up(
    found: Workspace, made: Made
) -> None:
    landed()
    home = found.home / "lake/git"
    for table in (tables.LINE_REMOVALS, tables.MAINLINE_LINES):
        (home / table.name / "current/dt=all/part.parquet").unlink()
    refs = home / "refs/current/dt=all/part.parquet"
    pq.write_table(pq.read_table(refs).drop_columns(["rules_hash"]), refs)
    landed()
    assert found.lake.current(tables.LINE_REMOVALS).num_rows == 1
    assert found.lake.current(tables.MAINLINE_LINES).num_rows == 2
    assert found.lake.current(tables.REFS)["rules_hash"].null_count == 0

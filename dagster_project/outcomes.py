"""Git's tables, which move together: the default branch of every repository.

The cursor is read from the landed data itself, and the table that holds it lands last:
a kill in between leaves the cursor behind the data, and the next run heals.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import dagster as dg
import pyarrow.compute as pc

from dagster_project.landing import (
    plain_errors,
    pool,
    results,
    spec,
    told,
    workspace_of,
)
from dagster_project.workspace import Workspace
from ingestion.lake import Lake, Receipt
from ingestion.sources import git
from ingestion.sources.git import tables as git_tables


def git_history_asset() -> dg.AssetsDefinition:
    """The default branch of every repository, from the last tip seen."""

    @dg.multi_asset(
        name="git_history",
        specs=[spec(table) for table in git_tables.TABLES],
        pool=pool("git"),
        required_resource_keys={"workspace"},
    )
    def _asset(
        context: dg.AssetExecutionContext,
    ) -> Iterator[dg.MaterializeResult[Any]]:
        found = workspace_of(context)
        receipts: dict[str, Receipt] = {}
        with plain_errors():
            for place in places(found):
                receipts |= _repository(context, found, place)
        yield from results(git_tables.TABLES, receipts)

    return _asset


def places(found: Workspace) -> Iterator[git.Repository]:
    """The configured repositories; a relative path is meant from the configuration."""
    named = found.configuration.sources.git
    for repository in named.repositories if named else ():
        place = git.Repository(
            repository.repository,
            repository.location,
            repository.branch,
            tuple(sorted(address.lower() for address in named.bots)) if named else (),
        )
        if not place.is_remote:
            place = replace(place, location=str(found.beside(place.location)))
        yield place


def _repository(
    context: Any, found: Workspace, repository: git.Repository
) -> dict[str, Receipt]:
    """Receipts of one repository by table path; `refs`, the cursor, lands last."""
    known_tip, known_rules = _known(found.lake, repository.name)
    history = git.read(repository, known_tip, found.mirrors, known_rules=known_rules)
    receipts = git_landed(found.lake, repository.name, history)
    for table in git_tables.TABLES:
        told(context, table, [receipts[table.path]], f"of {repository.name}")
    return receipts


def git_landed(lake: Lake, name: str, history: git.History) -> dict[str, Receipt]:
    """Receipts of one repository's history by table path; `refs` lands last."""
    within = {"repository": name}
    left = history.reachable
    listed = None if left is None else {"commit_sha": left}
    receipts: dict[str, Receipt] = {}
    for table in (
        git_tables.FILE_CHANGES, git_tables.COMMIT_AUTHORS, git_tables.COMMITS
    ):  # fmt: skip
        pages = getattr(history, table.name)
        receipts[table.path] = lake.merge(table, pages, within=within, listed=listed)
    for table in (git_tables.LINE_REMOVALS, git_tables.MAINLINE_LINES):
        # A row's kind is part of its key: those of the former one must go.
        whole = replace(table, is_census=history.has_all_lines)
        pages = getattr(history, table.name)
        receipts[table.path] = lake.merge(whole, pages, within=within)
    receipts[git_tables.REFS.path] = lake.merge(
        git_tables.REFS, history.refs, within=within
    )
    return receipts


def _known(lake: Lake, name: str) -> tuple[str | None, str]:
    """Tip and rules of the last pull; no tip where all has to be read (again).

    After unreadable paths everything is read again, so that a mended clone heals.
    """
    refs = lake.current(git_tables.REFS)
    refs = refs.filter(
        (pc.field("repository") == name)
        & pc.field("removed_at").is_null()
        & (pc.field("unreadable_paths") == 0)
    )
    if not refs.num_rows:
        return None, ""
    return refs["tip_sha"][0].as_py(), refs["rules_hash"][0].as_py() or ""

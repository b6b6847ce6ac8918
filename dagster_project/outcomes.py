"""Outcomes whose tables move together: Jira's issues with their history, Git's branch.

The cursor of each is read from the landed data itself, and the table that holds it
lands last: a kill in between leaves the cursor behind the data, and the next run heals.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

import dagster as dg
import pyarrow as pa
import pyarrow.compute as pc

from dagster_project.landing import (
    landed,
    not_connected,
    plain_errors,
    pool,
    spec,
    told,
    workspace_of,
)
from dagster_project.workspace import Workspace
from ingestion.configuration import JiraSite
from ingestion.http import Api
from ingestion.lake import Lake, Receipt
from ingestion.page import Page
from ingestion.sources import git, jira
from ingestion.sources.git import tables as git_tables
from ingestion.sources.jira import tables as jira_tables
from ingestion.table import Table

PAGES_A_MERGE = 100  # bounds memory; each merge also moves the cursor
ISSUES = jira_tables.ISSUES
CHANGELOG_ITEMS = jira_tables.CHANGELOG_ITEMS
HISTORY = (ISSUES, CHANGELOG_ITEMS)


def jira_history_asset() -> dg.AssetsDefinition:
    """Issues and their changelog, from the last update seen; vanished ones marked."""

    @dg.multi_asset(
        name="jira_history",
        specs=[
            spec(table, deps=[jira_tables.FIELDS, jira_tables.PROJECTS])
            for table in HISTORY
        ],
        pool=pool("jira"),
        required_resource_keys={"workspace", "jira"},
    )
    def _asset(
        context: dg.AssetExecutionContext,
    ) -> Iterator[dg.MaterializeResult[Any]]:
        found = workspace_of(context)
        receipts: dict[str, Receipt] = {}
        with plain_errors():
            for site, api in context.resources.jira.apis(found).items():
                receipts |= _site(context, found.lake, site, api)
        yield from _results(HISTORY, receipts)

    return _asset


def _results(
    tables: Iterable[Table], receipts: Mapping[str, Receipt]
) -> Iterator[dg.MaterializeResult[Any]]:
    """One result a table, from the last receipt by table path."""
    for table in tables:
        receipt = receipts.get(table.path)
        yield landed(table, [receipt]) if receipt else not_connected(table)


def _site(context: Any, lake: Lake, site: JiraSite, api: Api) -> dict[str, Receipt]:
    """Last receipts of one site by table path; issues, the cursor, land last."""
    within = {"site": site.site}
    receipts: dict[str, Receipt] = {}

    def land(table: Table, pages: Iterable[Page]) -> None:
        receipts[table.path] = lake.merge(table, pages, within=within)
        told(context, table, [receipts[table.path]], f"of {site.site}")

    points, since = _story_points(lake, site), _cursor(lake, site)
    pages = iter(jira.issues(api, site.site, points, since, site.projects))
    while chunk := list(islice(pages, PAGES_A_MERGE)):
        ids = sorted({issue for page in chunk for issue in page.columns["issue_id"]})
        land(CHANGELOG_ITEMS, jira.changelog_items(api, site.site, ids))
        land(ISSUES, chunk)
    if CHANGELOG_ITEMS.path not in receipts:  # no issue moved: a receipt says so
        land(CHANGELOG_ITEMS, ())
    listed = [*jira.census(api, site.site, site.projects), *_out_of_sight(lake, site)]
    receipts[ISSUES.path] = lake.merge(
        ISSUES, (), within=within, listed={"issue_id": listed}
    )
    return receipts


def _of_site(table: pa.Table, site: JiraSite) -> pa.Table:
    return table.filter(pc.field("site") == site.site)


def _cursor(lake: Lake, site: JiraSite) -> datetime | None:
    """The newest update landed, or None before the first pull."""
    issues = _of_site(lake.current(ISSUES), site)
    newest = issues.group_by([]).aggregate([("updated_at", "max")])
    return newest["updated_at_max"][0].as_py()


def _story_points(lake: Lake, site: JiraSite) -> str | None:
    """The estimate's field, as the directory of fields chose it."""
    known = _of_site(lake.current(jira_tables.FIELDS), site)
    chosen = known.filter(pc.field("is_story_points"))["field_id"].to_pylist()
    return chosen[0] if chosen else None


def _out_of_sight(lake: Lake, site: JiraSite) -> list[str]:
    """Issues of projects that are no longer visible: lost access is not deletion."""
    visible = _of_site(lake.current(jira_tables.PROJECTS), site)
    visible = visible.filter(pc.field("removed_at").is_null())["project_id"]
    issues = _of_site(lake.current(ISSUES), site)
    hidden = ~pc.field("project_id").isin(visible.to_pylist())
    return issues.filter(hidden)["issue_id"].to_pylist()


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
        yield from _results(git_tables.TABLES, receipts)

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

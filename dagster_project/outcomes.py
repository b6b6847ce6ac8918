"""Outcomes whose tables move together: Jira's issues with their history, Git's branch,
and the pull requests of code hosts.

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
from ingestion.connector import Connector, Since
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


def host_history_asset(connector: Connector) -> dg.AssetsDefinition:
    """Pull requests and all that belongs to them, from the last update seen."""
    feeds = [feed for feed in connector.feeds if feed.is_incremental]
    tables = [feed.table for feed in feeds]

    @dg.multi_asset(
        name=f"{connector.source}_history",
        specs=[spec(table) for table in tables],
        pool=pool(connector.source),
        required_resource_keys={"workspace", "vendors"},
    )
    def _asset(
        context: dg.AssetExecutionContext,
    ) -> Iterator[dg.MaterializeResult[Any]]:
        found = workspace_of(context)
        with plain_errors():
            connection = context.resources.vendors.connection(found, connector)
            if connection is None:
                yield from (not_connected(table) for table in tables)
                return
            since = newest_updates(found.lake, tables[-1])
            for feed in feeds:
                receipt = found.lake.merge(feed.table, feed.read(connection, since))
                told(context, feed.table, [receipt], "read")
                yield landed(feed.table, [receipt])

    return _asset


def newest_updates(lake: Lake, cursor: Table) -> Since:
    """The newest update landed, by host and repository; None before the first pull."""
    names = ["host", "host_repository"]
    newest = lake.current(cursor).group_by(names).aggregate([("updated_at", "max")])
    known = {
        (row["host"], row["host_repository"]): row["updated_at_max"]
        for row in newest.to_pylist()
    }
    return lambda host, name: known.get((host, name))


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
            repository.repository, repository.location, repository.branch
        )
        if not place.is_remote:
            place = replace(place, location=str(found.beside(place.location)))
        yield place


def _repository(
    context: Any, found: Workspace, repository: git.Repository
) -> dict[str, Receipt]:
    """Receipts of one repository by table path; `refs`, the cursor, lands last."""
    lake, within = found.lake, {"repository": repository.name}
    history = git.read(repository, _known_tip(lake, repository.name), found.mirrors)
    left = history.reachable
    listed = None if left is None else {"commit_sha": left}
    receipts: dict[str, Receipt] = {}
    for table, pages in (
        (git_tables.FILE_CHANGES, history.file_changes),
        (git_tables.COMMIT_AUTHORS, history.commit_authors),
        (git_tables.COMMITS, history.commits),
    ):
        receipts[table.path] = lake.merge(table, pages, within=within, listed=listed)
        told(context, table, [receipts[table.path]], f"of {repository.name}")
    receipts[git_tables.REFS.path] = lake.merge(
        git_tables.REFS, history.refs, within=within
    )
    return receipts


def _known_tip(lake: Lake, name: str) -> str | None:
    """The tip of the last pull; None where all has to be read (again).

    After unreadable paths everything is read again, so that a mended clone heals.
    """
    refs = lake.current(git_tables.REFS)
    refs = refs.filter(
        (pc.field("repository") == name)
        & pc.field("removed_at").is_null()
        & (pc.field("unreadable_paths") == 0)
    )
    return refs["tip_sha"][0].as_py() if refs.num_rows else None

"""Jira's tables that move together: issues with their history, then work on them.

The cursor is read from the landed data itself, and the table that holds it lands last:
a kill in between leaves the cursor behind the data, and the next run heals.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
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
    results,
    spec,
    told,
    workspace_of,
)
from ingestion.configuration import JiraSite
from ingestion.lake import Lake, Receipt
from ingestion.page import Page
from ingestion.sources import jira
from ingestion.sources.jira import tables
from ingestion.sources.jira.absences import GONE
from ingestion.sources.jira.estimates import SPRINT
from ingestion.sources.jira.satisfaction import RATED_AT, RATING
from ingestion.table import Table

PAGES_A_MERGE = 100  # bounds memory; each merge also moves the cursor
HISTORY = (tables.ISSUES, tables.CHANGELOG_ITEMS, tables.ISSUE_ABSENCES)
IN_PROGRESS = "4"
JUST_BEFORE = timedelta(microseconds=1)


def jira_history_asset() -> dg.AssetsDefinition:
    """Issues and their changelog, from the last update seen; absent ones told apart."""

    @dg.multi_asset(
        name="jira_history",
        specs=[spec(table, deps=[tables.FIELDS, tables.PROJECTS]) for table in HISTORY],
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
                receipts |= _History(context, found.lake, site, api).landed()
        yield from results(HISTORY, receipts)

    return _asset


class _History:
    """One site's pull of issues; `receipts` are the last ones by table path."""

    def __init__(
        self, context: Any, lake: Lake, site: JiraSite, api: jira.Jira
    ) -> None:
        self._context, self._lake, self._site, self._api = context, lake, site, api
        self._choice = field_choice(lake, site)
        self.receipts: dict[str, Receipt] = {}

    def landed(self) -> dict[str, Receipt]:
        """Receipts after everything landed; issues, the cursor, last."""
        site = self._site
        since = newest_update(self._lake, tables.ISSUES, site)
        self._land_issues(self._issues(since, site.projects))
        # While a project is out of sight, the cursor moves on without it.
        if since and (returned := projects_in_view(self._lake, site)):
            self._land_issues(self._issues(None, returned))
        if tables.CHANGELOG_ITEMS.path not in self.receipts:  # no issue moved
            self._merge(tables.CHANGELOG_ITEMS, ())
        listed = jira.census(self._api, site.projects)
        known = issue_ids(in_force(self._lake, tables.ISSUES, site))
        # Projects that were named since the cursor, and what the search was late with.
        self._land_issues(self._among(sorted(set(listed) - known)))
        gone = self._land_absences(known - set(listed), set(listed))
        there = {*listed, *known} - gone
        self._merge(tables.ISSUES, (), {"issue_id": sorted(there)})
        return self.receipts

    def _issues(
        self, since: datetime | None, projects: Sequence[str]
    ) -> Iterator[Page]:
        return jira.issues(
            self._api,
            self._site.site,
            self._choice,
            since,
            projects,
            counts_comments=self._site.comment_counts,
        )

    def _among(self, issue_ids: Sequence[str]) -> Iterator[Page]:
        return jira.issues_among(
            self._api,
            self._site.site,
            self._choice,
            issue_ids,
            counts_comments=self._site.comment_counts,
        )

    def _land_issues(self, pages: Iterable[Page]) -> None:
        """Issues in pieces, the history of each piece before it."""
        rest = iter(pages)
        while chunk := list(islice(rest, PAGES_A_MERGE)):
            ids = sorted({one for page in chunk for one in page.columns["issue_id"]})
            history = jira.changelog_items(self._api, self._site.site, ids)
            self._merge(tables.CHANGELOG_ITEMS, history)
            self._merge(tables.ISSUES, chunk)

    def _land_absences(self, missing: set[str], listed: set[str]) -> set[str]:
        """Lands why issues are missing; returns the ids of those that are gone now.

        Those gone before are not asked again, unless they are listed again.
        """
        name = self._site.site
        hidden = missing & out_of_sight(self._lake, self._site)
        asked = sorted(missing - hidden)
        pages = list(jira.absences(self._api, name, asked, self._site.projects))
        pages.append(jira.out_of_sight(name, sorted(hidden)))
        found = {
            one: why
            for page in pages
            for one, why in zip(
                page.columns["issue_id"], page.columns["absence"], strict=True
            )
        }
        before = in_force(self._lake, tables.ISSUE_ABSENCES, self._site)
        gone_before = issue_ids(before.filter(pc.field("absence") == GONE)) - listed
        absent = sorted({*found, *gone_before})
        self._merge(tables.ISSUE_ABSENCES, pages, {"issue_id": absent})
        return {one for one, why in found.items() if why == GONE}

    def _merge(
        self,
        table: Table,
        pages: Iterable[Page],
        listed: dict[str, list[str]] | None = None,
    ) -> None:
        within = {"site": self._site.site}
        receipt = self._lake.merge(table, pages, within=within, listed=listed)
        self.receipts[table.path] = receipt
        told(self._context, table, [receipt], f"of {self._site.site}")


def worklogs_asset() -> dg.AssetsDefinition:
    """Worklogs changed since the last one seen; removed ones marked."""

    def land(lake: Lake, site: JiraSite, api: jira.Jira) -> Receipt:
        since = newest_update(lake, tables.WORKLOGS, site)
        of_issues = (
            issue_ids(in_force(lake, tables.ISSUES, site)) if site.projects else None
        )
        pages = jira.worklogs(api, site.site, since, of_issues)
        within = {"site": site.site}
        lake.merge(tables.WORKLOGS, pages, within=within)
        gone = jira.removed_worklogs(api, since)
        known = in_force(lake, tables.WORKLOGS, site)["worklog_id"].to_pylist()
        left = [one for one in known if one not in gone]
        return lake.merge(
            tables.WORKLOGS, (), within=within, listed={"worklog_id": left}
        )

    return _after_issues(tables.WORKLOGS, land)


def development_asset() -> dg.AssetsDefinition:
    """Links of issues that changed since links landed, and of all in progress."""

    def land(lake: Lake, site: JiraSite, api: jira.Jira) -> Receipt:
        ids = _touched(lake, site) if site.development else []
        return lake.merge(
            tables.DEVELOPMENT_LINKS,
            jira.development_links(api, site.site, ids, site.development),
            within={"site": site.site},
        )

    return _after_issues(tables.DEVELOPMENT_LINKS, land)


def _after_issues(
    table: Table, land: Callable[[Lake, JiraSite, jira.Jira], Receipt]
) -> dg.AssetsDefinition:
    """A table of every site that lands after its issues did."""

    @dg.multi_asset(
        name=f"jira_{table.name}",
        specs=[spec(table, deps=[tables.ISSUES])],
        pool=pool("jira"),
        required_resource_keys={"workspace", "jira"},
    )
    def _asset(
        context: dg.AssetExecutionContext,
    ) -> Iterator[dg.MaterializeResult[Any]]:
        found = workspace_of(context)
        receipts: list[Receipt] = []
        with plain_errors():
            for site, api in context.resources.jira.apis(found).items():
                receipts.append(land(found.lake, site, api))
                told(context, table, receipts[-1:], f"of {site.site}")
        yield landed(table, receipts) if receipts else not_connected(table)

    return _asset


def in_force(lake: Lake, table: Table, site: JiraSite) -> pa.Table:
    """The rows of a site that it still lists."""
    rows = lake.current(table).filter(pc.field("site") == site.site)
    return rows.filter(pc.field("removed_at").is_null())


def issue_ids(rows: pa.Table) -> set[str]:
    """The issues of these rows."""
    return set(rows["issue_id"].to_pylist())


def newest_update(lake: Lake, table: Table, site: JiraSite) -> datetime | None:
    """The newest update landed, or None before the first pull."""
    rows = lake.current(table).filter(pc.field("site") == site.site)
    newest = rows.group_by([]).aggregate([("updated_at", "max")])
    return newest["updated_at_max"][0].as_py()


def field_choice(lake: Lake, site: JiraSite) -> jira.FieldChoice:
    """The fields that mean more than their name, as the directory of fields has it."""
    known = in_force(lake, tables.FIELDS, site)
    points = known.filter(pc.field("is_story_points"))["field_id"].to_pylist()
    sprints = known.filter(pc.field("schema_custom") == SPRINT)["field_id"].to_pylist()
    return jira.FieldChoice(next(iter(points), None), tuple(sprints), ())


def satisfaction_fields(lake: Lake, site: JiraSite) -> jira.SatisfactionFields:
    """The fields of a service project's answers, by what the site says they are."""
    known = in_force(lake, tables.FIELDS, site)
    by_kind = dict(
        zip(
            known["schema_custom"].to_pylist(),
            known["field_id"].to_pylist(),
            strict=True,
        )
    )
    return jira.SatisfactionFields(by_kind.get(RATING), by_kind.get(RATED_AT))


def estimation_fields(lake: Lake, site: JiraSite) -> list[str]:
    """The fields in which boards estimate."""
    boards = in_force(lake, tables.BOARDS, site)
    return boards["estimation_field_id"].drop_null().unique().to_pylist()


def out_of_sight(lake: Lake, site: JiraSite) -> set[str]:
    """Issues of projects that are no longer visible: lost access is not deletion."""
    visible = in_force(lake, tables.PROJECTS, site)["project_id"].to_pylist()
    issues = in_force(lake, tables.ISSUES, site)
    return issue_ids(issues.filter(~pc.field("project_id").isin(visible)))


def projects_in_view(lake: Lake, site: JiraSite) -> list[str]:
    """Projects that came into view and of which nothing landed since.

    A new version of a project that was visible before, such as a new name, is none.
    """
    landed_at = _newest_landing(in_force(lake, tables.ISSUES, site))
    found: list[str] = []
    for project in in_force(lake, tables.PROJECTS, site).to_pylist():
        project_id, seen_at = project["project_id"], project["known_at"]
        is_named = {project_id, project["project_key"]} & {*site.projects}
        if site.projects and not is_named:
            continue
        landed = landed_at.get(project_id)
        if landed is None or landed < seen_at:
            earlier = lake.as_of(
                tables.PROJECTS, (seen_at - JUST_BEFORE).replace(tzinfo=UTC)
            ).filter(
                (pc.field("site") == site.site)
                & (pc.field("project_id") == project_id)
                & pc.field("removed_at").is_null()
            )
            if earlier.num_rows == 0:
                found.append(project_id)
    return found


def _newest_landing(issues: pa.Table) -> dict[str, datetime]:
    """When the last version of an issue landed, by project."""
    newest = issues.group_by("project_id").aggregate([("known_at", "max")])
    return {row["project_id"]: row["known_at_max"] for row in newest.to_pylist()}


def _touched(lake: Lake, site: JiraSite) -> list[str]:
    """Issues that changed since the last link landed, and those in progress."""
    issues = in_force(lake, tables.ISSUES, site)
    links = in_force(lake, tables.DEVELOPMENT_LINKS, site)
    newest = links.group_by([]).aggregate([("known_at", "max")])["known_at_max"][0]
    if newest.is_valid:
        changed = pc.field("known_at") >= newest
        issues = issues.filter(
            changed | (pc.field("status_category_id") == IN_PROGRESS)
        )
    return sorted(issue_ids(issues))

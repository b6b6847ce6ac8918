"""From a source to the lake as Dagster assets: the factories behind `defs.raw`.

A source that is not connected materializes nothing and says so; a source that fails
stops its own tables with one plain error, and the others go on.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypedDict

import dagster as dg

from dagster_project.partitions import DUE, daily, due_days, window
from dagster_project.workspace import Workspace
from dashboards.errors import PagesError
from ingestion.configuration import JiraSite
from ingestion.connector import Connector, Feed
from ingestion.errors import SourceError
from ingestion.lake import Lake, Receipt
from ingestion.page import Page
from ingestion.sources.jira import Jira
from ingestion.table import Table
from ingestion.window import Window, spans
from publication.errors import PublicationError

OWNERS = ["team:data-engineering"]
ACCEPT_SMALLER = "tokenworth/accept_smaller"


class _Labels(TypedDict):
    key: list[str]
    group_name: str
    kinds: set[str]
    owners: list[str]
    description: str


def spec(table: Table, *, deps: Sequence[Table] = ()) -> dg.AssetSpec:
    """The asset of a lake table, labelled for the lineage."""
    return dg.AssetSpec(deps=[key(dep) for dep in deps], **_labels(table))


def key(table: Table) -> list[str]:
    """`raw/<source>/<table>`."""
    return ["raw", table.source, table.name]


def pool(source: str) -> str:
    """One pool a vendor: its rate limit is shared by all its tables."""
    return f"{source}_api"


@contextmanager
def plain_errors() -> Generator[None]:
    """A plain error as a failed step that says source, field and fix, not a trace."""
    try:
        yield
    except (SourceError, PublicationError, PagesError) as error:
        raise dg.Failure(description=str(error), allow_retries=False) from None


def landed(table: Table, receipts: Sequence[Receipt]) -> dg.MaterializeResult[Any]:
    """The result of a pull, with its row count and what changed."""
    return dg.MaterializeResult(
        asset_key=key(table),
        metadata={
            "dagster/row_count": sum(receipt.row_count for receipt in receipts),
            "days": len(receipts),
            "changed": sum(receipt.outcome == "changed" for receipt in receipts),
            "unknown_fields": ", ".join(
                sorted({r.unknown_fields for r in receipts if r.unknown_fields})
            ),
        },
    )


def not_connected(table: Table) -> dg.MaterializeResult[Any]:
    """The result for a source that the configuration does not name."""
    return dg.MaterializeResult(
        asset_key=key(table), metadata={"dagster/row_count": 0, "connected": False}
    )


def results(
    tables: Iterable[Table], receipts: Mapping[str, Receipt]
) -> Iterator[dg.MaterializeResult[Any]]:
    """One result a table, from the last receipt by table path."""
    for table in tables:
        receipt = receipts.get(table.path)
        yield landed(table, [receipt]) if receipt else not_connected(table)


def told(context: Any, table: Table, receipts: Sequence[Receipt], what: str) -> None:
    """One line of progress a pull."""
    rows = sum(receipt.row_count for receipt in receipts)
    changed = sum(receipt.outcome == "changed" for receipt in receipts)
    state = "unchanged" if changed == 0 else f"{changed} of {len(receipts)} changed"
    context.log.info(f"{table.path} {what}: {rows:,} rows, {state}")


def workspace_of(context: Any) -> Workspace:
    """The run's workspace, with every lake table there at least as a zero-row one."""
    from ingestion.catalog import TABLES

    found: Workspace = context.resources.workspace.get()
    found.lake.initialise(TABLES)
    return found


def is_accepted(context: Any, table: Table) -> bool:
    """Whether the operator lets this run apply a pull that shrank tenfold."""
    return table.path in context.run.tags.get(ACCEPT_SMALLER, "").split(",")


def vendor_assets(connector: Connector) -> list[dg.AssetsDefinition]:
    """An asset for every table of an AI vendor."""
    make = {"window": _days_asset, "entity": _census_asset}
    return [make[feed.table.kind](connector, feed) for feed in connector.feeds]


def _days_asset(connector: Connector, feed: Feed) -> dg.AssetsDefinition:
    """A window table: daily partitions, any range of them in one run."""
    table = feed.table

    @dg.asset(
        **_labels(table),
        partitions_def=daily(),
        backfill_policy=dg.BackfillPolicy.single_run(),
        pool=pool(table.source),
        required_resource_keys={"workspace", "vendors"},
    )
    def _asset(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
        found = workspace_of(context)
        with plain_errors():
            connection = context.resources.vendors.connection(found, connector)
            if connection is None:
                return not_connected(table)
            receipts: list[Receipt] = []
            for days in pulled_days(context, found, connector, table):
                receipts += found.lake.replace_days(
                    table,
                    days,
                    feed.read(connection, days),
                    accept_smaller=is_accepted(context, table),
                )
                told(context, table, receipts[-len(days.days()) :], _span(days))
        return landed(table, receipts)

    return _asset


def _census_asset(connector: Connector, feed: Feed) -> dg.AssetsDefinition:
    """An entity table of a vendor, listed whole at each pull."""
    table = feed.table

    @dg.asset(
        **_labels(table),
        pool=pool(table.source),
        required_resource_keys={"workspace", "vendors"},
    )
    def _asset(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
        found = workspace_of(context)
        with plain_errors():
            connection = context.resources.vendors.connection(found, connector)
            if connection is None:
                return not_connected(table)
            receipt = found.lake.merge(
                table,
                feed.read(connection),
                accept_smaller=is_accepted(context, table),
            )
        told(context, table, [receipt], "listed")
        return landed(table, [receipt])

    return _asset


def pulled_days(
    context: Any, found: Workspace, connector: Connector, table: Table
) -> Iterator[Window]:
    """The days of the run that this table needs, in pieces the vendor answers at once.

    A run of what is due leaves out days that landed and are final for this vendor; a
    backfill pulls every day it names. No day before the vendor's first is asked for.
    """
    asked = window(context)
    first = found.configuration.vendors[connector].starts_on
    days = [day for day in asked.days() if day >= first]
    if DUE in context.run.tags:
        wanted = due_days(found, table, first)
        days = [day for day in days if day in wanted]
    for piece in spans(days):
        yield from piece.ranges(connector.range_days)


def jira_census_asset(
    table: Table,
    fetch: Callable[[Jira, JiraSite, Lake], Iterable[Page]],
    *,
    deps: Sequence[Table] = (),
) -> dg.AssetsDefinition:
    """A table of every Jira site, listed whole at each pull; the tables in `deps`,
    which land before, say what to ask for."""

    @dg.asset(
        **_labels(table),
        deps=[key(dep) for dep in deps],
        pool=pool(table.source),
        required_resource_keys={"workspace", "jira"},
    )
    def _asset(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
        found = workspace_of(context)
        receipts: list[Receipt] = []
        with plain_errors():
            for site, api in context.resources.jira.apis(found).items():
                receipt = found.lake.merge(
                    table,
                    fetch(api, site, found.lake),
                    within={"site": site.site},
                    accept_smaller=is_accepted(context, table),
                )
                receipts.append(receipt)
                told(context, table, receipts[-1:], f"of {site.site}")
        return landed(table, receipts) if receipts else not_connected(table)

    return _asset


def _labels(table: Table) -> _Labels:
    """Key, group, kinds, owners and description: the same on every raw asset."""
    return {
        "key": key(table),
        "group_name": "raw",
        "kinds": {table.source, "parquet"},
        "owners": OWNERS,
        "description": table.description,
    }


def _span(days: Window) -> str:
    return f"{days.first} to {days.last}"

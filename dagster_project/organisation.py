"""What the organisation itself says: people, calendar, prices and configuration."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg

from dagster_project.landing import (
    is_accepted,
    landed,
    not_connected,
    plain_errors,
    spec,
    told,
    workspace_of,
)
from dagster_project.workspace import Workspace
from ingestion.configuration import Finance, People
from ingestion.errors import BadInput
from ingestion.lake.entities import in_force
from ingestion.page import Page
from ingestion.sources import connectors, finance, people, prices
from ingestion.sources.config import pages as config_pages
from ingestion.sources.config import tables as config_tables
from ingestion.sources.config.pages import KnownSource
from ingestion.sources.finance import tables as finance_tables
from ingestion.sources.people import tables as people_tables
from ingestion.sources.prices import tables as prices_tables
from ingestion.table import Table


def people_asset() -> dg.AssetsDefinition:
    """People, their account links and the calendar: valid together or not read."""

    @dg.multi_asset(
        name="people_files",
        specs=[spec(table) for table in people_tables.TABLES],
        required_resource_keys={"workspace"},
    )
    def _asset(
        context: dg.AssetExecutionContext,
    ) -> Iterator[dg.MaterializeResult[Any]]:
        found = workspace_of(context)
        named = found.configuration.people
        if named is None:
            yield from (not_connected(table) for table in people_tables.TABLES)
            return
        with plain_errors():
            read = people.files(**people_files(found, named), sources=account_sources())
            for table, pages in read:
                receipt = found.lake.merge(
                    table, pages, accept_smaller=is_accepted(context, table)
                )
                told(context, table, [receipt], "read")
                yield landed(table, [receipt])

    return _asset


def prices_asset() -> dg.AssetsDefinition:
    """The pinned public price book and the aliases of model names."""

    @dg.multi_asset(
        name="price_book",
        specs=[spec(table) for table in prices_tables.TABLES],
        required_resource_keys={"workspace"},
    )
    def _asset(
        context: dg.AssetExecutionContext,
    ) -> Iterator[dg.MaterializeResult[Any]]:
        found = workspace_of(context)
        aliases = found.configuration.model_aliases
        with plain_errors():
            for table, pages in (
                (prices_tables.LIST_PRICES, prices.list_prices()),
                (prices_tables.MODEL_ALIASES, prices.model_aliases(aliases)),
            ):
                receipt = found.lake.merge(
                    table, pages, accept_smaller=is_accepted(context, table)
                )
                told(context, table, [receipt], "read")
                yield landed(table, [receipt])

    return _asset


def finance_asset() -> dg.AssetsDefinition:
    """Contracts, rates, commitments and invoices: valid together or not read."""

    @dg.multi_asset(
        name="finance_files",
        specs=[spec(table) for table in finance_tables.TABLES],
        required_resource_keys={"workspace"},
    )
    def _asset(
        context: dg.AssetExecutionContext,
    ) -> Iterator[dg.MaterializeResult[Any]]:
        found = workspace_of(context)
        named = found.configuration.finance
        if named is None:
            yield from (not_connected(table) for table in finance_tables.TABLES)
            return
        paths = finance_files(found, named)
        with plain_errors():
            refuse_vanished(found, paths)
            read = dict(finance.files(paths, known_names()))
            for table in finance_tables.TABLES:
                if table not in read:
                    yield not_connected(table)
                    continue
                receipt = found.lake.merge(
                    table, read[table], accept_smaller=is_accepted(context, table)
                )
                told(context, table, [receipt], "read")
                yield landed(table, [receipt])

    return _asset


def refuse_vanished(found: Workspace, paths: Mapping[Table, Path]) -> None:
    """Raises BadInput for a file that is gone while rows of it are in force: it could
    be a mistake as well as meant, and figures would change with it."""
    for table, path in paths.items():
        if path.exists():
            continue
        rows = in_force(found.lake.current(table))
        if rows:
            raise BadInput(
                str(path),
                f"there is no such file, and {rows} rows that came from it are in "
                "force.",
                fix="put it back; to withdraw the rows, leave its header alone in it.",
            )


def config_asset() -> dg.AssetsDefinition:
    """The configuration in force, landed so that SQL reads it and releases pin it."""

    @dg.multi_asset(
        name="configuration",
        specs=[spec(table) for table in config_tables.TABLES],
        required_resource_keys={"workspace"},
    )
    def _asset(
        context: dg.AssetExecutionContext,
    ) -> Iterator[dg.MaterializeResult[Any]]:
        found = workspace_of(context)
        with plain_errors():
            for table, pages in configuration_pages(found):
                receipt = found.lake.merge(table, pages)
                yield landed(table, [receipt])

    return _asset


def configuration_pages(found: Workspace) -> Iterator[tuple[Table, Iterator[Page]]]:
    """Each table of the configuration with its rows."""
    configuration = found.configuration
    organisation = configuration.organisation
    yield (
        config_tables.SETTINGS,
        config_pages.settings(
            organisation=organisation.name,
            time_zone=organisation.time_zone,
            fiscal_year_starts_month=organisation.fiscal_year_starts_month,
            as_of_at=found.clock.now(),
            outcomes_start_date=organisation.outcomes_start,
            configuration_hash=configuration.hash,
        ),
    )
    yield config_tables.SOURCES, config_pages.sources(known_sources(found))
    yield config_tables.ENTITIES, config_pages.entities(organisation.entities)
    thresholds = configuration.thresholds.model_dump()
    yield config_tables.THRESHOLDS, config_pages.thresholds(thresholds)


def known_sources(found: Workspace) -> list[KnownSource]:
    """Every source that could be connected, the connected ones with a first day."""
    configuration = found.configuration
    named = configuration.connected
    sites, git = configuration.sources.jira, configuration.sources.git
    first_outcome = configuration.organisation.outcomes_start
    return [
        *(
            KnownSource(
                each.source,
                each.kind,
                named[each].starts_on if each in named else None,
                each.revision_days,
                each.lag_days,
            )
            for each in connectors()
        ),
        KnownSource(
            "jira",
            "issue_tracker",
            min((site.starts_on for site in sites), default=None),
        ),
        KnownSource("git", "code", git.starts_on if git else None),
        KnownSource(
            "people", "organisation", first_outcome if configuration.people else None
        ),
        KnownSource(
            "finance",
            "organisation",
            configuration.starts_on if configuration.finance else None,
        ),
    ]


def people_files(found: Workspace, named: People) -> dict[str, Path]:
    """The six files by name; a relative one lies in the configured folder."""
    folder = found.beside(named.folder)
    return {
        table.name: folder / getattr(named, table.name)
        for table in people_tables.TABLES
    }


def account_sources() -> set[str]:
    """The sources that know people by accounts of their own."""
    return {"jira", "git", *(each.source for each in connectors())}


def finance_files(found: Workspace, named: Finance) -> dict[Table, Path]:
    """The four files by table; a relative one lies in the configured folder."""
    folder = found.beside(named.folder)
    return {
        table: folder / getattr(named, table.name) for table in finance_tables.TABLES
    }


def known_names() -> finance.Known:
    """What the files of finance may name."""
    vendors = {each.source for each in connectors() if each.kind == "ai_vendor"}
    return finance.Known(prices.models(), vendors)

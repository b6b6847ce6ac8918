"""What the organisation itself says: people, calendar, prices and configuration."""

from collections.abc import Iterator
from datetime import date
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
from ingestion.configuration import People
from ingestion.page import Page
from ingestion.sources import people, prices
from ingestion.sources.config import pages as config_pages
from ingestion.sources.config import tables as config_tables
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
            for table, pages in people.files(**people_files(found, named)):
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
    yield config_tables.SOURCES, config_pages.sources(first_days(found))
    yield config_tables.ENTITIES, config_pages.entities(organisation.entities)
    thresholds = configuration.thresholds.model_dump()
    yield config_tables.THRESHOLDS, config_pages.thresholds(thresholds)


def first_days(found: Workspace) -> dict[str, date]:
    """First expected day of each connected source."""
    configuration = found.configuration
    sources = configuration.sources
    days: dict[str, date] = {}
    if sources.anthropic:
        days["anthropic"] = sources.anthropic.starts_on
    if sources.jira:
        days["jira"] = min(site.starts_on for site in sources.jira)
    if sources.git:
        days["git"] = sources.git.starts_on
    if configuration.people:
        days["people"] = configuration.organisation.outcomes_start
    return days


def people_files(found: Workspace, named: People) -> dict[str, Path]:
    """The six files by name; a relative one lies in the configured folder."""
    folder = found.beside(named.folder)
    return {
        table.name: folder / getattr(named, table.name)
        for table in people_tables.TABLES
    }

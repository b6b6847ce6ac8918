"""Is every source reachable, signed in and permitted? If not, what is the fix?"""

from collections.abc import Callable, Iterator

import click

from dagster_project.organisation import (
    account_sources,
    finance_files,
    known_names,
    people_files,
)
from dagster_project.outcomes import places
from dagster_project.resources import connection, jira_api
from dagster_project.workspace import Workspace
from ingestion.errors import SourceError
from ingestion.probe import Probe, Problem
from ingestion.sources import connectors, finance, git, jira, people

Check = Callable[[], Probe]


def examination(found: Workspace) -> bool:
    """Print each source's state, problems and fixes; True when all is well."""
    click.echo(f"configuration  {found.config}")
    if not found.config.exists():
        click.echo("  there is none: nothing is connected.")
    healthy = True
    for name, check in _checks(found):
        try:
            probe = check()
        except SourceError as error:
            probe = Probe(name, problems=(Problem.of(error),))
        healthy = healthy and probe.is_usable
        _print(name, probe)
    _print_unconnected(found)
    return healthy


def _print(name: str, probe: Probe) -> None:
    state, colour = ("ok", "green") if probe.is_usable else ("failed", "red")
    click.secho(f"{state:<7}", fg=colour, nl=False)
    click.echo(f" {name:<22} {probe.account or ''}")
    if name in needs():
        plan, permission = needs()[name]
        click.echo(f"        plan: {plan}; permission: {permission}")
    if probe.permissions:
        click.echo(f"        may read: {', '.join(probe.permissions)}")
    if probe.newest_day:
        at = probe.refreshed_at
        refreshed = f", refreshed {at:%Y-%m-%d %H:%M} UTC" if at else ""
        click.echo(f"        newest day {probe.newest_day}{refreshed}")
    for problem in probe.problems:
        click.echo(f"        {problem.problem}\n        Fix: {problem.fix}")


def needs() -> dict[str, tuple[str, str]]:
    """What each AI vendor's account needs: its plan, and its key's permission."""
    return {each.source: (each.plan, each.permission) for each in connectors()}


def _print_unconnected(found: Workspace) -> None:
    named = found.configuration.vendors
    absent = [each.source for each in connectors() if each not in named]
    if absent:
        click.echo(f"not connected: {', '.join(absent)}")


def _checks(found: Workspace) -> Iterator[tuple[str, Check]]:
    """A name and a check for everything that the configuration names."""
    sources = found.configuration.sources
    vendors = found.configuration.vendors
    for each in connectors():
        if settings := vendors.get(each):
            yield (
                each.source,
                lambda each=each, settings=settings: each.probe(
                    connection(found, each, settings)
                ),
            )
    for site in sources.jira:
        yield (
            f"jira {site.site}",
            lambda site=site: jira.probe(
                jira_api(site),
                site.site,
                site.projects,
                site.story_points_field,
                has_boards=site.boards,
            ),
        )
    for place in places(found):
        yield f"git {place.name}", lambda place=place: git.probe(place)
    if configured := found.configuration.people:
        files = people_files(found, configured)
        yield "people", lambda: people.probe(**files, sources=account_sources())
    if named := found.configuration.finance:
        paths = finance_files(found, named)
        yield "finance", lambda: finance.probe(paths, known_names())

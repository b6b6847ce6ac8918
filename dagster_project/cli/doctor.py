"""Is every source reachable, signed in and permitted? If not, what is the fix?"""

from collections.abc import Callable, Iterator

import click

from dagster_project.organisation import people_files
from dagster_project.outcomes import places
from dagster_project.resources import anthropic_api, jira_api
from dagster_project.workspace import Workspace
from ingestion.errors import SourceError
from ingestion.sources import anthropic, git, jira, people
from ingestion.sources.probe import Probe, Problem

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
    return healthy


def _print(name: str, probe: Probe) -> None:
    state, colour = ("ok", "green") if probe.is_usable else ("failed", "red")
    click.secho(f"{state:<7}", fg=colour, nl=False)
    click.echo(f" {name:<22} {probe.account or ''}")
    if probe.permissions:
        click.echo(f"        may read: {', '.join(probe.permissions)}")
    if probe.newest_day:
        at = probe.refreshed_at
        refreshed = f", refreshed {at:%Y-%m-%d %H:%M} UTC" if at else ""
        click.echo(f"        newest day {probe.newest_day}{refreshed}")
    for problem in probe.problems:
        click.echo(f"        {problem.problem}\n        Fix: {problem.fix}")


def _checks(found: Workspace) -> Iterator[tuple[str, Check]]:
    """A name and a check for everything that the configuration names."""
    sources = found.configuration.sources
    if named := sources.anthropic:
        yield (
            "anthropic",
            lambda: anthropic.probe(anthropic_api(named), found.clock, named.starts_on),
        )
    else:
        click.echo("        anthropic              not connected")
    for site in sources.jira:
        yield (
            f"jira {site.site}",
            lambda site=site: jira.probe(
                jira_api(site), site.site, site.projects, site.story_points_field
            ),
        )
    for place in places(found):
        yield f"git {place.name}", lambda place=place: git.probe(place)
    if configured := found.configuration.people:
        files = people_files(found, configured)
        yield "people", lambda: people.probe(**files)

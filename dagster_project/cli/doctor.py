"""Is every source reachable, signed in and permitted? If not, what is the fix?"""

from collections.abc import Callable, Iterator

import click

from dagster_project.resources import AnthropicResource, JiraResource
from dagster_project.workspace import Workspace
from ingestion.errors import SourceError
from ingestion.sources import anthropic, git, jira, people
from ingestion.sources.probe import Probe

Check = tuple[str, Callable[[], Probe | None]]


def examination(found: Workspace) -> bool:
    """Print one line a source and every problem with its fix; True when all is well."""
    click.echo(f"configuration  {found.config}")
    if not found.config.exists():
        click.echo("  there is none; nothing is connected.")
    healthy = True
    for name, check in _checks(found):
        try:
            probe = check()
        except SourceError as error:
            click.secho(f"{name:<24} failed  {error}", fg="red")
            healthy = False
            continue
        if probe is None:
            click.echo(f"{name:<24} not connected")
            continue
        healthy = healthy and not probe.problems
        _print(name, probe)
    return healthy


def _print(name: str, probe: Probe) -> None:
    state = "failed" if probe.problems else "ok"
    click.echo(f"{name:<24} {state}  {probe}")


def _checks(found: Workspace) -> Iterator[Check]:
    sources = found.configuration.sources

    def check_anthropic() -> Probe | None:
        api = AnthropicResource().api(found)
        return None if api is None else anthropic.probe(api, found.clock)

    yield "anthropic", check_anthropic
    for site, api in JiraResource().apis(found).items():
        yield f"jira {site.site}", lambda api=api, site=site: jira.probe(api, site.site)
    del sources, git, people

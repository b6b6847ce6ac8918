"""Resources: the workspace, and one per vendor that knows how to sign in."""

from typing import Any

import dagster as dg

from dagster_project.dbt import command_line
from dagster_project.workspace import Workspace, workspace
from ingestion.configuration import Anthropic, JiraSite
from ingestion.errors import BadCredentials
from ingestion.http import Api
from ingestion.sources import anthropic, jira


class WorkspaceResource(dg.ConfigurableResource[Any]):
    """Home folder and configuration, as the environment names them at run time."""

    def get(self) -> Workspace:
        """The workspace, with its folders prepared."""
        found = workspace()
        found.prepare()
        return found


class AnthropicResource(dg.ConfigurableResource[Any]):
    """The Anthropic organisation; its key comes from the environment at run time."""

    def api(self, found: Workspace) -> Api | None:
        """A signed client, or None when Anthropic is not connected."""
        named = found.configuration.sources.anthropic
        return None if named is None else anthropic_api(named)


class JiraResource(dg.ConfigurableResource[Any]):
    """The Jira sites; e-mail and token come from the environment at run time."""

    def apis(self, found: Workspace) -> dict[JiraSite, Api]:
        """A signed client per configured site."""
        return {site: jira_api(site) for site in found.configuration.sources.jira}


def anthropic_api(named: Anthropic) -> Api:
    """The Admin API, signed; raises BadCredentials when the key is not set."""
    key = secret("anthropic", named.key_env)
    return anthropic.connection(named.base_url, key)


def jira_api(site: JiraSite) -> Api:
    """The site's API, signed; raises BadCredentials when a secret is not set."""
    return jira.connection(
        site.base_url, secret("jira", site.email_env), secret("jira", site.token_env)
    )


def secret(source: str, name: str) -> str:
    """The secret in environment variable `name`; raises BadCredentials without it."""
    value = dg.EnvVar(name).get_value()
    if not value:
        raise BadCredentials(
            source,
            f"the environment variable {name} is not set.",
            fix=f"export {name} before the run; the configuration only names it.",
        )
    return value


def resources() -> dict[str, object]:
    """Resource keys as assets name them."""
    return {
        "workspace": WorkspaceResource(),
        "anthropic": AnthropicResource(),
        "jira": JiraResource(),
        "dbt_cli": command_line(),
    }

"""Resources: the workspace, and one per vendor that knows how to sign in."""

import dagster as dg

from dagster_project.workspace import Workspace, workspace
from ingestion.configuration import JiraSite
from ingestion.errors import BadCredentials
from ingestion.http import Api
from ingestion.sources.anthropic.connection import connection as anthropic_connection
from ingestion.sources.jira.connection import connection as jira_connection


class WorkspaceResource(dg.ConfigurableResource):
    """Home folder and configuration, as the environment names them at run time."""

    def get(self) -> Workspace:
        """The workspace, with its folders prepared."""
        found = workspace()
        found.prepare()
        return found


class AnthropicResource(dg.ConfigurableResource):
    """The Anthropic organisation; its key comes from the environment at run time."""

    def api(self, found: Workspace) -> Api | None:
        """A signed client, or None when Anthropic is not connected."""
        named = found.configuration.sources.anthropic
        if named is None:
            return None
        return anthropic_connection(named.base_url, secret("anthropic", named.key_env))


class JiraResource(dg.ConfigurableResource):
    """The Jira sites; e-mail and token come from the environment at run time."""

    def apis(self, found: Workspace) -> dict[JiraSite, Api]:
        """A signed client per configured site."""
        return {
            site: jira_connection(
                site.base_url,
                secret("jira", site.email_env),
                secret("jira", site.token_env),
            )
            for site in found.configuration.sources.jira
        }


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
    }

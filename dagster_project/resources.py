"""Resources: the workspace, and those that know how to sign in at the sources."""

from typing import Any

import dagster as dg

from dagster_project.dbt import command_line
from dagster_project.workspace import Workspace, workspace
from ingestion.configuration import JiraSite
from ingestion.connector import Connector, Surroundings
from ingestion.errors import BadCredentials
from ingestion.sources import jira


class WorkspaceResource(dg.ConfigurableResource[Any]):
    """Home folder and configuration, as the environment names them at run time."""

    def get(self) -> Workspace:
        """The workspace, with its folders prepared."""
        found = workspace()
        found.prepare()
        return found


class VendorsResource(dg.ConfigurableResource[Any]):
    """The AI vendors; their keys come from the environment at run time."""

    def connection(self, found: Workspace, connector: Connector) -> Any:
        """A connection, or None when this vendor is not connected."""
        settings = found.configuration.vendors.get(connector)
        return None if settings is None else connection(found, connector, settings)


class JiraResource(dg.ConfigurableResource[Any]):
    """The Jira sites; e-mail and token come from the environment at run time."""

    def apis(self, found: Workspace) -> dict[JiraSite, jira.Jira]:
        """A signed client per configured site."""
        return {site: jira_api(site) for site in found.configuration.sources.jira}


def connection(found: Workspace, connector: Connector, settings: Any) -> Any:
    """The vendor's connection; raises BadCredentials when a secret is not set."""
    around = Surroundings(
        clock=found.clock,
        secret=lambda name: secret(connector.source, name),
        folder=found.config.parent,
    )
    return connector.connect(settings, around)


def jira_api(site: JiraSite) -> jira.Jira:
    """The site's API, signed; raises BadCredentials when a secret is not set."""
    token = secret("jira", site.token_env)
    if site.deployment == "data_center":
        return jira.data_center(site.base_url, token)
    return jira.connection(site.base_url, secret("jira", site.email_env), token)


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
        "vendors": VendorsResource(),
        "jira": JiraResource(),
        "dbt_cli": command_line(),
    }

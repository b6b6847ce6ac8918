"""The Jira site, over the HTTP shapes of Jira Cloud's REST API 3."""

from ingestion.simulator.jira.routes import routes

__all__ = ["routes"]

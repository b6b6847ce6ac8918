"""The Jira site, over the HTTP shapes of Jira Cloud and of Jira Data Center."""

from ingestion.simulator.jira.data_center import routes as data_center_routes
from ingestion.simulator.jira.routes import routes

__all__ = ["data_center_routes", "routes"]

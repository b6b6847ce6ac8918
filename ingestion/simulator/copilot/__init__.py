"""GitHub Copilot, over the HTTP shapes of GitHub's REST API and its signed links."""

from ingestion.simulator.copilot.keys import SEATS_TOKEN, TOKEN
from ingestion.simulator.copilot.vendor import VENDOR

__all__ = ["SEATS_TOKEN", "TOKEN", "VENDOR"]

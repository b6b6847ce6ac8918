"""The Anthropic organisation, over the HTTP shapes of its Admin API."""

from ingestion.simulator.anthropic.keys import ADMIN_KEY, DIRECTORY_KEY
from ingestion.simulator.anthropic.vendor import VENDOR

__all__ = ["ADMIN_KEY", "DIRECTORY_KEY", "VENDOR"]

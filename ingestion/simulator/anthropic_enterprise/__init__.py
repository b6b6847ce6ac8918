"""A Claude Enterprise organisation, over the HTTP shapes of its analytics."""

from ingestion.simulator.anthropic_enterprise.routes import ANALYTICS_KEY, CONSOLE_KEY
from ingestion.simulator.anthropic_enterprise.vendor import VENDOR

__all__ = ["ANALYTICS_KEY", "CONSOLE_KEY", "VENDOR"]

"""The OpenAI organisation, over the HTTP shapes of its administration API."""

from ingestion.simulator.openai.routes import ADMIN_KEY, DIRECTORY_KEY
from ingestion.simulator.openai.vendor import VENDOR

__all__ = ["ADMIN_KEY", "DIRECTORY_KEY", "VENDOR"]

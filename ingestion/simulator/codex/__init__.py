"""Codex in a ChatGPT Enterprise workspace, over the HTTP shapes of its analytics."""

from ingestion.simulator.codex.routes import KEY, UNSCOPED_KEY
from ingestion.simulator.codex.vendor import VENDOR

__all__ = ["KEY", "UNSCOPED_KEY", "VENDOR"]

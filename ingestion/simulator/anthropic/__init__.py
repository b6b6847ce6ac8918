"""The Anthropic organisation, over the HTTP shapes of its Admin API."""

from ingestion.simulator.anthropic.routes import routes

__all__ = ["routes"]

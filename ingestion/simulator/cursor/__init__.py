"""A Cursor team, over the HTTP shapes of its Admin and AI code tracking APIs."""

from ingestion.simulator.cursor.vendor import VENDOR

__all__ = ["VENDOR"]

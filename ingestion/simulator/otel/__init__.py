"""Telemetry of coding assistants, as the receiver keeps it."""

from ingestion.simulator.otel.vendor import VENDOR

__all__ = ["VENDOR"]

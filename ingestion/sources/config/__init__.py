"""Configuration that SQL needs, as pages that land like those of any source."""

from ingestion.sources.config.pages import entities, settings, sources, thresholds

__all__ = ["entities", "settings", "sources", "thresholds"]

"""Decisions of people from the ledger, as pages that land like those of any source."""

from ingestion.sources.decisions.pages import identity_decisions

__all__ = ["identity_decisions"]

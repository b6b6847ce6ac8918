"""GitHub over the company: pull requests, reviews, commits and issues."""

from ingestion.simulator.github.vendor import VENDOR

__all__ = ["VENDOR"]

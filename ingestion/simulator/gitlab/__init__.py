"""GitLab over the company: merge requests, notes and commits."""

from ingestion.simulator.gitlab.vendor import VENDOR

__all__ = ["VENDOR"]

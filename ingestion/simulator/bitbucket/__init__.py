"""Bitbucket over the company: pull requests, activity and commits."""

from ingestion.simulator.bitbucket.vendor import VENDOR

__all__ = ["VENDOR"]

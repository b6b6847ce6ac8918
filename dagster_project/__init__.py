"""Orchestration: assets, checks, jobs and the command line; no vendor JSON, no SQL."""

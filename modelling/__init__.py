"""Writes what dbt has to know of the lake: one staging model a table.

The table constants of `ingestion` → `dbt/models/staging/<source>/`, by `make models`.
"""

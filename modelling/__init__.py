"""Writes what follows from the lake's tables: dbt's staging layer, and docs.

Table constants of `ingestion` → `dbt/models/staging/<source>/`, `docs/vendors.md`
"""

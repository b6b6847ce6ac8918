"""From vendors, Jira, Git and files to Parquet.

Knows HTTP, Git and Parquet, neither Dagster nor dbt.
"""

"""From vendors, Jira, Git and files to Parquet: knows HTTP, Git and Parquet, neither Dagster nor dbt."""

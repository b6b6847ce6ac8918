"""Every table of the lake, in the order of the data's way."""

from ingestion.lake import tables as lake_tables
from ingestion.sources.anthropic import tables as anthropic
from ingestion.sources.config import tables as config
from ingestion.sources.git import tables as git
from ingestion.sources.jira import tables as jira
from ingestion.sources.people import tables as people
from ingestion.sources.prices import tables as prices
from ingestion.table import Table

TABLES: tuple[Table, ...] = (
    *anthropic.TABLES,
    *jira.TABLES,
    *git.TABLES,
    *people.TABLES,
    *prices.TABLES,
    *config.TABLES,
    *lake_tables.TABLES,
)

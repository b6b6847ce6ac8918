"""Every table of the lake, in the order of the data's way."""

from ingestion.lake import tables as lake_tables
from ingestion.sources import connectors
from ingestion.sources.config import tables as config
from ingestion.sources.decisions import tables as decisions
from ingestion.sources.finance import tables as finance
from ingestion.sources.git import tables as git
from ingestion.sources.jira import tables as jira
from ingestion.sources.people import tables as people
from ingestion.sources.prices import tables as prices
from ingestion.table import Table

TABLES: tuple[Table, ...] = (
    *(table for each in connectors() for table in each.tables),
    *jira.TABLES,
    *git.TABLES,
    *people.TABLES,
    *decisions.TABLES,
    *prices.TABLES,
    *finance.TABLES,
    *config.TABLES,
    *lake_tables.TABLES,
)

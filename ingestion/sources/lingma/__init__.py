"""A Lingma organisation: chat turns and lines of code per developer and day.

| table           | endpoint        | needs                                          |
|-----------------|-----------------|------------------------------------------------|
| developer_usage | /developerUsage | an Enterprise edition, a personal access token |

The vendor reports no tokens, no credits and no e-mail: accounts.csv says whose an id
is. Qoder is its successor.
"""

from ingestion.connector import Connector, Feed
from ingestion.sources.lingma import tables
from ingestion.sources.lingma.connection import Connection, Lingma, connect
from ingestion.sources.lingma.permissions import probe
from ingestion.sources.lingma.reading import developer_usage

__all__ = ["CONNECTOR", "Connection", "Lingma", "developer_usage", "probe"]

CONNECTOR = Connector(
    source=tables.SOURCE,
    title="Lingma",
    plan="a Standard or Dedicated Enterprise edition",
    permission="a personal access token that reads developer usage statistics",
    settings=Lingma,
    connect=connect,
    probe=probe,
    feeds=(Feed(tables.DEVELOPER_USAGE, developer_usage),),
    range_days=92,
)

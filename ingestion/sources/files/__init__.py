"""Files that somebody exports: CSV or Parquet by a mapping, and FOCUS 1.2 bills.

| table | of                                                             |
|-------|----------------------------------------------------------------|
| usage | each line of an export, and each line of usage of a FOCUS bill |
| costs | each line of a FOCUS bill                                      |

A file is read anew at each pull, so a line that is gone from it is gone here.
"""

from ingestion.connector import Connector, Feed
from ingestion.sources.files import tables
from ingestion.sources.files.connection import Files, connect
from ingestion.sources.files.permissions import probe
from ingestion.sources.files.reading import costs, usage

__all__ = ["CONNECTOR", "Files", "costs", "probe", "usage"]

CONNECTOR = Connector(
    source=tables.SOURCE,
    title="Files",
    plan="none: any tool or cloud that exports its usage or a FOCUS bill",
    permission="files that this user may read",
    settings=Files,
    connect=connect,
    probe=probe,
    feeds=(Feed(tables.USAGE, usage), Feed(tables.COSTS, costs)),
    range_days=366,
)

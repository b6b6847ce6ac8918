"""Work that is not code: items of consultants, marketing and product people.

| table    | of                                                                   |
|----------|----------------------------------------------------------------------|
| feeds    | each file or Jira project of the configuration                       |
| meanings | which words of a Jira project mean started, delivered and returned   |
| items    | each item of a file: started, delivered, returned, rated             |
| people   | who wrote, helped with and reviewed it                               |

A file is read anew at each pull: a changed row is a new version, and a row that is gone
from it is marked as removed. Only mapped columns are read. Items of a Jira project come
from the Jira site that is connected anyway; here lands how it is to be understood.
"""

from ingestion.connector import Connector, Feed
from ingestion.sources.deliverables import tables
from ingestion.sources.deliverables.connection import Deliverables, connect
from ingestion.sources.deliverables.permissions import probe
from ingestion.sources.deliverables.reading import feeds, items, meanings, people

__all__ = [
    "CONNECTOR",
    "Deliverables",
    "feeds",
    "items",
    "meanings",
    "people",
    "probe",
]

CONNECTOR = Connector(
    source=tables.SOURCE,
    title="Deliverables",
    plan="none: any tool that exports its items, or a connected Jira project",
    permission="files that this user may read",
    settings=Deliverables,
    connect=connect,
    probe=probe,
    feeds=(
        Feed(tables.FEEDS, feeds),
        Feed(tables.MEANINGS, meanings),
        Feed(tables.ITEMS, items),
        Feed(tables.PEOPLE, people),
    ),
    kind="deliverables",
)

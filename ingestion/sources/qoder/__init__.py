"""A Qoder organisation: credits per record of usage, and its members.

| table        | endpoint      | needs                                    |
|--------------|---------------|------------------------------------------|
| usage_events | /usage-events | a Teams or Enterprise organisation, an   |
| members      | /members      | API key that one of its admins created   |

The vendor reports credits and no tokens.
"""

from ingestion.connector import Connector, Feed
from ingestion.sources.qoder import tables
from ingestion.sources.qoder.connection import Connection, Qoder, connect
from ingestion.sources.qoder.permissions import probe
from ingestion.sources.qoder.reading import members, usage_events

__all__ = ["CONNECTOR", "Connection", "Qoder", "members", "probe", "usage_events"]

CONNECTOR = Connector(
    source=tables.SOURCE,
    title="Qoder",
    plan="a Teams or Enterprise organisation",
    permission="an API key of an admin of the organisation",
    settings=Qoder,
    connect=connect,
    probe=probe,
    feeds=(Feed(tables.USAGE_EVENTS, usage_events), Feed(tables.MEMBERS, members)),
)

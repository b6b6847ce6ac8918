"""A Windsurf team: runs of Cascade in credits, and its lines of code.

| table     | endpoint                              | needs                          |
|-----------|---------------------------------------|--------------------------------|
| user_days | /CascadeAnalytics, once for each user | Enterprise plan, a service key |
| users     | /UserPageAnalytics                    | with Teams Read-only           |

The vendor reports credits and no tokens. What it counts by tool has no day.
"""

from ingestion.connector import Connector, Feed
from ingestion.sources.windsurf import tables
from ingestion.sources.windsurf.connection import Connection, Windsurf, connect
from ingestion.sources.windsurf.permissions import probe
from ingestion.sources.windsurf.reading import user_days, users

__all__ = ["CONNECTOR", "Connection", "Windsurf", "probe", "user_days", "users"]

CONNECTOR = Connector(
    source=tables.SOURCE,
    title="Windsurf",
    plan="a team on the Enterprise plan",
    permission="a service key with Teams Read-only",
    settings=Windsurf,
    connect=connect,
    probe=probe,
    feeds=(Feed(tables.USER_DAYS, user_days), Feed(tables.USERS, users)),
)

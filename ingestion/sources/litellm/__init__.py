"""A LiteLLM proxy: every call it passed on, its own sums of them, users and keys.

| table          | endpoint             | needs                            |
|----------------|----------------------|----------------------------------|
| spend_logs     | /spend/logs/v2       | the master key, or a virtual key |
| daily_activity | /user/daily/activity | of a user with the role          |
| users          | /user/list           | proxy_admin_viewer               |
| keys           | /key/list            |                                  |

Both reports tell of the same calls: the first is usage, the second is to compare with
it. For a user of a lesser role the proxy sums up that user's calls alone. The amounts
are the proxy's own estimate from its price map, not an invoice.
"""

from ingestion.connector import Connector, Feed
from ingestion.sources.litellm import tables
from ingestion.sources.litellm.connection import Connection, LiteLLM, connect
from ingestion.sources.litellm.daily import daily_activity
from ingestion.sources.litellm.directories import keys, users
from ingestion.sources.litellm.logs import spend_logs
from ingestion.sources.litellm.permissions import probe

__all__ = [
    "CONNECTOR",
    "Connection",
    "LiteLLM",
    "daily_activity",
    "keys",
    "probe",
    "spend_logs",
    "users",
]

CONNECTOR = Connector(
    source=tables.SOURCE,
    title="LiteLLM proxy",
    plan="any; the proxy needs its database, and spend logs on",
    permission="the master key, or a virtual key of a user with proxy_admin_viewer",
    settings=LiteLLM,
    connect=connect,
    probe=probe,
    feeds=(
        Feed(tables.SPEND_LOGS, spend_logs),
        Feed(tables.DAILY_ACTIVITY, daily_activity),
        Feed(tables.USERS, users),
        Feed(tables.KEYS, keys),
    ),
)

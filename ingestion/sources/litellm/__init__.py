"""A LiteLLM proxy: every call it passed on, and its users and virtual keys.

| table      | endpoint       | needs                              |
|------------|----------------|------------------------------------|
| spend_logs | /spend/logs/v2 | the master key, or a virtual key   |
| users      | /user/list     | of a user with the role            |
| keys       | /key/list      | proxy_admin_viewer                 |

The amounts are the proxy's own estimate from its price map, not an invoice.
"""

from ingestion.connector import Connector, Feed
from ingestion.sources.litellm import tables
from ingestion.sources.litellm.connection import Connection, LiteLLM, connect
from ingestion.sources.litellm.directories import keys, users
from ingestion.sources.litellm.logs import spend_logs
from ingestion.sources.litellm.permissions import probe

__all__ = ["CONNECTOR", "Connection", "LiteLLM", "keys", "probe", "spend_logs", "users"]

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
        Feed(tables.USERS, users),
        Feed(tables.KEYS, keys),
    ),
)

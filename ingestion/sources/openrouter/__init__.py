"""An OpenRouter account: usage per day, API key, model and endpoint, and the keys.

| table    | endpoint                     | needs            |
|----------|------------------------------|------------------|
| activity | /activity, once a day and key | a management key |
| keys     | /keys, once a workspace      |                  |

The vendor names no users, so a day is asked for key by key and once more as a whole:
what no listed key explains is kept under no key. It reports thirty days back and no
further.
"""

from ingestion.connector import Connector, Feed
from ingestion.sources.openrouter import tables
from ingestion.sources.openrouter.activity import activity
from ingestion.sources.openrouter.connection import Connection, OpenRouter, connect
from ingestion.sources.openrouter.keys import keys
from ingestion.sources.openrouter.permissions import probe

__all__ = ["CONNECTOR", "Connection", "OpenRouter", "activity", "keys", "probe"]

CONNECTOR = Connector(
    source=tables.SOURCE,
    title="OpenRouter",
    plan="any account; the vendor keeps 30 days, so pull every day",
    permission="a management key, which is no key for calls of models",
    settings=OpenRouter,
    connect=connect,
    probe=probe,
    feeds=(Feed(tables.ACTIVITY, activity), Feed(tables.KEYS, keys)),
)

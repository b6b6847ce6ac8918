"""Codex in a ChatGPT Enterprise workspace: threads, credits and tokens per person-day.

| table | endpoint                                      | needs                   |
|-------|-----------------------------------------------|-------------------------|
| usage | /v1/analytics/codex/workspaces/<id>/usage     | a key with the scope    |
|       |                                               | codex.enterprise.       |
|       |                                               | analytics.read          |
"""

from ingestion.connector import Connector, Feed
from ingestion.sources.codex import tables
from ingestion.sources.codex.connection import Codex, connect, connection
from ingestion.sources.codex.permissions import probe
from ingestion.sources.codex.usage import usage

__all__ = ["CONNECTOR", "Codex", "connection", "probe", "usage"]

CONNECTOR = Connector(
    source=tables.SOURCE,
    title="Codex Enterprise",
    plan="a ChatGPT Enterprise workspace",
    permission="a key with the scope codex.enterprise.analytics.read",
    settings=Codex,
    connect=connect,
    probe=probe,
    feeds=(Feed(tables.USAGE, lambda at, days: usage(at, days)),),
)

"""A Cursor team: metered calls, activity, commits, members and their spend.

| table           | endpoint                          | needs                        |
|-----------------|-----------------------------------|------------------------------|
| usage_events    | POST /teams/filtered-usage-events | an Admin API key of the team |
| daily_usage     | POST /teams/daily-usage-data      | the same                     |
| ai_code_commits | GET /analytics/ai-code/commits    | the Enterprise plan          |
| members         | GET /teams/members                | an Admin API key of the team |
| spend           | POST /teams/spend                 | the same                     |
"""

from ingestion.connector import Connector, Feed
from ingestion.sources.cursor import tables
from ingestion.sources.cursor.activity import daily_usage
from ingestion.sources.cursor.commits import ai_code_commits
from ingestion.sources.cursor.connection import (
    Connection,
    Cursor,
    connect,
    connection,
)
from ingestion.sources.cursor.events import usage_events
from ingestion.sources.cursor.permissions import probe
from ingestion.sources.cursor.team import members, spend

__all__ = [
    "CONNECTOR",
    "Connection",
    "Cursor",
    "ai_code_commits",
    "connection",
    "daily_usage",
    "members",
    "probe",
    "spend",
    "usage_events",
]

CONNECTOR = Connector(
    source=tables.SOURCE,
    title="Cursor",
    plan="a Teams or Enterprise plan; commits need Enterprise",
    permission="an Admin API key, made by an admin of the team",
    settings=Cursor,
    connect=connect,
    probe=probe,
    feeds=(
        Feed(tables.USAGE_EVENTS, lambda at, days: usage_events(at.api, days)),
        Feed(tables.DAILY_USAGE, lambda at, days: daily_usage(at.api, days)),
        Feed(
            tables.AI_CODE_COMMITS,
            lambda at, days: ai_code_commits(at.api, days, at.plan),
        ),
        Feed(
            tables.MEMBERS,
            lambda at: members(at.api, at.plan, at.seat_usd_per_month),
        ),
        Feed(tables.SPEND, lambda at: spend(at.api)),
    ),
    # Reports reach over 30 days at most, a day more than is wanted included.
    range_days=28,
)

"""Claude Enterprise: what its seat users used, cost and did, per UTC day.

| table         | endpoint                     | needs                               |
|---------------|------------------------------|-------------------------------------|
| user_usage    | /analytics/user_usage_report | the Claude Enterprise plan and an   |
| user_cost     | /analytics/user_cost_report  | analytics key with read:analytics   |
| user_activity | /analytics/users             |                                     |

What no seat explains, such as calls with API keys, is not in these reports.
"""

from ingestion.connector import Connector, Feed
from ingestion.sources.anthropic_enterprise import tables
from ingestion.sources.anthropic_enterprise.activity import user_activity
from ingestion.sources.anthropic_enterprise.connection import (
    PERMISSION,
    PLAN,
    Connection,
    Enterprise,
    connect,
    connection,
)
from ingestion.sources.anthropic_enterprise.permissions import probe
from ingestion.sources.anthropic_enterprise.reports import user_cost, user_usage

__all__ = [
    "CONNECTOR",
    "Connection",
    "Enterprise",
    "connection",
    "probe",
    "user_activity",
    "user_cost",
    "user_usage",
]

CONNECTOR = Connector(
    source=tables.SOURCE,
    title="Claude Enterprise",
    plan=PLAN,
    permission=PERMISSION,
    settings=Enterprise,
    connect=connect,
    probe=lambda at: probe(at.api, at.clock),
    feeds=(
        Feed(tables.USER_USAGE, lambda at, days: user_usage(at.api, days, at.clock)),
        Feed(tables.USER_COST, lambda at, days: user_cost(at.api, days, at.clock)),
        Feed(tables.USER_ACTIVITY, lambda at, days: user_activity(at.api, days)),
    ),
    lag_days=2,
)

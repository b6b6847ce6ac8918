"""The OpenAI organisation: usage and costs per day, and its directories.

| table    | endpoint                                  | needs              |
|----------|-------------------------------------------|--------------------|
| usage    | /organization/usage/<ten endpoints>       | an admin key that  |
| costs    | /organization/costs                       | may read usage     |
| users    | /organization/users                       | an admin key       |
| projects | /organization/projects                    | an admin key       |
| api_keys | /organization/projects/<project>/api_keys | an admin key       |
"""

from ingestion.connector import Connector, Feed
from ingestion.sources.openai import tables
from ingestion.sources.openai.connection import OpenAI, connect, connection
from ingestion.sources.openai.costs import costs
from ingestion.sources.openai.directories import api_keys, projects, users
from ingestion.sources.openai.permissions import probe
from ingestion.sources.openai.usage import usage

__all__ = [
    "CONNECTOR",
    "OpenAI",
    "api_keys",
    "connection",
    "costs",
    "probe",
    "projects",
    "usage",
    "users",
]

CONNECTOR = Connector(
    source=tables.SOURCE,
    title="OpenAI",
    plan="an API organisation",
    permission="an admin key (sk-admin-…) that may read usage and the organisation",
    settings=OpenAI,
    connect=connect,
    probe=lambda at: probe(at.api, at.clock),
    feeds=(
        Feed(tables.USAGE, lambda at, days: usage(at.api, days)),
        Feed(tables.COSTS, lambda at, days: costs(at.api, days)),
        Feed(tables.USERS, lambda at: users(at.api)),
        Feed(tables.PROJECTS, lambda at: projects(at.api)),
        Feed(tables.API_KEYS, lambda at: api_keys(at.api)),
    ),
)

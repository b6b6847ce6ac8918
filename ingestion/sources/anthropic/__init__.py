"""The Anthropic organisation: usage and cost per day, and its directories.

| table              | endpoint                                    | needs            |
|--------------------|---------------------------------------------|------------------|
| usage              | /analytics/usage, /usage_report/messages    | an Admin API key |
| usage_by_key       | the same by product, workspace and key      | of an organisa-  |
| cost               | /analytics/cost, /cost_report               | tion with Usage &|
|                    |                                             | Cost Analytics   |
| claude_code        | /usage_report/claude_code                   | an Admin API key |
| claude_code_models | the same by model                           | an Admin API key |
| users              | /users                                      | an Admin API key |
| api_keys           | /api_keys                                   | an Admin API key |
| workspaces         | /workspaces                                 | an Admin API key |
| workspace_members  | /workspaces/{id}/members                    | an Admin API key |
"""

from ingestion.connector import Connector, Feed
from ingestion.sources.anthropic import tables
from ingestion.sources.anthropic.claude_code_report import (
    claude_code,
    claude_code_models,
)
from ingestion.sources.anthropic.connection import (
    Anthropic,
    Connection,
    connect,
    connection,
)
from ingestion.sources.anthropic.directories import (
    api_keys,
    users,
    workspace_members,
    workspaces,
)
from ingestion.sources.anthropic.permissions import probe
from ingestion.sources.anthropic.reports import cost, usage, usage_by_key

__all__ = [
    "CONNECTOR",
    "Anthropic",
    "Connection",
    "api_keys",
    "claude_code",
    "claude_code_models",
    "connection",
    "cost",
    "probe",
    "usage",
    "usage_by_key",
    "users",
    "workspace_members",
    "workspaces",
]

CONNECTOR = Connector(
    source=tables.SOURCE,
    title="Anthropic",
    plan="a Console or Enterprise organisation with Usage & Cost Analytics",
    permission="an Admin API key (sk-ant-admin…)",
    settings=Anthropic,
    connect=connect,
    probe=lambda at: probe(at.api, at.clock, at.starts_on),
    feeds=(
        Feed(tables.USAGE, lambda at, days: usage(at.api, days, at.clock)),
        Feed(
            tables.USAGE_BY_KEY, lambda at, days: usage_by_key(at.api, days, at.clock)
        ),
        Feed(tables.COST, lambda at, days: cost(at.api, days, at.clock)),
        Feed(
            tables.CLAUDE_CODE,
            lambda at, days: claude_code(at.api, days, at.clock),
        ),
        Feed(
            tables.CLAUDE_CODE_MODELS,
            lambda at, days: claude_code_models(at.api, days, at.clock),
        ),
        Feed(tables.USERS, lambda at: users(at.api)),
        Feed(tables.API_KEYS, lambda at: api_keys(at.api)),
        Feed(tables.WORKSPACES, lambda at: workspaces(at.api)),
        Feed(tables.WORKSPACE_MEMBERS, lambda at: workspace_members(at.api)),
    ),
)

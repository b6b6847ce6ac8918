"""The Anthropic organisation: usage and cost per day, and its directories.

| table        | endpoint                                    | needs                  |
|--------------|---------------------------------------------|------------------------|
| usage        | /analytics/usage, /usage_report/messages    | an Admin API key of an |
| usage_by_key | the same by product, workspace and key      | organisation with Usage|
| cost         | /analytics/cost, /cost_report               | & Cost Analytics       |
| users        | /users                                      | an Admin API key       |
| api_keys     | /api_keys                                   | an Admin API key       |
| workspaces   | /workspaces                                 | an Admin API key       |
"""

from ingestion.sources.anthropic.connection import connection
from ingestion.sources.anthropic.directories import api_keys, users, workspaces
from ingestion.sources.anthropic.permissions import probe
from ingestion.sources.anthropic.reports import cost, usage, usage_by_key

__all__ = [
    "api_keys",
    "connection",
    "cost",
    "probe",
    "usage",
    "usage_by_key",
    "users",
    "workspaces",
]

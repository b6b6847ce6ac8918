"""Jira Cloud: issues, their history, and the directories that explain both.

| table           | endpoint (REST v3)        | needs                             |
|-----------------|---------------------------|-----------------------------------|
| issues          | POST search/jql           | Browse Projects                   |
| changelog_items | POST changelog/bulkfetch  | Browse Projects                   |
| fields          | GET field                 | any account                       |
| statuses        | GET status                | any account                       |
| users           | GET users/search          | Browse users and groups           |
| projects        | GET project/search        | Browse Projects                   |
"""

from ingestion.sources.jira.changelog import changelog_items
from ingestion.sources.jira.connection import connection
from ingestion.sources.jira.directories import (
    field_choice,
    fields,
    projects,
    statuses,
    users,
)
from ingestion.sources.jira.estimates import FieldChoice
from ingestion.sources.jira.permissions import probe
from ingestion.sources.jira.search import census, issues

__all__ = [
    "FieldChoice",
    "census",
    "changelog_items",
    "connection",
    "field_choice",
    "fields",
    "issues",
    "probe",
    "projects",
    "statuses",
    "users",
]

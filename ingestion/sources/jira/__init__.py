"""Jira: issues, their history, work and answers on them, and what explains them.

| table             | asked of Cloud; of Data Center          | needs                  |
|-------------------|-----------------------------------------|------------------------|
| issues            | search/jql; search                      | Browse Projects        |
| changelog_items   | changelog/bulkfetch; search with expand | Browse Projects        |
| issue_absences    | issue/{id}                              | Browse Projects        |
| worklogs          | worklog/updated, deleted, list          | Browse Projects        |
| satisfactions     | as issues, fields of service projects   | Browse Projects        |
| development_links | dev-status/1.0/issue/detail             | View Development Tools |
| fields, statuses  | field, status                           | any account            |
| users             | users/search; user/list or user/search  | Browse users           |
| projects          | project/search; project                 | Browse Projects        |
| boards, sprints   | agile/1.0/board                         | Jira Software          |
"""

from ingestion.sources.jira.absences import absences, out_of_sight
from ingestion.sources.jira.boards import boards, estimation_fields, sprints
from ingestion.sources.jira.changelog import changelog_items
from ingestion.sources.jira.connection import Jira, connection, data_center
from ingestion.sources.jira.development import development_links
from ingestion.sources.jira.directories import (
    field_choice,
    fields,
    projects,
    statuses,
    users,
)
from ingestion.sources.jira.estimates import FieldChoice
from ingestion.sources.jira.permissions import probe
from ingestion.sources.jira.satisfaction import SatisfactionFields, satisfactions
from ingestion.sources.jira.search import census, issues, issues_among
from ingestion.sources.jira.worklogs import removed_worklogs, worklogs

__all__ = [
    "FieldChoice",
    "Jira",
    "SatisfactionFields",
    "absences",
    "boards",
    "census",
    "changelog_items",
    "connection",
    "data_center",
    "development_links",
    "estimation_fields",
    "field_choice",
    "fields",
    "issues",
    "issues_among",
    "out_of_sight",
    "probe",
    "projects",
    "removed_worklogs",
    "satisfactions",
    "sprints",
    "statuses",
    "users",
    "worklogs",
]

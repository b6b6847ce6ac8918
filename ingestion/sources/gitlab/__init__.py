"""GitLab.com and self-managed servers: merge requests, their commits and reviews.

| table                 | endpoint                                   | needs    |
|-----------------------|--------------------------------------------|----------|
| projects              | GET /api/v4/projects/{project}             | read_api |
| merge_requests        | GET …/merge_requests                       | read_api |
| merge_request_sizes   | POST /api/graphql                          | read_api |
| merge_request_commits | GET …/merge_requests/{iid}/commits         | read_api |
| notes                 | GET …/merge_requests/{iid}/notes           | read_api |

The table with the cursor lands last: a kill in between leaves it behind the data.
"""

from ingestion.connector import Connector, Feed
from ingestion.sources.gitlab import tables
from ingestion.sources.gitlab.commits import merge_request_commits
from ingestion.sources.gitlab.connection import (
    Connection,
    GitLab,
    GitLabHost,
    connect,
)
from ingestion.sources.gitlab.merge_requests import merge_requests
from ingestion.sources.gitlab.notes import notes
from ingestion.sources.gitlab.permissions import probe
from ingestion.sources.gitlab.projects import projects
from ingestion.sources.gitlab.sizes import merge_request_sizes

__all__ = [
    "CONNECTOR",
    "Connection",
    "GitLab",
    "GitLabHost",
    "merge_request_commits",
    "merge_request_sizes",
    "merge_requests",
    "notes",
    "probe",
    "projects",
]

CONNECTOR = Connector(
    source=tables.SOURCE,
    title="GitLab",
    plan="any, self-managed included",
    permission="an access token with read_api, of a Reporter of the projects",
    settings=GitLab,
    connect=connect,
    probe=probe,
    feeds=(
        Feed(tables.PROJECTS, projects),
        Feed(tables.NOTES, notes, is_incremental=True),
        Feed(tables.MERGE_REQUEST_COMMITS, merge_request_commits, is_incremental=True),
        Feed(tables.MERGE_REQUEST_SIZES, merge_request_sizes, is_incremental=True),
        Feed(tables.MERGE_REQUESTS, merge_requests, is_incremental=True),
    ),
    kind="code",
)

"""GitHub.com and Enterprise Servers: pull requests, reviews, commits and issues.

| table                | endpoint                              | needs (read-only)  |
|----------------------|---------------------------------------|--------------------|
| repositories         | GET /repos/{owner}/{repo}             | Metadata           |
| pull_requests        | GET …/pulls                           | Pull requests      |
| pull_request_sizes   | POST /graphql                         | Pull requests      |
| pull_request_commits | GET …/pulls/{number}/commits          | Pull requests      |
| reviews              | GET …/pulls/{number}/reviews          | Pull requests      |
| issues               | GET …/issues                          | Issues             |

The table with the cursor lands last: a kill in between leaves it behind the data.
"""

from ingestion.connector import Connector, Feed
from ingestion.sources.github import tables
from ingestion.sources.github.commits import pull_request_commits
from ingestion.sources.github.connection import (
    Connection,
    GitHub,
    GitHubHost,
    connect,
    host,
)
from ingestion.sources.github.issues import issues
from ingestion.sources.github.permissions import probe
from ingestion.sources.github.pull_requests import pull_requests
from ingestion.sources.github.repositories import repositories
from ingestion.sources.github.reviews import reviews
from ingestion.sources.github.sizes import pull_request_sizes

__all__ = [
    "CONNECTOR",
    "Connection",
    "GitHub",
    "GitHubHost",
    "host",
    "issues",
    "probe",
    "pull_request_commits",
    "pull_request_sizes",
    "pull_requests",
    "repositories",
    "reviews",
]

CONNECTOR = Connector(
    source=tables.SOURCE,
    title="GitHub",
    plan="any, Enterprise Server included",
    permission="a token or an installed App with “Pull requests”, “Issues” "
    "and “Metadata” as read-only",
    settings=GitHub,
    connect=connect,
    probe=probe,
    feeds=(
        Feed(tables.REPOSITORIES, repositories),
        Feed(tables.REVIEWS, reviews, is_incremental=True),
        Feed(tables.PULL_REQUEST_COMMITS, pull_request_commits, is_incremental=True),
        Feed(tables.PULL_REQUEST_SIZES, pull_request_sizes, is_incremental=True),
        Feed(tables.ISSUES, issues, is_incremental=True),
        Feed(tables.PULL_REQUESTS, pull_requests, is_incremental=True),
    ),
    kind="code",
)

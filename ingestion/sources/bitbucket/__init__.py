"""Bitbucket Cloud: pull requests, their commits, reviews and merges.

| table                | endpoint                                 | needs            |
|----------------------|------------------------------------------|------------------|
| repositories         | GET /repositories/{workspace}/{name}     | read:repository  |
| pull_requests        | GET …/pullrequests                       | read:pullrequest |
| pull_request_commits | GET …/pullrequests/{id}/commits          | read:pullrequest |
| activities           | GET …/pullrequests/{id}/activity         | read:pullrequest |

An hour has a thousand requests, and sizes would need one a pull request: they are left
to Git. The table with the cursor lands last: a kill leaves it behind the data.
"""

from ingestion.connector import Connector, Feed
from ingestion.sources.bitbucket import tables
from ingestion.sources.bitbucket.activities import activities
from ingestion.sources.bitbucket.commits import pull_request_commits
from ingestion.sources.bitbucket.connection import (
    Bitbucket,
    BitbucketHost,
    Connection,
    connect,
)
from ingestion.sources.bitbucket.permissions import probe
from ingestion.sources.bitbucket.pull_requests import pull_requests
from ingestion.sources.bitbucket.repositories import repositories

__all__ = [
    "CONNECTOR",
    "Bitbucket",
    "BitbucketHost",
    "Connection",
    "activities",
    "probe",
    "pull_request_commits",
    "pull_requests",
    "repositories",
]

CONNECTOR = Connector(
    source=tables.SOURCE,
    title="Bitbucket Cloud",
    plan="any",
    permission="an API token with read:repository and read:pullrequest, or an access "
    "token of the workspace",
    settings=Bitbucket,
    connect=connect,
    probe=probe,
    feeds=(
        Feed(tables.REPOSITORIES, repositories),
        Feed(tables.ACTIVITIES, activities, is_incremental=True),
        Feed(tables.PULL_REQUEST_COMMITS, pull_request_commits, is_incremental=True),
        Feed(tables.PULL_REQUESTS, pull_requests, is_incremental=True),
    ),
    kind="code",
)

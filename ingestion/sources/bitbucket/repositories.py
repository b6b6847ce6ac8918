"""Repositories as Bitbucket names them now."""

from collections.abc import Iterator

from ingestion.hosts.settings import places
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.bitbucket.connection import Connection, repository
from ingestion.sources.bitbucket.shapes import CONTENT, REPOSITORY, news


def repositories(at: Connection) -> Iterator[Page]:
    """Pages of `bitbucket/repositories`, one a repository."""
    for host in at.hosts:
        for place in places(host.named, None):
            body = host.api.get(repository(place)).body
            found = REPOSITORY.read(body)
            yield Page(
                {
                    "host": [place.host],
                    "repository_id": [found.uuid],
                    "host_repository": [place.name],
                    "repository": [place.repository],
                    "full_name": [found.full_name],
                    "default_branch": [found.mainbranch and found.mainbranch.name],
                },
                body=redact(body, CONTENT),
                unknown_fields=news(REPOSITORY.unknown_fields(body)),
            )

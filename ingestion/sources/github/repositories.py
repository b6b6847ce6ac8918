"""Repositories as GitHub names them now; a renamed one is found by its old name."""

from collections.abc import Iterator

from ingestion.hosts.settings import places
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.github.connection import Connection
from ingestion.sources.github.shapes import CONTENT, REPOSITORY, news


def repositories(at: Connection) -> Iterator[Page]:
    """Pages of `github/repositories`, one a repository."""
    for host in at.hosts:
        for place in places(host.named, None):
            body = host.api.get(f"/repos/{place.name}").body
            found = REPOSITORY.read(body)
            yield Page(
                {
                    "host": [place.host],
                    "repository_id": [str(found.id)],
                    "host_repository": [place.name],
                    "repository": [place.repository],
                    "full_name": [found.full_name],
                    "default_branch": [found.default_branch],
                },
                body=redact(body, CONTENT - {"name", "login"}),
                unknown_fields=news(REPOSITORY.unknown_fields(body)),
            )

"""Projects as GitLab names them now."""

from collections.abc import Iterator

from ingestion.hosts.settings import places
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.gitlab.connection import Connection, project
from ingestion.sources.gitlab.shapes import CONTENT, PROJECT, news


def projects(at: Connection) -> Iterator[Page]:
    """Pages of `gitlab/projects`, one a project."""
    for host in at.hosts:
        for place in places(host.named, None):
            body = host.api.get(project(place)).body
            found = PROJECT.read(body)
            yield Page(
                {
                    "host": [place.host],
                    "project_id": [str(found.id)],
                    "host_repository": [place.name],
                    "repository": [place.repository],
                    "full_name": [found.path_with_namespace],
                    "default_branch": [found.default_branch],
                },
                body=redact(body, CONTENT - {"name"}),
                unknown_fields=news(PROJECT.unknown_fields(body)),
            )

"""What the token may read at each host: for `tokenworth doctor`."""

from collections.abc import Iterable
from datetime import datetime

from ingestion.page import Page
from ingestion.probe import Findings, Probe
from ingestion.sources.gitlab.commits import merge_request_commits
from ingestion.sources.gitlab.connection import Connection
from ingestion.sources.gitlab.merge_requests import merge_requests
from ingestion.sources.gitlab.notes import notes
from ingestion.sources.gitlab.projects import projects
from ingestion.sources.gitlab.sizes import merge_request_sizes
from ingestion.sources.gitlab.tables import SOURCE


def probe(at: Connection) -> Probe:
    """What may be read of every project that is named."""
    findings = Findings()

    def lately(_host: str, _name: str) -> datetime:
        return at.clock.now()

    findings.attempt("projects", lambda: _read(projects(at)))
    findings.attempt("merge requests", lambda: _read(merge_requests(at, lately)))
    findings.attempt("sizes", lambda: _read(merge_request_sizes(at, lately)))
    findings.attempt("commits", lambda: _first(merge_request_commits(at, lately)))
    findings.attempt("notes", lambda: _first(notes(at, lately)))
    names = ", ".join(host.named.host for host in at.hosts)
    return findings.probe(SOURCE, account=names)


def _read(pages: Iterable[Page]) -> None:
    """Reads all pages: that nothing is refused is all that is asked."""
    for _ in pages:
        pass


def _first(pages: Iterable[Page]) -> None:
    """Reads one page."""
    next(iter(pages), None)

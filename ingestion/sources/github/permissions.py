"""What the token or App may read at each host: for `tokenworth doctor`."""

from collections.abc import Iterable
from datetime import datetime

from ingestion.page import Page
from ingestion.probe import Findings, Probe
from ingestion.sources.github.commits import pull_request_commits
from ingestion.sources.github.connection import Connection
from ingestion.sources.github.issues import issues
from ingestion.sources.github.pull_requests import pull_requests
from ingestion.sources.github.repositories import repositories
from ingestion.sources.github.reviews import reviews
from ingestion.sources.github.sizes import pull_request_sizes
from ingestion.sources.github.tables import SOURCE


def probe(at: Connection) -> Probe:
    """What may be read of every repository that is named."""
    findings = Findings()

    def lately(_host: str, _name: str) -> datetime:
        return at.clock.now()

    findings.attempt("repositories", lambda: _read(repositories(at)))
    findings.attempt("pull requests", lambda: _read(pull_requests(at, lately)))
    findings.attempt("sizes", lambda: _read(pull_request_sizes(at, lately)))
    findings.attempt("commits", lambda: _first(pull_request_commits(at, lately)))
    findings.attempt("reviews", lambda: _first(reviews(at, lately)))
    findings.attempt("issues", lambda: _read(issues(at, lately)))
    names = ", ".join(host.named.host for host in at.hosts)
    return findings.probe(SOURCE, account=names)


def _read(pages: Iterable[Page]) -> None:
    """Reads all pages: that nothing is refused is all that is asked."""
    for _ in pages:
        pass


def _first(pages: Iterable[Page]) -> None:
    """Reads one page."""
    next(iter(pages), None)

"""What can be read of a repository right now: for `tokenworth doctor`."""

from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from ingestion.probe import Findings, Probe
from ingestion.sources.git.branch import branch
from ingestion.sources.git.location import Repository, store
from ingestion.sources.git.mirror import reach


def probe(repository: Repository) -> Probe:
    """Whether the repository can be read; a URL is asked for its refs, not cloned."""
    findings = Findings()
    newest_day = None
    if repository.is_remote:
        findings.attempt("refs", lambda: reach(repository.name, repository.location))
    else:
        newest_day = findings.attempt("default branch", lambda: _newest_day(repository))
    return findings.probe(
        "git",
        account=repository.name,
        newest_day=newest_day,
    )


def _newest_day(repository: Repository) -> date | None:
    """UTC day of the newest commit; None in an empty repository."""
    with TemporaryDirectory() as scratch:
        place = store(repository, Path(scratch))
        at = branch(place, repository.branch)
        if at.tip is None:
            return None
        committed = place.view.output("log", "-1", "--format=%ct", at.tip)
    return datetime.fromtimestamp(int(committed), UTC).date()

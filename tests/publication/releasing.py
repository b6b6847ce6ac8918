"""Makes releases as the pipeline does, and can be killed at any step.

python -m tests.publication.releasing ROOT WAREHOUSE MANIFEST [KILL_AT | LIMIT_BYTES]
"""

import os
import resource
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from publication import Candidate, PublicationError, Release, Releases
from tests.publication.small_warehouse import PRESENT

KEY = b"a key for tests, 32 bytes long.."


@dataclass(frozen=True)
class Verdict:
    """An audit with one gate."""

    candidate_id: str
    content_hash: str
    rows: Sequence[Mapping[str, Any]]


def candidate(
    releases: Releases,
    built: tuple[Path, Path],
    *,
    present: datetime = PRESENT,
    key: bytes | None = KEY,
) -> Candidate:
    """A candidate of the built warehouse."""
    return releases.write_candidate(
        *built,
        inputs={"lake/anthropic/usage/current/dt=2026-07-01/part.parquet": "11aa"},
        code_hash="code",
        configuration_hash="configuration",
        present=present,
        pseudonym_key=key,
    )


def verdict(of: Candidate, decision: str = "pass") -> Verdict:
    """An audit of the candidate whose one gate decided so."""
    row = {
        "candidate_id": of.id,
        "gate_id": "DQ01",
        "gate_subject": "finance.mart_cost_reconciliation",
        "gate_title": "Persons, services and unattributed sum to the vendor's total",
        "severity": "block",
        "decision": decision,
        "observed": 0.0,
        "threshold": None,
        "detail": "Nothing found.",
        "evaluated_at": PRESENT,
    }
    return Verdict(of.id, of.content_hash, [row])


def release(releases: Releases, built: tuple[Path, Path]) -> Release:
    """The built warehouse as the current release."""
    new = candidate(releases, built)
    return releases.promote(new, verdict(new))


def main(root: str, warehouse: str, manifest: str, how: str) -> int:
    """Make one release; die at the step `how`, or under a limit of that many bytes."""

    def die(step: str) -> None:
        if step == how:
            os.kill(os.getpid(), signal.SIGKILL)

    if how.isdigit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(how), int(how)))
    try:
        release(Releases(Path(root), step=die), (Path(warehouse), Path(manifest)))
    except PublicationError as error:
        print(f"{type(error).__name__}: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

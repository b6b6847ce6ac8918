"""Writes what is published: candidate → audit → `published/current`, and reads it.

    warehouse marts → published/candidates/<id>/<audience>.duckdb + Parquet
                    → (audited by the caller) → published/releases/<id>
                    → published/current, a directory link swapped by one rename

Knows DuckDB, Parquet and files; neither the orchestrator nor the sources nor the gate.
"""

from publication.candidate import Candidate
from publication.errors import (
    ContractBroken,
    PublicationError,
    ReleaseRefused,
    WritingFailed,
)
from publication.manifest import Manifest
from publication.pseudonym import pseudonym
from publication.published import Published
from publication.release import Release
from publication.releases import Releases

__all__ = [
    "Candidate",
    "ContractBroken",
    "Manifest",
    "PublicationError",
    "Published",
    "Release",
    "ReleaseRefused",
    "Releases",
    "WritingFailed",
    "pseudonym",
]

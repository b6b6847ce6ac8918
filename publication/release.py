"""One published release, pinned: later swaps do not change what it reads."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from publication import durable, manifest
from publication.attached import Query, attached
from publication.manifest import Manifest


@dataclass(frozen=True)
class Release:
    """A release folder; `path` is the folder itself and never the link to it."""

    path: Path

    @property
    def id(self) -> str:
        """The release id, which every row of every mart carries."""
        return self.path.name

    @cached_property
    def manifest(self) -> Manifest:
        """What it holds, what it was made from and how it was judged."""
        return manifest.read(self.path)

    def age(self, now: datetime) -> timedelta:
        """Time since it was made."""
        return now - datetime.fromisoformat(self.manifest.created_at)

    def connect(self, audience: str) -> DuckDBPyConnection:
        """A read-only connection to one audience's file that opens nothing else."""
        return duckdb.connect(
            self.path / f"{audience}.duckdb",
            read_only=True,
            config={"enable_external_access": "false", "lock_configuration": "true"},
        )

    def reading(self) -> AbstractContextManager[Query]:
        """SQL → frame over all its files: `select … from review.mart_x`."""
        return attached(self.path, self.manifest.audiences)

    def damaged_files(self) -> list[str]:
        """Files of the manifest that are missing or changed since it was written."""
        found = {name: self.path / name for name in self.manifest.files}
        return [
            name
            for name, path in found.items()
            if not path.is_file()
            or durable.file_hash(path) != self.manifest.files[name]
        ]

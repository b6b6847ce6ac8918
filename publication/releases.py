"""`published/`: candidates, releases, and the one link that says which is current.

    candidates/.writing-<id> → candidates/<id> → releases/<id> ← current

A kill at any step leaves the link on the old or the new complete release. What a killed
run left behind is swept by the next one that writes.
"""

import fcntl
import os
import shutil
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import duckdb

from publication import candidate as candidates
from publication import durable, promotion
from publication.candidate import Candidate, Origin, Step
from publication.contract import marts
from publication.errors import WritingFailed
from publication.promotion import GateResults
from publication.release import Release

CURRENT = "current"
NEXT = ".current.next"
KEPT_RELEASES = 5
KEPT_REJECTED = 3


def _no_step(_: str) -> None:
    """The default of `step`, which tests use to interrupt between two steps."""


class Releases:
    """What lies under one `published/` folder; one writer at a time."""

    def __init__(
        self, root: Path, *, keep: int = KEPT_RELEASES, step: Step = _no_step
    ) -> None:
        self.root, self.keep, self.step = root, max(keep, 2), step
        self.candidates, self.releases = root / "candidates", root / "releases"

    def current(self) -> Release | None:
        """The published release, with the link resolved once; None before the first."""
        try:
            target = (self.root / CURRENT).readlink()
        except FileNotFoundError:
            return None
        return Release(self.root / target)

    def all(self) -> list[Release]:
        """Every kept release, newest promotion first."""
        found = [Release(path) for path in _folders(self.releases)]
        return sorted(found, key=_sequence, reverse=True)

    def write_candidate(
        self,
        warehouse: Path,
        dbt_manifest: Path,
        *,
        inputs: Mapping[str, str],
        code_hash: str,
        configuration_hash: str,
        present: datetime,
        created_at: datetime | None = None,
        pseudonym_key: bytes | None,
    ) -> Candidate:
        """Write the warehouse's marts as a candidate; `current` is not touched.

        `inputs` maps lake files to content hashes. Without a key, internal person ids
        are published as they are and the manifest says so.
        """
        origin = Origin(
            warehouse=warehouse,
            inputs=inputs,
            code_hash=code_hash,
            configuration_hash=configuration_hash,
            present=present,
            created_at=created_at or present,
            pseudonym_key=pseudonym_key,
        )
        with self._writing():
            self._sweep()
            taken = {path.name for path in _folders(self.candidates, self.releases)}
            try:
                return candidates.write(
                    self.candidates, marts(dbt_manifest), origin, taken, self.step
                )
            except BaseException:
                self._sweep_unfinished()
                raise

    def is_news(self, candidate: Candidate) -> bool:
        """Whether its content, or the key of its persons, differs from the current."""
        current, new = self.current(), candidate.manifest
        if current is None or not _sequence(current):
            return True
        old = current.manifest
        return (old.content_hash, old.pseudonym_key) != (
            new.content_hash,
            new.pseudonym_key,
        )

    def promote(self, candidate: Candidate, results: GateResults) -> Release:
        """Make the candidate current; raises ReleaseRefused unless its audit passed."""
        with self._writing():
            promotion.check(candidate, results)
            last = max(map(_sequence, self.all()), default=0)
            promotion.finish(candidate, results, last + 1, self.step)
            release = self._swap(candidate)
            self._retire(release)
            self.step("retired")
            return release

    def discard(self, candidate: Candidate) -> None:
        """Delete a candidate that is not wanted, e.g. because it is no news."""
        with self._writing():
            durable.remove(candidate.path, self.root)

    def _swap(self, candidate: Candidate) -> Release:
        release = Release(self.releases / candidate.id)
        link = self.root / NEXT
        link.unlink(missing_ok=True)
        link.symlink_to(release.path.relative_to(self.root))
        self.step("linked")
        durable.rename(candidate.path, release.path)
        self.step("moved")
        durable.rename(link, self.root / CURRENT)
        self.step("swapped")
        return release

    def _retire(self, current: Release) -> None:
        for release in self.all()[self.keep :]:
            if release.path != current.path:
                durable.remove(release.path, self.root)

    def _sweep(self) -> None:
        """Undo what a killed run left, and drop candidates that nobody decided on."""
        self._sweep_unfinished()
        rejected = []
        for path in _folders(self.candidates):
            if Candidate(path).is_rejected:
                rejected.append(path)
            else:
                durable.remove(path, self.root)
        for path in sorted(rejected)[:-KEPT_REJECTED]:
            durable.remove(path, self.root)

    def _sweep_unfinished(self) -> None:
        link = self.root / NEXT
        if link.is_symlink():
            # The swap did not happen, so nobody was told of this release.
            release = self.root / link.readlink()
            if release.exists():
                durable.remove(release, self.root)
            link.unlink()
        for path in self.candidates.glob(f"{candidates.WRITING}*"):
            durable.remove(path, self.root)
        for path in self.root.glob(f"{durable.REMOVING}*"):
            shutil.rmtree(path)

    @contextmanager
    def _writing(self) -> Generator[None]:
        """Hold the folder's lock, and say plainly when the disk refuses."""
        try:
            for folder in (self.root, self.candidates, self.releases):
                folder.mkdir(parents=True, exist_ok=True)
            lock = os.open(self.root / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
            finally:
                os.close(lock)
        except (OSError, duckdb.IOException, duckdb.FatalException) as error:
            raise WritingFailed(
                self.root.name,
                f"files could not be written ({error}); what is published stays.",
                fix="free disk space or grant write permission, then run again.",
            ) from error


def _sequence(release: Release) -> int:
    """Its place among the promotions from 1; 0 where it cannot be read."""
    try:
        return release.manifest.sequence
    except WritingFailed:
        return 0


def _folders(*parents: Path) -> list[Path]:
    return [
        path
        for parent in parents
        for path in parent.glob("[!.]*")
        if path.is_dir() and not path.is_symlink()
    ]

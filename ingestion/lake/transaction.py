"""Changes to the lake that happen all together or not at all.

files made ready in `.staging/<token>/` → one journal file → moves → journal removed

The journal is the instant at which a pull counts. A process killed before it leaves
files nobody reads, which the next start sweeps; killed after it, the next reader or
writer finishes the moves, which may be repeated. So nothing is half landed.
"""

import json
import secrets
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from itertools import count

from ingestion.lake.storage import Storage

JOURNAL = ".journal"
STAGING = ".staging"
ALIVE = ".locks/pulls"  # a lock file for each pull that has begun
ABANDONED_AFTER = timedelta(days=2)  # where no lock tells whether a pull still lives


class Transaction:
    """Files that will be put into the lake, and files that will be removed."""

    def __init__(self, storage: Storage, token: str) -> None:
        self._storage, self._token = storage, token
        self._moves: list[tuple[str, str]] = []
        self._removes: list[str] = []
        self._numbers = count()

    def put(self, target: str, data: bytes) -> None:
        """Make the file ready that will be at `target`."""
        staged = f"{STAGING}/{self._token}/{next(self._numbers):06d}"
        self._storage.write(staged, data)
        self._moves.append((staged, target))

    def retarget(self, old_folder: str, new_folder: str) -> None:
        """Let files made ready for one folder go to another."""
        self._moves = [
            (staged, new_folder + target.removeprefix(old_folder))
            if target.startswith(old_folder)
            else (staged, target)
            for staged, target in self._moves
        ]

    def drop(self, folder: str) -> None:
        """Forget the files made ready for a folder."""
        self._moves = [move for move in self._moves if not move[1].startswith(folder)]

    def join(self, files: list[str], data: bytes) -> None:
        """Put `data` in place of the last of these files and remove the others."""
        self.put(files[-1], data)
        self._removes += files[:-1]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to commit."""
        return not self._moves and not self._removes

    def make_durable(self) -> None:
        """Have all bytes on the disk and all folders made: the slow part, unlocked."""
        for _, target in self._moves:
            self._storage.prepare(target)
        self._storage.sync([staged for staged, _ in self._moves])

    def commit(self) -> None:
        """Put everything in place; call it with the lake's exclusive lock."""
        plan = json.dumps({"moves": self._moves, "removes": self._removes})
        draft, journal = f"{STAGING}/{self._token}/plan", _journal(self._token)
        self._storage.write(draft, plan.encode())
        self._storage.prepare(journal)
        self._storage.sync([draft])
        self._storage.move(draft, journal)
        self._storage.sync([JOURNAL])
        _finish(self._storage, journal)


@contextmanager
def transaction(storage: Storage, now: datetime) -> Generator[Transaction]:
    """A transaction whose prepared files are gone when it ends in any way."""
    token = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(6)}"
    with _alive(storage, token):
        try:
            yield Transaction(storage, token)
        finally:
            # Once the journal is there the pull counts: the next start finishes it.
            if not storage.exists(_journal(token)):
                storage.remove(f"{STAGING}/{token}")


@contextmanager
def _alive(storage: Storage, token: str) -> Generator[None]:
    """Hold the lock that says this token is in use, taken while nobody sweeps."""
    with ExitStack() as holding:
        with storage.lock("staging"):
            holding.enter_context(storage.lock(f"pulls/{token}", wait=False))
        try:
            yield
        finally:
            with storage.lock("staging"):
                storage.remove(f"{ALIVE}/{token}")
                holding.close()


def _journal(token: str) -> str:
    return f"{JOURNAL}/{token}.json"


def _token(journal: str) -> str:
    return journal.removeprefix(f"{JOURNAL}/").removesuffix(".json")


def journals(storage: Storage) -> list[str]:
    """Journals of transactions that count and are not finished."""
    return storage.files(JOURNAL)


def finish_all(storage: Storage) -> None:
    """Finish what a killed process left; call it with the lake's exclusive lock."""
    for journal in journals(storage):
        _finish(storage, journal)


def sweep(storage: Storage, now: datetime) -> None:
    """Remove prepared files of pulls that died before they counted."""
    with storage.lock("staging"):
        unfinished = {_token(journal) for journal in journals(storage)}
        begun = {path.removeprefix(f"{ALIVE}/") for path in storage.files(ALIVE)}
        begun.update(storage.folders(STAGING))
        for token in sorted(begun - unfinished):
            if storage.has_locks:
                _sweep_dead(storage, token)
            elif _started_at(token) < now.replace(tzinfo=None) - ABANDONED_AFTER:
                storage.remove(f"{STAGING}/{token}")


def _sweep_dead(storage: Storage, token: str) -> None:
    try:
        with storage.lock(f"pulls/{token}", wait=False):
            storage.remove(f"{STAGING}/{token}")
            storage.remove(f"{ALIVE}/{token}")
    except BlockingIOError:
        return


def _started_at(token: str) -> datetime:
    return datetime.strptime(token.split("-")[0], "%Y%m%dT%H%M%S")  # noqa: DTZ007 - UTC


def _finish(storage: Storage, journal: str) -> None:
    """Do what the journal says; what was already done is left."""
    plan = json.loads(storage.read(journal))
    for staged, target in plan["moves"]:
        if storage.exists(staged):
            storage.move(staged, target)
    for path in plan["removes"]:
        storage.remove(path)
    storage.remove(journal)
    storage.remove(f"{STAGING}/{_token(journal)}")

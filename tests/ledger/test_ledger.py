"""What whoever decides may rely on: nothing is lost, and nothing changes unseen."""

import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest

from ledger import Draft, Event, Ledger, LedgerError, Refused, Tampered

NOW = datetime(2026, 8, 10, 6, tzinfo=UTC)
WRITERS, EACH = 10, 5
CHANGES = {
    "who decided": "update ledger_events set decided_by = 'x' where sequence = 2",
    "what was decided": "update ledger_events set content = '{\"x\":1}' "
    "where sequence = 2",
    "why": "update ledger_events set reason = 'other' where sequence = 2",
    "when": "update ledger_events set decided_at = '2026-01-01T00:00:00.000000+00:00' "
    "where sequence = 2",
    "an unreadable instant": "update ledger_events set decided_at = 'never' "
    "where sequence = 2",
    "an event that is gone": "delete from ledger_events where sequence = 2",
    "an event put between": "insert into ledger_events select 2, topic, action, "
    "content, decided_by, decided_at, reason, evidence, 'a', 'b' from ledger_events "
    "where sequence = 3",
}


def ledger(url: str) -> Ledger:
    return Ledger(url, lambda: NOW)


def draft(text: str = "something", **other: str) -> Draft:
    said = {"decided_by": "steward", "reason": "it was shown", **other}
    return Draft("test", "note", {"text": text}, **said)


def write(url: str, writer: int) -> None:
    """One process that writes several events."""
    own = ledger(url)
    for number in range(EACH):
        own.append(draft(f"{writer}/{number}"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "home" / "ledger.db"


@pytest.fixture
def url(file: Path) -> str:
    return f"sqlite:///{file}"


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """A database server of our own, on a socket in a folder of the test."""
    if find_spec("psycopg") is None:
        pytest.skip("needs psycopg, which the extra `postgres` brings")
    if shutil.which("initdb") is None or shutil.which("pg_ctl") is None:
        pytest.skip("needs the programs of a Postgres server")
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # a socket's path has to be short
    as_user: list[str] = []
    if os.geteuid() == 0:  # as whom no such server runs
        as_user = ["runuser", "-u", "nobody", "--"]
        shutil.chown(folder, "nobody")

    def run(*command: object) -> None:
        words = [*as_user, *map(str, command)]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd=folder)

    control = ("pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log")
    run("initdb", "-D", folder / "data", "-U", "us", "-A", "trust")
    run(*control, "-o", f"-c listen_addresses='' -k {folder}", "start")
    try:
        yield f"postgresql+psycopg://us@/postgres?host={folder}"
    finally:
        run(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def everybody_writes(url: str) -> list[Event]:
    """What a ledger holds after all writers wrote at once, each a process."""
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write, args=(url, n)) for n in range(WRITERS)]
    for each in writers:
        each.start()
    for each in writers:
        each.join(120)
    assert [each.exitcode for each in writers] == [0] * WRITERS
    return ledger(url).verified()


def is_everything(events: Sequence[Event]) -> bool:
    wanted = {f"{writer}/{n}" for writer in range(WRITERS) for n in range(EACH)}
    numbers = [event.sequence for event in events]
    return {event.content["text"] for event in events} == wanted and (
        numbers == list(range(1, WRITERS * EACH + 1))
    )


def forced(file: Path, sql: str) -> None:
    """Change the file as somebody with access to it could."""
    with sqlite3.connect(file) as connection:
        for act in ("update", "delete"):
            connection.execute(f"drop trigger ledger_events_no_{act}")
        connection.execute(sql)
    connection.close()


def test_an_event_says_who_when_why_and_by_what_evidence(url: str) -> None:
    ledger(url).append(draft("a", evidence="mail of 3 May"))
    (event,) = ledger(url).verified("test")
    assert (event.decided_by, event.reason, event.evidence, event.decided_at) == (
        *("steward", "it was shown", "mail of 3 May"),
        NOW,
    )
    assert event.content == {"text": "a"}


@pytest.mark.parametrize("name", ["decided_by", "reason"])
def test_a_decision_without_who_or_why_is_not_written(url: str, name: str) -> None:
    with pytest.raises(Refused, match=f"field {name}"):
        ledger(url).append(draft(**{name: " "}))
    assert ledger(url).events() == []


def test_what_a_check_refuses_is_not_written(url: str) -> None:
    def refuse(events: Sequence[Event]) -> None:
        raise Refused(f"there are {len(events)}.", fix="none.")

    ledger(url).append(draft())
    with pytest.raises(Refused, match="there are 1"):
        ledger(url).append(draft(), refuse)
    assert len(ledger(url).events()) == 1
    ledger(url).append(draft())  # and the lock was let go
    assert len(ledger(url).verified()) == 2


@pytest.mark.slow
def test_ten_writers_at_once_lose_nothing(url: str) -> None:
    assert is_everything(everybody_writes(url))


@pytest.mark.slow
def test_ten_writers_at_once_lose_nothing_on_postgres(postgres: str) -> None:
    assert is_everything(everybody_writes(postgres))


def test_the_database_refuses_to_change_or_remove_an_event(
    url: str, file: Path
) -> None:
    ledger(url).append(draft())
    for sql in ("update ledger_events set reason = 'x'", "delete from ledger_events"):
        connection = sqlite3.connect(file)
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(sql)
        connection.close()


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_is_forced_is_found_and_named(url: str, file: Path, what: str) -> None:
    for text in "abc":
        ledger(url).append(draft(text))
    if what == "an event put between":
        forced(file, "update ledger_events set sequence = sequence + 10")
        with sqlite3.connect(file) as connection:
            connection.execute(
                "update ledger_events set sequence = "
                "case sequence when 11 then 1 when 12 then 3 else 4 end"
            )
            connection.execute(CHANGES[what])
        connection.close()
    else:
        forced(file, CHANGES[what])
    with pytest.raises(Tampered, match="event 2 "):
        ledger(url).verified()
    with pytest.raises(Tampered, match="event 2 "):
        ledger(url).append(draft())


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("mysql://host/x", "cannot keep it"),
        ("no url", "cannot be read"),
        ("postgresql+unheard://me:hush@host/x", "cannot be read"),
        ("sqlite:////proc/nowhere/ledger.db", "cannot be made"),
    ],
)
def test_an_address_that_does_not_work_is_a_plain_error_without_secrets(
    wrong: str, words: str
) -> None:
    with pytest.raises(LedgerError, match=words) as refused:
        ledger(wrong).events()
    assert "hush" not in str(refused.value)


def test_an_order_of_writing_is_an_order_of_reading(url: str) -> None:
    seen: list[Callable[[], object]] = []
    for text in "abc":
        seen.append(lambda text=text: ledger(url).append(draft(text)))
    for act in seen:
        act()
    assert [event.content["text"] for event in ledger(url).events()] == ["a", "b", "c"]

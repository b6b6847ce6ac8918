"""`tokenworth identity`: who decides and why, and what becomes of it in the lake."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dagster as dg
import pyarrow as pa
import pytest
from click.testing import CliRunner, Result

from dagster_project.cli.commands import main
from dagster_project.decisions import decisions_asset
from dagster_project.resources import WorkspaceResource
from dagster_project.workspace import Workspace, workspace
from ingestion.catalog import TABLES
from ingestion.page import Page
from ingestion.sources.decisions.tables import IDENTITY_DECISIONS
from ingestion.sources.people.tables import PERSONS

# What preparing a workspace names in the environment; a test must not leave it there.
PREPARED = (
    *("DAGSTER_HOME", "DAGSTER_EVENT_BATCH_SIZE", "DAGSTER_DISABLE_TELEMETRY"),
    *("TOKENWORTH_LAKE", "TOKENWORTH_WAREHOUSE", "DBT_TARGET_PATH", "DBT_LOG_PATH"),
    *("DO_NOT_TRACK", "DBT_SEND_ANONYMOUS_USAGE_STATS", "GX_ANALYTICS_ENABLED"),
)
Command = Callable[..., Result]
BIND = ("bind", "jira", "account-1", "p1", "--from", "2026-01-01")
WHY = ("--why", "the person showed it")


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with two persons in its lake."""
    config = tmp_path / "tokenworth.yaml"
    config.write_text("present: 2027-02-05T06:00:00Z\n")
    monkeypatch.setenv("TOKENWORTH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TOKENWORTH_CONFIG", str(config))
    monkeypatch.delenv("TOKENWORTH_LEDGER", raising=False)
    monkeypatch.delenv("TOKENWORTH_OPERATOR", raising=False)
    for name in PREPARED:
        monkeypatch.setenv(name, "0")
    made = workspace()
    made.lake.initialise(TABLES)
    columns = {column.name: [None, None] for column in PERSONS.columns}
    people: dict[str, Any] = {**columns, "person_id": ["p1", "p2"]}
    start = pa.scalar("2026-01-01").cast(pa.date32()).as_py()
    made.lake.merge(PERSONS, [Page({**people, "valid_from": [start, start]})])
    return made


@pytest.fixture
def identity(found: Workspace) -> Command:
    """The command on that workspace."""
    return lambda *words: CliRunner().invoke(main, ["identity", *words])


def exported() -> dg.ExecuteInProcessResult:
    """One run of the export."""
    held = {"workspace": WorkspaceResource()}
    return dg.materialize([decisions_asset()], resources=held, raise_on_error=False)


def failure(result: dg.ExecuteInProcessResult) -> str:
    (event,) = result.get_step_failure_events()
    return str(event.step_failure_data.user_failure_data.description)


@pytest.mark.parametrize("missing", ["--who", "--why"])
def test_nobody_decides_without_a_name_and_a_reason(
    identity: Command, missing: str
) -> None:
    given = {"--who": "steward", "--why": "shown"}
    del given[missing]
    result = identity(*BIND, *(word for pair in given.items() for word in pair))
    assert result.exit_code == 2
    assert missing in result.output


def test_a_decision_its_reversal_and_its_history_are_visible(
    identity: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOKENWORTH_OPERATOR", "steward")
    assert identity(*BIND, *WHY, "--evidence", "ticket 7").exit_code == 0
    assert identity("revert", "1", "--why", "it was somebody else's").exit_code == 0
    told = identity("history").output
    assert "bind: jira user account-1 is p1's, from 2026-01-01" in told
    assert "taken back by 2" in told
    assert "2027-02-05 06:00 UTC  steward: the person showed it" in told
    assert "evidence: ticket 7" in told
    assert "2 events, and the chain is whole" in told
    assert "decision 1" in identity("history", "--about", "p1").output
    assert "bind" not in identity("history", "--about", "p2").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("bind", "jira", "a", "p9", "--from", "2026-01-01"), "person 'p9'"),
        (("bind", "jirra", "a", "p1", "--from", "2026-01-01"), "did you mean 'jira'"),
        (("merge", "p1", "p1", "--from", "2026-01-01"), "named twice"),
        (("revert", "4"), "no identity decision in force"),
        (
            ("exclude", "jira", "a", "--from", "2026-01-02", "--to", "2026-01-01"),
            "lies before",
        ),
    ],
)
def test_what_cannot_be_decided_ends_in_one_sentence(
    identity: Command, found: Workspace, words: tuple[str, ...], said: str
) -> None:
    result = identity(*words, *WHY, "--who", "steward")
    assert result.exit_code == 1
    assert said in result.output
    assert "Fix: " in result.output
    assert found.ledger.events() == []


def test_decisions_land_as_they_were_written(
    identity: Command, found: Workspace
) -> None:
    assert exported().success  # an empty ledger is no fault
    identity(*BIND, *WHY, "--who", "steward")
    identity("revert", "1", *WHY, "--who", "second steward")
    assert exported().success
    first, second = (
        found.lake.current(IDENTITY_DECISIONS).sort_by("sequence").to_pylist()
    )
    assert (first["decision"], first["account_id"], first["person_id"]) == (
        *("bind", "account-1"),
        "p1",
    )
    assert (first["decided_by"], first["reason"]) == ("steward", WHY[1])
    assert (second["decision"], second["reverts_sequence"]) == ("revert", 1)


def test_a_ledger_that_was_tampered_with_stops_the_export_and_is_named(
    identity: Command, found: Workspace
) -> None:
    identity(*BIND, *WHY, "--who", "steward")
    with sqlite3.connect(found.home / "ledger.db") as connection:
        connection.execute("drop trigger ledger_events_no_update")
        connection.execute("update ledger_events set reason = 'another'")
    connection.close()
    assert "event 1 was changed" in failure(exported())
    assert found.lake.current(IDENTITY_DECISIONS).num_rows == 0
    shown = identity("history")
    assert shown.exit_code == 1
    assert "event 1 was changed" in shown.output


def test_a_ledger_written_anew_is_found_by_what_landed_before(
    identity: Command, found: Workspace
) -> None:
    identity(*BIND, *WHY, "--who", "steward")
    assert exported().success
    (found.home / "ledger.db").unlink()
    identity(*BIND, "--why", "another reason", "--who", "steward")
    assert "event 1 landed before" in failure(exported())
    (row,) = found.lake.current(IDENTITY_DECISIONS).to_pylist()
    assert row["reason"] == WHY[1]

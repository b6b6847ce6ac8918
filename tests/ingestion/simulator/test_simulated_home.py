"""What the company keeps itself: people files, configuration, and the command line."""

import csv
import json
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import requests
from click.testing import CliRunner

from ingestion.configuration import configuration
from ingestion.simulator import PRESENT, Company, files, home, organisation
from ingestion.simulator.__main__ import main
from ingestion.simulator.accounts import SHOWS_EMAIL
from ingestion.simulator.truth import TABLES
from ingestion.sources.people import tables


def rows(home: Path, name: str) -> list[dict[str, str]]:
    with (home / "company" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_files_have_exactly_the_columns_of_their_tables(written: Path) -> None:
    for name, table in files.FILES.items():
        found = rows(written, name)
        assert list(found[0]) == [column.name for column in table.columns]
    assert set(files.FILES.values()) == set(tables.TABLES)


def test_the_people_source_takes_the_files(written: Path) -> None:
    from ingestion.sources import people

    names = {table.name: name for name, table in files.FILES.items()}
    paths = {table: written / "company" / name for table, name in names.items()}
    landed = dict(people.files(**paths))
    assert {table.name for table in landed} == set(names)


def test_most_jira_accounts_are_linked_and_some_are_not(written: Path) -> None:
    linked = [r for r in rows(written, "accounts.csv") if r["source"] == "jira"]
    people = {row["person_id"] for row in linked}
    assert people.isdisjoint({*organisation.UNLINKED_IN_JIRA, *SHOWS_EMAIL})
    assert len(people) == 120 - 7
    returned = [r for r in linked if r["person_id"] == organisation.REHIRED]
    assert len({row["account"] for row in returned}) == 2


def test_a_key_nobody_wrote_down_is_not_in_the_register(
    written: Path, company: Company
) -> None:
    listed = {row["api_key_id"] for row in rows(written, "key_owners.csv")}
    unknown = [k for k in company.api_keys if k.api_key_id not in listed]
    assert [key.key_name for key in unknown] == ["test-123"]
    purposes = {row["purpose"] for row in rows(written, "key_owners.csv")}
    assert purposes == {"personal", "shared", "ci", "product"}


def test_the_configuration_is_valid_and_names_every_source(
    written: Path, tmp_path: Path
) -> None:
    path = tmp_path / "tokenworth.yaml"
    text = files.configuration("http://127.0.0.1:1", PRESENT.isoformat(), written)
    path.write_text(text, encoding="utf-8")
    found = configuration(path)
    assert found.sources.anthropic is not None
    assert len(found.sources.jira) == 1
    assert found.sources.git is not None
    for repository in found.sources.git.repositories:
        assert Path(repository.location).is_dir()
    assert found.people is not None
    assert (found.people.folder / found.people.persons).exists()


def test_a_folder_is_written_once(written: Path, company: Company) -> None:
    before = (written / "company" / "people.csv").stat().st_mtime_ns
    assert not home.write_company(company, PRESENT, written)
    assert (written / "company" / "people.csv").stat().st_mtime_ns == before


def test_an_unfinished_folder_is_written_again(
    tmp_path: Path, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The marker comes last, so whatever stops the writing leaves none."""
    monkeypatch.setattr(home, "REPOSITORIES", ("tooling",))
    (tmp_path / "company").mkdir()
    (tmp_path / "company" / "people.csv").write_text("half")
    assert home.write_company(company, PRESENT, tmp_path)
    assert len(rows(tmp_path, "people.csv")) > 120
    assert json.loads((tmp_path / home.MARKER).read_text())["seed"] == company.seed


def test_the_command_writes_the_truth(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["truth", "--home", str(tmp_path)])
    assert done.exit_code == 0, done.output
    for name in TABLES:
        assert pq.read_metadata(tmp_path / "truth" / f"{name}.parquet").num_rows > 100


def test_a_present_without_a_zone_is_refused(tmp_path: Path) -> None:
    command = ["company", "--home", str(tmp_path), "--present", "2027-01-01T00:00:00"]
    done = CliRunner().invoke(main, command)
    assert done.exit_code != 0
    assert "time zone" in done.output


def test_the_server_process_tells_where_it_is_and_ends_on_request(
    written: Path,
) -> None:
    command = [sys.executable, "-m", "ingestion.simulator", "serve", "--home", written]
    process = subprocess.Popen(command)
    try:
        ready = written / "server.json"
        while not ready.exists():
            assert process.poll() is None
        told = json.loads(ready.read_text())
        assert told["pid"] == process.pid
        pair = (files.JIRA_EMAIL, files.JIRA_API_TOKEN)
        address = f"{told['url']}/jira/rest/api/3/myself"
        assert requests.get(address, auth=pair, timeout=60).status_code == 200
        assert configuration(written / "tokenworth.yaml").present == PRESENT
    finally:
        process.terminate()
        assert process.wait(timeout=60) in (0, -signal.SIGTERM)

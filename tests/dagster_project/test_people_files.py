"""The files of people as an asset: accounts are of sources that something reads."""

from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from dagster_project.organisation import account_sources, people_asset
from dagster_project.resources import WorkspaceResource
from dagster_project.workspace import Workspace, workspace
from ingestion.sources import connectors
from ingestion.sources.people import tables

FILES = {
    "people.csv": "person_id,full_name,email,manager_id,team,role,level,work_type,"
    "location,entity,fte,valid_from,valid_to\n"
    "p1,,one@company.example,,alpha,,,,north,Works,1,2026-01-01,\n",
    "accounts.csv": "source,account,person_id,method,evidence,valid_from,valid_to\n"
    "jira,account-1,p1,operator,,2026-01-01,\n",
    "key_owners.csv": "source,api_key_id,purpose,owner_person_id,cost_pool,evidence,"
    "valid_from,valid_to\nopenai,key-1,personal,p1,,,2026-01-01,\n",
    "absences.csv": "person_id,absent_fraction,valid_from,valid_to\n",
    "holidays.csv": "location,holiday_date,working_fraction\n",
    "locations.csv": "location,weekend_days,known_from,known_to\n"
    'north,"6,7",2026-01-01,2026-12-31\n',
}
# What preparing a workspace names in the environment; a test must not leave it there.
PREPARED = (
    *("DAGSTER_HOME", "DAGSTER_EVENT_BATCH_SIZE", "DAGSTER_DISABLE_TELEMETRY"),
    *("TOKENWORTH_LAKE", "TOKENWORTH_WAREHOUSE", "DBT_TARGET_PATH", "DBT_LOG_PATH"),
    *("DO_NOT_TRACK", "DBT_SEND_ANONYMOUS_USAGE_STATS", "GX_ANALYTICS_ENABLED"),
)


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace whose configuration names a folder with the six files."""
    config = tmp_path / "tokenworth.yaml"
    config.write_text("present: 2027-02-05T06:00:00Z\npeople: {folder: people}\n")
    (tmp_path / "people").mkdir()
    for name, content in FILES.items():
        (tmp_path / "people" / name).write_text(content)
    monkeypatch.setenv("TOKENWORTH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TOKENWORTH_CONFIG", str(config))
    for name in PREPARED:
        monkeypatch.setenv(name, "0")
    return workspace()


def landed() -> Any:
    """The result of one run of the asset."""
    held = {"workspace": WorkspaceResource()}
    return dg.materialize([people_asset()], resources=held, raise_on_error=False)


def test_accounts_may_be_of_every_vendor_and_of_every_source_of_outcomes() -> None:
    assert account_sources() == {"jira", "git", *(each.source for each in connectors())}


def test_people_with_accounts_of_any_source_land(found: Workspace) -> None:
    assert landed().success
    counts = {table.name: found.lake.current(table).num_rows for table in tables.TABLES}
    assert (counts["persons"], counts["accounts"], counts["key_owners"]) == (1, 1, 1)


def test_an_account_of_a_source_that_nobody_reads_stops_the_run(
    found: Workspace,
) -> None:
    file = found.config.parent / "people" / "accounts.csv"
    file.write_text(FILES["accounts.csv"].replace("jira", "jirra"))
    result = landed()
    assert not result.success
    (failure,) = result.get_step_failure_events()
    said = str(failure.step_failure_data.user_failure_data.description)
    assert "accounts.csv line 2" in said
    assert "'jirra' is not known here" in said
    assert "did you mean 'jira'?" in said
    assert found.lake.current(tables.PERSONS).num_rows == 0

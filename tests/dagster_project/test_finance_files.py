"""The files of finance as an asset: they land together, and none goes unnoticed."""

from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from dagster_project.organisation import finance_asset
from dagster_project.resources import WorkspaceResource
from dagster_project.workspace import Workspace, workspace
from ingestion.sources.finance import tables

RATES = (
    "currency,rate_date,usd_per_unit,rate_source\nEUR,2026-07-01,1.0834,central bank\n"
)
CONTRACT = (
    "vendor,model,token_class,service_tier,context_band,region,usd_per_million,"
    "discount_share,valid_from,valid_to,evidence\n"
    "anthropic,*,*,*,*,*,,0.12,2026-07-01,,order 7\n"
)


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace whose configuration names a folder with two of the four files."""
    config = tmp_path / "tokenworth.yaml"
    config.write_text("present: 2027-02-05T06:00:00Z\nfinance: {folder: money}\n")
    money = tmp_path / "money"
    money.mkdir()
    (money / "exchange_rates.csv").write_text(RATES)
    (money / "contract_prices.csv").write_text(CONTRACT)
    monkeypatch.setenv("TOKENWORTH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TOKENWORTH_CONFIG", str(config))
    # Preparing a workspace names it in the environment; a test must not leave it there.
    for name in ("DAGSTER_HOME", "DAGSTER_EVENT_BATCH_SIZE", "TOKENWORTH_LAKE",
                 "TOKENWORTH_WAREHOUSE", "DBT_TARGET_PATH", "DBT_LOG_PATH",
                 "DO_NOT_TRACK", "DBT_SEND_ANONYMOUS_USAGE_STATS",
                 "DAGSTER_DISABLE_TELEMETRY", "GX_ANALYTICS_ENABLED"):  # fmt: skip
        monkeypatch.setenv(name, "0")
    return workspace()


def landed() -> Any:
    """The result of one run of the asset."""
    held = {"workspace": WorkspaceResource()}
    return dg.materialize([finance_asset()], resources=held, raise_on_error=False)


def rows(found: Workspace) -> dict[str, int]:
    """Rows in the lake, by table."""
    return {table.name: found.lake.current(table).num_rows for table in tables.TABLES}


def test_the_files_that_are_there_land(found: Workspace) -> None:
    assert landed().success
    assert rows(found) == {
        "contract_prices": 1,
        "exchange_rates": 1,
        "commitments": 0,
        "invoice_lines": 0,
    }


def test_a_file_that_vanished_stops_the_run_and_keeps_its_rows(
    found: Workspace,
) -> None:
    assert landed().success
    file = found.config.parent / "money" / "contract_prices.csv"
    file.unlink()
    result = landed()
    assert not result.success
    (failure,) = result.get_step_failure_events()
    said = str(failure.step_failure_data.user_failure_data.description)
    assert "contract_prices.csv: there is no such file, and 1 rows" in said
    assert "leave its header alone" in said
    assert rows(found)["contract_prices"] == 1


def test_a_header_alone_withdraws_the_rows(found: Workspace) -> None:
    assert landed().success
    file = found.config.parent / "money" / "contract_prices.csv"
    file.write_text(CONTRACT.split("\n")[0] + "\n")
    assert landed().success
    removed = found.lake.current(tables.CONTRACT_PRICES)["removed_at"]
    assert removed.null_count == 0


def test_without_finance_in_the_configuration_nothing_is_read(
    found: Workspace,
) -> None:
    found.config.write_text("present: 2027-02-05T06:00:00Z\n")
    assert landed().success
    assert set(rows(found).values()) == {0}

"""Days of a range: each is seen in the UI, and none costs a transaction of its own."""

import os
from collections.abc import Generator, Sequence
from datetime import date
from pathlib import Path

import dagster as dg
import pytest
from dagster._check import CheckError
from dagster._core.events import ASSET_EVENTS
from dagster._core.storage.event_log.sqlite.sqlite_event_log import (
    SqliteEventLogStorage,
)
from sqlalchemy import event
from sqlalchemy.engine import Engine

from dagster_project.event_log import BatchedEventLog
from dagster_project.workspace import Workspace
from ingestion.window import Window

DAYS = dg.DailyPartitionsDefinition(start_date="2024-01-01", end_date="2024-12-31")
YEAR = Window(date(2024, 1, 1), date(2024, 12, 30))
WEEK = Window(date(2024, 1, 1), date(2024, 1, 7))
ATTEMPTS = (  # what the UI shows as failed or as under way
    "get_latest_asset_partition_materialization_attempts_without_materializations"
)
USAGE, COST = dg.AssetKey("usage"), dg.AssetKey("cost")


@pytest.fixture
def home(tmp_path: Path) -> Generator[Path]:
    """A prepared home; the environment is as before afterwards."""
    before = dict(os.environ)
    found = Workspace(home=tmp_path / "home", config=tmp_path / "tokenworth.yaml")
    found.prepare()
    yield found.home
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def instance(home: Path) -> Generator[dg.DagsterInstance]:
    """Dagster as the workspace's `dagster.yaml` sets it up."""
    with dg.DagsterInstance.get() as found:
        assert isinstance(found.event_log_storage, BatchedEventLog)
        yield found


@dg.asset(partitions_def=DAYS, backfill_policy=dg.BackfillPolicy.single_run())
def usage(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"days": len(context.partition_keys)})


@dg.asset(partitions_def=DAYS, backfill_policy=dg.BackfillPolicy.single_run())
def cost() -> dg.MaterializeResult:
    raise dg.Failure("anthropic: the key is not valid.", allow_retries=False)


def materialized(
    instance: dg.DagsterInstance,
    days: Window,
    assets: list[dg.AssetsDefinition] | None = None,
) -> dg.ExecuteInProcessResult:
    """The result of one run over `days`."""
    return dg.materialize(
        assets or [usage],
        instance=instance,
        tags={
            "dagster/asset_partition_range_start": days.first.isoformat(),
            "dagster/asset_partition_range_end": days.last.isoformat(),
        },
        raise_on_error=False,
    )


def log_of(instance: dg.DagsterInstance, run_id: str) -> Sequence[dg.EventLogRecord]:
    """All events of a run, in the order of the log."""
    return instance.get_records_for_run(run_id).records


def transactions(instance: dg.DagsterInstance, days: Window) -> int:
    """How many transactions a run over `days` takes, of all databases together."""
    commits: list[object] = []

    def noted(connection: object) -> None:
        commits.append(connection)

    event.listen(Engine, "commit", noted)
    try:
        assert materialized(instance, days).success
    finally:
        event.remove(Engine, "commit", noted)
    return len(commits)


def test_each_day_of_a_range_is_materialized_by_one_run(
    instance: dg.DagsterInstance,
) -> None:
    run = materialized(instance, YEAR)
    days = instance.get_materialized_partitions(USAGE)
    assert days == {day.isoformat() for day in YEAR.days()}
    newest = instance.get_latest_materialization_event(USAGE)
    assert newest is not None
    assert newest.run_id == run.run_id
    assert newest.asset_materialization is not None
    assert newest.asset_materialization.partition == "2024-12-30"
    assert newest.asset_materialization.metadata["days"].value == len(YEAR.days())


def test_a_day_costs_no_transaction_of_its_own(instance: dg.DagsterInstance) -> None:
    materialized(instance, WEEK)  # the databases are there afterwards
    assert transactions(instance, YEAR) == transactions(instance, WEEK)


def test_a_table_that_fails_leaves_the_days_of_others_and_names_its_own(
    instance: dg.DagsterInstance,
) -> None:
    materialized(instance, WEEK, [usage, cost])
    log = instance.event_log_storage
    missing = getattr(log, ATTEMPTS)
    assert len(instance.get_materialized_partitions(USAGE)) == 7
    assert not instance.get_materialized_partitions(COST)
    assert not missing(USAGE)
    assert set(missing(COST)) == {day.isoformat() for day in WEEK.days()}


def test_events_of_a_run_keep_their_order(instance: dg.DagsterInstance) -> None:
    run = materialized(instance, WEEK)
    entries = [record.event_log_entry for record in log_of(instance, run.run_id)]
    named = [entry.dagster_event for entry in entries if entry.is_dagster_event]
    days = [each.partition for each in named if each and each.is_step_materialization]
    kinds = [each.event_type_value for each in named if each]
    assert days == [day.isoformat() for day in WEEK.days()]
    assert kinds.index("STEP_START") < kinds.index("ASSET_MATERIALIZATION")
    assert kinds[::-1].index("STEP_SUCCESS") < kinds[::-1].index(
        "ASSET_MATERIALIZATION"
    )


def test_plain_dagster_reads_what_was_written(
    home: Path, instance: dg.DagsterInstance
) -> None:
    run = materialized(instance, WEEK)
    plain = SqliteEventLogStorage(str(home / "dagster" / "history" / "runs"))
    assert len(plain.get_materialized_partitions(USAGE)) == 7
    assert len(plain.get_logs_for_run(run.run_id)) == len(log_of(instance, run.run_id))


def test_a_batch_that_cannot_be_stored_leaves_nothing_behind(
    instance: dg.DagsterInstance,
) -> None:
    run = materialized(instance, WEEK)
    log = instance.event_log_storage
    assert isinstance(log, BatchedEventLog)
    stored = [record.event_log_entry for record in log_of(instance, run.run_id)]
    again = [each for each in stored if each.dagster_event_type in ASSET_EVENTS]
    with pytest.raises(CheckError):
        log.store_event_batch([*again, "no event"])
    assert len(log_of(instance, run.run_id)) == len(stored)
    log.store_event_batch(again)  # and the log goes on
    assert len(log_of(instance, run.run_id)) == len(stored) + len(again)

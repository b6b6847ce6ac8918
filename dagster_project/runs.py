"""Runs of the daily job in this process: what the command line and the demo start."""

from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass

import dagster as dg
from dagster._core.execution.plan.objects import StepFailureData

from dagster_project.landing import ACCEPT_SMALLER
from dagster_project.lock import sole_holder
from dagster_project.partitions import DUE, range_tags
from dagster_project.workspace import Workspace
from ingestion.window import Window

OURS = {"tokenworth/started_by": "command line"}
UNFINISHED = [
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
]


@dataclass(frozen=True)
class Outcome:
    """How a run ended: its id, and one plain error for each step that failed."""

    run_id: str
    errors: tuple[str, ...]

    @property
    def is_success(self) -> bool:
        """Nothing failed."""
        return not self.errors


def run(
    found: Workspace,
    days: Window | None,
    *,
    select: Sequence[str] = (),
    leave_out: Sequence[str] = (),
    accept_smaller: Sequence[str] = (),
    only_due: bool = False,
) -> Outcome:
    """Run the daily job over `days`, or only part of it; with `only_due` each table
    leaves out those that landed and are final.

    `select` and `leave_out` are asset selections such as `raw/jira/*`; leaving out
    raw tables builds on what has landed of them before. `accept_smaller` names tables
    whose pull may shrink tenfold.
    """
    from dagster_project.definitions import defs

    found.prepare()
    definitions = defs()
    job = definitions.resolve_job_def("daily")
    keys = _keys(definitions, select, leave_out)
    noise = found.home / "dagster" / "console.log"
    with (
        sole_holder("command line", found.home / "dagster" / "run.lock"),
        dg.DagsterInstance.get() as instance,
        noise.open("w") as file,
        redirect_stdout(file),  # dbt's line per node; progress goes to stderr
    ):
        _end_killed_runs(instance)
        result = job.execute_in_process(
            instance=instance,
            tags={
                **OURS,
                ACCEPT_SMALLER: ",".join(accept_smaller),
                **({} if days is None else range_tags(days)),
                **({DUE: "yes"} if only_due else {}),
            },
            run_config={"loggers": {"progress": {}}},
            asset_selection=keys,
            raise_on_error=False,
        )
    return Outcome(result.run_id, tuple(_errors(result)))


def _end_killed_runs(instance: dg.DagsterInstance) -> None:
    """Mark runs that a kill cut off as failed, and free the pools they still hold.

    The caller holds the command line's lock, so none of its runs can be alive.
    """
    unfinished = dg.RunsFilter(statuses=UNFINISHED, tags=OURS)
    for killed in instance.get_runs(unfinished):
        instance.report_run_failed(killed, "The process of this run was killed.")
        instance.event_log_storage.free_concurrency_slots_for_run(killed.run_id)


def _keys(
    definitions: dg.Definitions, select: Sequence[str], leave_out: Sequence[str]
) -> list[dg.AssetKey]:
    """Asset keys of the run, in no particular order."""
    graph = definitions.resolve_asset_graph()
    chosen = dg.AssetSelection.all() if not select else _selection(select)
    if leave_out:
        chosen = chosen - _selection(leave_out)
    return sorted(chosen.resolve(graph), key=str)


def _selection(patterns: Sequence[str]) -> dg.AssetSelection:
    """The union of patterns like `raw/jira` (everything below) or a whole key."""
    chosen = dg.AssetSelection.assets()
    for pattern in patterns:
        parts = pattern.strip("/").split("/")
        chosen = chosen | dg.AssetSelection.key_prefixes(parts)
    return chosen


def _errors(result: dg.ExecuteInProcessResult) -> list[str]:
    """The words of each failed step, without traces of steps that only waited."""
    errors: list[str] = []
    for event in result.all_events:
        if event.is_step_failure:
            errors.append(f"{event.step_key}: {_words(event.step_failure_data)}")
    if not errors and not result.success:
        errors.append("the run ended before its steps; see the Dagster UI.")
    return errors


def _words(data: StepFailureData) -> str:
    """What went wrong, by its first cause and without the orchestrator's wrapping."""
    if data.user_failure_data and data.user_failure_data.description:
        return data.user_failure_data.description
    error = data.error
    while error is not None and error.cause is not None:
        error = error.cause
    return error.message.strip() if error else "failed; see the Dagster UI."

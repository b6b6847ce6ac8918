"""One daily job from the sources to the release, and its schedule."""

import dagster as dg

from dagster_project.partitions import DUE, due, range_tags
from dagster_project.workspace import workspace

daily_job = dg.define_asset_job(
    "daily",
    selection=dg.AssetSelection.all(),
    description="Pull what is due, build the models, audit the candidate, publish it.",
)


@dg.schedule(job=daily_job, cron_schedule="0 7 * * *", execution_timezone="UTC")
def every_morning(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Each morning: yesterday and the days vendors may still revise, in one run."""
    days = due(workspace())
    return dg.RunRequest(
        run_key=None if days is None else days.last.isoformat(),
        tags={} if days is None else {DUE: "yes", **range_tags(days)},
    )

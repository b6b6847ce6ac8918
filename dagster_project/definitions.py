"""The code location: everything below `defs` is loaded, nothing is listed twice."""

from pathlib import Path

import dagster as dg

from dagster_project.progress import progress
from dagster_project.resources import resources


@dg.definitions
def defs() -> dg.Definitions:
    """All assets, checks, jobs and schedules; loads with an empty environment."""
    return dg.Definitions.merge(
        dg.load_from_defs_folder(path_within_project=Path(__file__).parent),
        dg.Definitions(
            resources=resources(),
            executor=dg.in_process_executor,
            loggers={"progress": progress, "console": dg.colored_console_logger},
        ),
    )

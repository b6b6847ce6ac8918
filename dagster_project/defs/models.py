"""dbt models: identity, price, credit, working time and the marts, in one build."""

import json
from collections.abc import Iterator
from typing import Any

import dagster as dg
from dagster_dbt import dbt_assets

from dagster_project.dbt import project, translator
from dagster_project.landing import workspace_of
from dagster_project.lock import sole_writer

PROJECT = project()


@dbt_assets(
    manifest=PROJECT.manifest_path,
    project=PROJECT,
    dagster_dbt_translator=translator(),
    pool="warehouse",
    required_resource_keys={"workspace", "dbt_cli"},
)
def models(context: dg.AssetExecutionContext) -> Iterator[Any]:
    """Build and test every model over one state of the lake."""
    found = workspace_of(context)
    context.log.info("building the models")
    with sole_writer(found.warehouse), found.lake.reading():
        build = ["build", "--exclude-resource-type", "unit_test"]
        found.inputs.write_text(json.dumps(found.lake.inputs(), indent=1))
        yield from (
            context.resources.dbt_cli.cli(build, context=context)
            .stream()
            .fetch_row_counts()
        )

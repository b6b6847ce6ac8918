"""dbt models: identity, price, credit, working time and the marts, in one build."""

import json
from collections.abc import Iterator

import dagster as dg
import dbt.version
from dagster_dbt import DbtCliResource, dbt_assets
from packaging import version

from dagster_project.dbt import project, translator
from dagster_project.landing import workspace_of
from dagster_project.lock import sole_writer

PROJECT = project()

# dagster-dbt otherwise runs `dbt --version` before each build, which asks the package
# index from wherever this runs. The pinned version is known without asking.
DbtCliResource._cli_version = property(  # type: ignore[assignment] # read-only upstream
    lambda self: version.parse(dbt.version.__version__)
)


@dbt_assets(
    manifest=PROJECT.manifest_path,
    project=PROJECT,
    dagster_dbt_translator=translator(),
    pool="warehouse",
    required_resource_keys={"workspace"},
)
def models(context: dg.AssetExecutionContext, dbt_cli: DbtCliResource) -> Iterator:
    """Build and test every model over one state of the lake."""
    found = workspace_of(context)
    context.log.info("building the models")
    with sole_writer(found.warehouse), found.lake.reading():
        build = ["build", "--exclude-resource-type", "unit_test"]
        found.inputs.write_text(json.dumps(found.lake.inputs(), indent=1))
        yield from dbt_cli.cli(build, context=context).stream().fetch_row_counts()


resources = dg.Definitions(
    resources={"dbt_cli": DbtCliResource(project_dir=PROJECT, profiles_dir=str(PROJECT.profiles_dir))}
)

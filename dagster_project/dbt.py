"""The dbt project as Dagster sees it: where it lies, and what its models are called."""

import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import dagster as dg
import dbt.version
from dagster_dbt import (
    DagsterDbtTranslator,
    DagsterDbtTranslatorSettings,
    DbtCliResource,
    DbtProject,
)
from packaging import version

from dagster_project.workspace import PROJECT, workspace

OWNERS = ["team:analytics-engineering"]

# dagster-dbt otherwise runs `dbt --version` before each build, which asks the package
# index from wherever this runs. The pinned version is known without asking.
DbtCliResource._cli_version = property(  # type: ignore[assignment] # read-only upstream
    lambda self: version.parse(dbt.version.__version__)
)


class Translator(DagsterDbtTranslator):
    """Keys `<layer>/<model>`, one group a layer, marts by audience."""

    def get_asset_spec(
        self, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None
    ) -> dg.AssetSpec:
        """The spec of a model, seed or source; a source keeps its raw asset's key."""
        spec = super().get_asset_spec(manifest, unique_id, project)
        node = manifest["nodes"].get(unique_id)
        if node is None:
            return spec
        layer = node["fqn"][1]
        group = "_".join(node["fqn"][1:3]) if layer == "marts" else layer
        return spec.replace_attributes(
            key=[layer, node["name"]],
            group_name=group,
            owners=OWNERS,
            kinds={"dbt", "duckdb"},
            description=node["description"] or spec.description,
        )


def translator() -> Translator:
    """The translator; dbt tests become asset checks."""
    return Translator(DagsterDbtTranslatorSettings(enable_asset_checks=True))


def command_line() -> DbtCliResource:
    """dbt's command line, found beside the interpreter and not on the PATH."""
    return DbtCliResource(
        project_dir=project(),
        profiles_dir=str(PROJECT / "dbt"),
        dbt_executable=str(Path(sys.executable).parent / "dbt"),
    )


@cache
def project() -> DbtProject:
    """The dbt project with its manifest, parsed here when it is missing or old."""
    found = workspace()
    found.prepare()
    folder = PROJECT / "dbt"
    manifest = found.dbt_target / "manifest.json"
    newest = max(
        path.stat().st_mtime
        for path in folder.rglob("*")
        if path.suffix in {".sql", ".yml", ".csv"} and "target" not in path.parts
    )
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        _parse(folder)
    return DbtProject(
        project_dir=folder, profiles_dir=folder, target_path=found.dbt_target
    )


def _parse(folder: Path) -> None:
    from dbt.cli.main import dbtRunner  # dbt takes two seconds to import

    result = dbtRunner().invoke(
        [
            "--quiet",
            "parse",
            "--project-dir",
            str(folder),
            "--profiles-dir",
            str(folder),
        ]
    )
    if not result.success:
        raise RuntimeError(f"dbt cannot parse {folder}: {result.exception}")

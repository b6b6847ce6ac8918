"""`dbt build` beside the same SQL, in the same order, in one DuckDB connection."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measure import interleaved, median, module
from dagster_project.workspace import PROJECT, Workspace, workspace

RUNS = 3


def report() -> str:
    """A Markdown table of wall and CPU seconds; needs a lake, such as the demo's."""
    found = workspace()
    if not (found.home / "lake").exists():
        return f"no lake in {found.home}: run `make demo` first."
    with tempfile.TemporaryDirectory() as folder:
        environment = _environment(found, Path(folder))
        commands = {
            "dbt build": module(
                "dbt.cli.main", "build", "--quiet", "--exclude-resource-type",
                "unit_test", "--project-dir", str(PROJECT / "dbt"),
                "--profiles-dir", str(PROJECT / "dbt"),
            ),
            "the same SQL": module("benchmarks.plain_sql", folder),
        }  # fmt: skip
        interleaved({"dbt build": commands["dbt build"]}, 1, environment)
        measured = interleaved(commands, RUNS, environment)
    plain = median(measured["the same SQL"])
    lines = [
        f"models and data tests over {found.home.name}, "
        f"medians of {RUNS} interleaved runs",
        "",
        "| path | wall s | CPU s | wall to the same SQL | peak MB |",
        "|---|---|---|---|---|",
    ]
    for name, costs in measured.items():
        cost = median(costs)
        lines.append(
            f"| {name} | {cost.wall:.1f} | {cost.cpu:.1f} | "
            f"{cost.wall / plain.wall:.2f} | {cost.peak_mb:.0f} |"
        )
    return "\n".join(lines)


def _environment(found: Workspace, folder: Path) -> dict[str, str]:
    return {
        "TOKENWORTH_LAKE": str(found.home / "lake"),
        "TOKENWORTH_WAREHOUSE": str(folder / "warehouse.duckdb"),
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
        "DO_NOT_TRACK": "1",
        "PYTHONPATH": os.pathsep.join([str(PROJECT)]),
    }


def statements(target: Path) -> list[str]:
    """Compiled SQL of models and data tests in an order that respects references."""
    manifest = json.loads((target / "manifest.json").read_text())
    nodes = {
        name: node
        for name, node in manifest["nodes"].items()
        if node["resource_type"] in {"model", "test"} and node.get("compiled_code")
    }
    done: dict[str, None] = {}

    def visit(name: str) -> None:
        if name in done or name not in nodes:
            return
        for parent in nodes[name]["depends_on"]["nodes"]:
            visit(parent)
        done[name] = None

    for name in nodes:
        visit(name)
    schemas = sorted({node["schema"] for node in nodes.values()})
    return [
        *(f"create schema if not exists {schema}" for schema in schemas),
        *(_statement(nodes[name]) for name in done),
    ]


def _statement(node: dict[str, Any]) -> str:
    sql = node["compiled_code"].strip().rstrip(";")
    if node["resource_type"] == "test":
        return f"select count(*) from ({sql}) as failures"
    kind = "view" if node["config"]["materialized"] == "view" else "table"
    return f"create or replace {kind} {node['schema']}.{node['name']} as {sql}"

"""What dbt's manifest says about published marts and the lineage between purposes."""

import json
from collections.abc import Mapping
from typing import Any

import dagster as dg

from dagster_project.dbt import project


def dbt_manifest() -> Mapping[str, Any]:
    """dbt's manifest, as parsed."""
    return json.loads(project().manifest_path.read_text())


def published_marts() -> list[dg.AssetKey]:
    """Asset keys of the marts that some audience reads."""
    return [
        dg.AssetKey([node["fqn"][1], node["name"]])
        for node in dbt_manifest()["nodes"].values()
        if node["resource_type"] == "model" and _audience(node)
    ]


def lineage_edges() -> list[tuple[str, str]]:
    """(upstream, downstream) models by path, such as `marts/review/mart_x`."""
    nodes = dbt_manifest()["nodes"]
    return [
        ("/".join(nodes[parent]["fqn"][1:]), "/".join(node["fqn"][1:]))
        for node in nodes.values()
        if node["resource_type"] == "model"
        for parent in node["depends_on"]["nodes"]
        if parent in nodes
    ]


def _audience(node: Mapping[str, Any]) -> str | None:
    meta = node.get("config", {}).get("meta") or node.get("meta") or {}
    return meta.get("audience")

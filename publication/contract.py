"""The marts to publish and their contracts, as dbt's `manifest.json` states them."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publication.errors import ContractBroken

GATE_MART = "mart_publication_gate"
DICTIONARY = "mart_column_dictionary"
# What two runs over the same inputs differ in: no part of a mart's content.
LOAD_COLUMNS = frozenset(
    {"release_id", "known_at", "pulled_at", "pull_id", "page_number", "evaluated_at"}
    | {"days_behind", "is_late"}
)
LOAD_SUFFIXES = ("_pulled_at", "_age_days", "_age_hours")
PERSON_COLUMNS = frozenset({"person_id", "manager_id"})
PERSONLESS = frozenset({"teams", "finance"})
SQL_TYPES = {
    "string": "VARCHAR",
    "varchar": "VARCHAR",
    "bigint": "BIGINT",
    "double": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
}
DECIMAL = re.compile(r"decimal\((\d+),\s*(\d+)\)")


@dataclass(frozen=True)
class Column:
    """One column of a published mart; `type` is DuckDB's name of its SQL type."""

    name: str
    type: str
    description: str
    is_content: bool

    @property
    def is_person(self) -> bool:
        """Whether it identifies a person, and so is pseudonymised per audience."""
        return self.name in PERSON_COLUMNS or self.name.endswith("_person_id")

    @property
    def published_name(self) -> str:
        """`person_key` for `person_id`, since the value is another; else its name."""
        return f"{self.name.removesuffix('_id')}_key" if self.is_person else self.name


@dataclass(frozen=True)
class Mart:
    """One mart of one audience, where it lies in the warehouse, and its grain."""

    name: str
    audience: str
    schema: str
    table: str
    description: str
    columns: tuple[Column, ...]
    grain: tuple[str, ...]

    @property
    def is_content(self) -> bool:
        """Whether it counts for the content hash; the gate's own results do not."""
        return self.name != GATE_MART

    @property
    def published_grain(self) -> tuple[str, ...]:
        """The grain by the names that its columns have in published files."""
        names = {column.name: column.published_name for column in self.columns}
        return tuple(names[name] for name in self.grain)


def marts(dbt_manifest: Path) -> tuple[Mart, ...]:
    """Every model whose meta names an audience, sorted by audience and name."""
    manifest = _read(dbt_manifest)
    grains = dict(_tested_grains(manifest))
    found = [
        _mart(node, grains.get(node_id, ()))
        for node_id, node in manifest["nodes"].items()
        if node["resource_type"] == "model" and _meta(node).get("audience")
    ]
    if not found:
        raise ContractBroken(
            dbt_manifest.name,
            "no model names an audience in its meta.",
            fix="set meta.audience on the marts that are to be published.",
        )
    return tuple(sorted(found, key=lambda mart: (mart.audience, mart.name)))


def _read(dbt_manifest: Path) -> dict[str, Any]:
    try:
        return json.loads(dbt_manifest.read_text())
    except (OSError, json.JSONDecodeError) as error:
        raise ContractBroken(
            dbt_manifest.name,
            f"dbt's manifest cannot be read ({error}).",
            fix="run dbt before publishing.",
        ) from error


def _meta(node: Mapping[str, Any]) -> dict[str, Any]:
    return {**node.get("meta", {}), **node.get("config", {}).get("meta", {})}


def _tested_grains(
    manifest: Mapping[str, Any],
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Grain per model from its `unique_grain` test."""
    for node in manifest["nodes"].values():
        test = node.get("test_metadata") or {}
        if test.get("name") == "unique_grain":
            lists = [v for v in test["kwargs"].values() if isinstance(v, list)]
            if lists and node.get("attached_node"):
                yield node["attached_node"], tuple(lists[0])


def _mart(node: Mapping[str, Any], tested_grain: tuple[str, ...]) -> Mart:
    audience, name = _meta(node)["audience"], node["name"]
    columns = tuple(_column(name, column) for column in node["columns"].values())
    grain = tuple(_meta(node).get("grain", ())) or tested_grain
    names = [column.name for column in columns]
    if not grain or not set(grain) <= set(names):
        raise ContractBroken(
            name,
            f"its grain {grain or '(none)'} is not stated in its columns.",
            fix="give the model a unique_grain test over columns of its contract.",
        )
    if audience in PERSONLESS and any(column.is_person for column in columns):
        raise ContractBroken(
            name,
            f"it identifies persons, and the {audience} file holds none.",
            fix="drop the person columns or give the mart another audience.",
        )
    return Mart(
        name=name,
        audience=audience,
        schema=node["schema"],
        table=node.get("alias") or name,
        description=node["description"].strip(),
        columns=columns,
        grain=grain,
    )


def _column(mart: str, column: Mapping[str, Any]) -> Column:
    stated = (column.get("data_type") or "").lower()
    decimal = DECIMAL.fullmatch(stated)
    sql_type = SQL_TYPES.get(stated) or (
        f"DECIMAL({decimal[1]},{decimal[2]})" if decimal else None
    )
    if sql_type is None:
        raise ContractBroken(
            f"{mart}.{column['name']}",
            f"its data_type is {stated or 'not stated'}.",
            fix=f"use one of {', '.join(SQL_TYPES)} or decimal(p,s) in the contract.",
        )
    is_load = column["name"] in LOAD_COLUMNS or column["name"].endswith(LOAD_SUFFIXES)
    return Column(
        name=column["name"],
        type=sql_type,
        description=(column.get("description") or "").strip(),
        is_content=_meta(column).get("is_content", not is_load),
    )

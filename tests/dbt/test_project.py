"""What holds for the project as written: layers, contracts, words, portability."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from warehouse import PROJECT, models

from ingestion.catalog import TABLES

Manifest = Mapping[str, Any]
OUTSIDE_SQL = re.compile(r"--[^\n]*|\{[{%#].*?[}%#]\}", re.DOTALL)
TYPES = {
    "string",
    "bigint",
    "double",
    "boolean",
    "date",
    "timestamp",
    "decimal(38,12)",
    "decimal(18,12)",
    "decimal(18,6)",
}
# What DuckDB understands and Spark does not, or otherwise.
UNPORTABLE = {
    "qualify": r"\bqualify\b",
    "group by all": r"\bgroup by all\b",
    "a cast by colons": r"::",
    "integer division": r"//",
    "a list or struct": r"\[|\bstruct\b",
    "a select by exclusion": r"\bexclude\s*\(",
    "a join by using": r"\busing\s*\(",
}


# Rows of many vendors one below the other: each has its grain, tested in staging.
UNIONS = {"int_usage_reported", "int_vendor_costs_converted"}


def layer(node: Mapping[str, Any]) -> str:
    """staging, intermediate or marts."""
    return node["fqn"][1]


def parents(manifest: Manifest, node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Models and sources that a model reads."""
    for unique_id in node["depends_on"]["nodes"]:
        yield manifest["nodes"].get(unique_id) or manifest["sources"][unique_id]


def grain(manifest: Manifest, unique_id: str) -> list[str] | None:
    """The columns of the model's unique_grain test."""
    for node in manifest["nodes"].values():
        test = node.get("test_metadata") or {}
        if test.get("name") == "unique_grain" and node["attached_node"] == unique_id:
            return test["kwargs"]["columns"]
    return None


def ancestors(manifest: Manifest, unique_id: str) -> set[str]:
    """Everything a model rests on, by unique id."""
    found: set[str] = set()
    ahead = [unique_id]
    while ahead:
        node = manifest["nodes"].get(ahead.pop(), {"depends_on": {"nodes": []}})
        new = set(node["depends_on"]["nodes"]) - found
        found |= new
        ahead += new
    return found


def test_no_python_file_lies_below_the_project() -> None:
    assert list(PROJECT.rglob("*.py")) == []


def test_only_staging_reads_sources_and_reads_nothing_else(manifest: Manifest) -> None:
    for node in models(manifest).values():
        kinds = {parent["resource_type"] for parent in parents(manifest, node)}
        expected = {"source"} if layer(node) == "staging" else {"model"}
        # Earlier versions of a table have no staging model, which is what is in force.
        if "versions(" in node["raw_code"]:
            kinds -= {"source"}
            expected = expected & kinds
        assert kinds == expected, node["name"]


def test_layers_read_only_what_lies_before_them(manifest: Manifest) -> None:
    may_read = {
        "staging": set(),
        "intermediate": {"staging", "intermediate"},
        "marts": {"intermediate", "marts"},
    }
    for node in models(manifest).values():
        layers = {
            layer(parent)
            for parent in parents(manifest, node)
            if parent["resource_type"] == "model"
        }
        assert layers <= may_read[layer(node)], node["name"]


def test_every_lake_table_is_staged_once_and_keeps_its_asset(
    manifest: Manifest,
) -> None:
    staged = {n["name"] for n in models(manifest).values() if layer(n) == "staging"}
    assert staged == {f"stg_{table.source}__{table.name}" for table in TABLES}
    keys = [s["config"]["meta"]["dagster"]["asset_key"] for s in sources(manifest)]
    expected = [["raw", table.source, table.name] for table in TABLES]
    assert sorted(keys) == sorted(expected)


def sources(manifest: Manifest) -> list[Mapping[str, Any]]:
    """The manifest's sources."""
    return list(manifest["sources"].values())


def test_every_model_says_what_a_row_is_and_tests_it(manifest: Manifest) -> None:
    for unique_id, node in models(manifest).items():
        assert node["description"].startswith("One row"), node["name"]
        assert node["name"] in UNIONS or grain(manifest, unique_id), node["name"]


def test_names_say_the_layer(manifest: Manifest) -> None:
    shapes = {
        "staging": r"stg_[a-z]+(_[a-z]+)*__[a-z_]+",
        "intermediate": r"int_[a-z]+(_[a-z]+)*_[a-z]+(ed|en|und|de|ld)",
        "marts": r"(dim|fct|mart)_[a-z_]+",
    }
    for node in models(manifest).values():
        assert re.fullmatch(shapes[layer(node)], node["name"]), node["name"]


def test_every_mart_has_a_contract_of_portable_types(manifest: Manifest) -> None:
    for unique_id, node in models(manifest).items():
        if layer(node) != "marts":
            continue
        assert node["config"]["contract"]["enforced"], node["name"]
        assert set(grain(manifest, unique_id) or ()) <= set(node["columns"])
        for column in node["columns"].values():
            where = f"{node['name']}.{column['name']}"
            assert column["data_type"] in TYPES, where
            assert column["description"], where


def test_the_folder_of_a_mart_is_its_audience_and_its_schema(
    manifest: Manifest,
) -> None:
    for node in models(manifest).values():
        if layer(node) == "marts":
            folder = node["fqn"][2]
            audience = None if folder == "core" else folder
            assert node["config"]["meta"].get("audience") == audience, node["name"]
            assert node["schema"] == folder


def test_nothing_of_a_review_rests_on_allocation_or_detectors(
    manifest: Manifest,
) -> None:
    for unique_id, node in models(manifest).items():
        if node["config"]["meta"].get("audience") == "review":
            behind = " ".join(ancestors(manifest, unique_id))
            assert "alloc" not in behind
            assert "detector" not in behind


def test_each_page_is_an_exposure(manifest: Manifest) -> None:
    pages = {exposure["name"] for exposure in manifest["exposures"].values()}
    assert pages == {"data_trust", "my_figures"}


def sql_files() -> list[Path]:
    """Every model and data test."""
    return sorted([*PROJECT.glob("models/**/*.sql"), *PROJECT.glob("tests/**/*.sql")])


@pytest.mark.parametrize("what", sorted(UNPORTABLE))
def test_models_are_portable(what: str) -> None:
    for path in sql_files():
        code = OUTSIDE_SQL.sub("", path.read_text())
        assert not re.search(UNPORTABLE[what], code, re.IGNORECASE), path.name


def test_no_model_names_an_engine() -> None:
    for path in sql_files():
        assert not re.search(
            r"duckdb|spark|databricks", path.read_text(), re.IGNORECASE
        )

"""What is imported is allowed, and what is needed is named in pyproject.toml."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[1]
STATED: dict[str, Any] = tomllib.loads((PROJECT / "pyproject.toml").read_text())
OURS: list[str] = STATED["tool"]["importlinter"]["root_packages"]


def imported(package: str) -> Iterator[str]:
    """The first part of every name that the modules of a package import."""
    for path in (PROJECT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                yield str(node.module).split(".")[0]


def normal(name: str) -> str:
    """A distribution's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_rule_that_sources_stand_apart_holds_for_every_source() -> None:
    (rule,) = (
        contract
        for contract in STATED["tool"]["importlinter"]["contracts"]
        if contract["name"] == "One source never imports another"
    )
    files = (PROJECT / "ingestion" / "sources").glob("*/__init__.py")
    sources = {f"ingestion.sources.{path.parent.name}" for path in files}
    assert len(sources) > 10
    meant = {
        each for each in sources for name in rule["modules"] if fnmatch(each, name)
    }
    assert meant == sources


def test_every_package_that_is_imported_is_a_named_dependency() -> None:
    """A dependency of a dependency may go away with its next version."""
    named = {
        normal(re.split(r"[^A-Za-z0-9_.-]", line)[0])
        for line in STATED["project"]["dependencies"]
    }
    theirs = {name for package in OURS for name in imported(package)}
    theirs -= {*OURS, *sys.stdlib_module_names}
    of = packages_distributions()
    missing = {
        name: of.get(name)
        for name in theirs
        if not named & {normal(each) for each in of.get(name, [])}
    }
    assert not missing


def test_every_dependency_says_in_a_line_what_it_is_for() -> None:
    text = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    project = STATED["project"]
    lists = (project["dependencies"], *project["optional-dependencies"].values())
    for dependency in (each for stated in lists for each in stated):
        line = next(line for line in text.splitlines() if f'"{dependency}"' in line)
        assert re.search(r",\s+# \w", line), dependency

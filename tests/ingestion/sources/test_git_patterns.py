"""Kinds of paths beside GitHub Linguist's own lists, where those are at hand."""

import re
from pathlib import Path

import pytest
import yaml

from ingestion.sources.git import patterns
from ingestion.sources.git.paths import path_kind

LISTS = Path(__file__).parents[4] / "shared/data/linguist"


def linguist(name: str) -> list[str]:
    """The regular expressions of one list."""
    if not LISTS.is_dir():
        pytest.skip(f"no lists in {LISTS}")
    return yaml.safe_load((LISTS / name).read_text())


def test_every_rule_for_vendored_files_is_adopted_or_named_as_not() -> None:
    named = {*patterns.LINGUIST_VENDORED, *patterns.NOT_ADOPTED}
    assert named == set(linguist("vendor.yml"))
    assert not set(patterns.LINGUIST_VENDORED) & set(patterns.NOT_ADOPTED)


def test_every_rule_for_documentation_is_adopted() -> None:
    assert set(patterns.LINGUIST_DOCUMENTATION) == set(linguist("documentation.yml"))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("web/jquery-3.7.1.js", "vendored"),
        ("a/node_modules/x.ts", "vendored"),
        ("node_modules/x.ts", "vendored"),
        ("gradle/wrapper/gradle-wrapper.properties", "vendored"),
        ("tests/fixtures/answer.json", "vendored"),
        ("lib/Third-Party/x.c", "vendored"),
        (".venv/bin/activate", "vendored"),
        ("src/cache/entries.py", "source"),
        (".github/workflows/test.yml", "source"),
        ("types/index.d.ts", "source"),
        ("src/xdist/plan.py", "source"),
        ("api/messages.pb.go", "generated"),
        ("Docs/start.md", "documentation"),
        ("readme.txt", "documentation"),
        ("crates/x/CHANGELOG.md", "documentation"),
        ("src/readme_parser.py", "source"),
        ("web/yarn.lock", "lock_file"),
        ("web/my-yarn.lock", "source"),
    ],
)
def test_a_name_tells_the_kind(path: str, kind: str) -> None:
    assert path_kind(path, {}) == kind


def test_one_pattern_for_all_says_what_each_would() -> None:
    tried = ["jquery.js", "a/jquery.js", "ajquery.js", "dist/x", "adist/x", "x/dist/y"]
    for path in tried:
        one_by_one = any(re.search(p, path) for p in patterns.VENDORED)
        assert (path_kind(path, {}) == "vendored") is one_by_one

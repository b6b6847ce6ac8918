"""The simulated GitHub sends what GitHub's own schemas describe."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import requests

from ingestion.simulator import PRESENT, Company, serving
from ingestion.simulator.github.keys import TOKEN

SCHEMAS = (
    Path(__file__).parents[4] / "shared/data/github_openapi/openapi_schemas_subset.json"
)
pytestmark = pytest.mark.skipif(not SCHEMAS.is_file(), reason=f"no {SCHEMAS}")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving(Company(), present=PRESENT) as address:
        yield f"{address}/github"


@cache
def components() -> dict[str, Any]:
    """GitHub's schemas, what may be null said as JSON Schema says it."""

    def plain(value: Any) -> Any:
        if isinstance(value, list):
            return [plain(each) for each in value]
        if not isinstance(value, dict):
            return value
        found = {name: plain(each) for name, each in value.items()}
        if found.pop("nullable", False) is True:
            return {"anyOf": [{"type": "null"}, found]}
        return found

    return plain(json.loads(SCHEMAS.read_text())["components"])


def get(url: str, path: str) -> Any:
    """The answer to a request."""
    headers = {"authorization": f"Bearer {TOKEN}"}
    answer = requests.get(url + path, headers=headers, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ("pull-request-simple", "/repos/works/platform/pulls?state=all"),
        ("pull-request-simple", "/repos/works/ledger/pulls?state=open"),
        ("pull-request-review", "/repos/works/platform/pulls/{number}/reviews"),
        ("commit", "/repos/works/platform/pulls/{number}/commits"),
        ("issue", "/repos/works/platform/issues?state=all"),
    ],
)
def test_each_row_is_what_the_official_schema_describes(
    url: str, schema: str, path: str
) -> None:
    listed = get(url, "/repos/works/platform/pulls?state=closed")
    numbers = [row["number"] for row in listed if row["merged_at"]][:8]
    found = [row for number in numbers for row in get(url, path.format(number=number))]
    assert found
    whole = {"$ref": f"#/components/schemas/{schema}", "components": components()}
    validator = jsonschema.Draft202012Validator(whole)
    for row in found[:60]:
        validator.validate(row)


def test_a_single_repository_is_whole(url: str) -> None:
    whole = {"$ref": "#/components/schemas/full-repository", "components": components()}
    jsonschema.Draft202012Validator(whole).validate(get(url, "/repos/works/platform"))


def test_the_former_name_leads_to_the_repository(url: str) -> None:
    assert get(url, "/repos/works/core")["full_name"] == "works/platform"
    listed = get(url, "/repos/works/core/pulls?state=all&per_page=5")
    assert len(listed) == 5

"""Real GitHub answers through our source equal what DevLake's tests expect of them."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from code_host import Host, Request, page, rows, serving

from ingestion.sources import github

DATA = Path(__file__).parents[4] / "shared/data/devlake/github/e2e"
NAME = "recorded/ants"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"no recording in {DATA}")


def table(path: str) -> list[dict[str, str]]:
    """The rows of a CSV file of the recording."""
    csv.field_size_limit(1 << 27)
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def raw(name: str) -> list[dict[str, Any]]:
    """The API records of one table, with what was asked for them."""
    found = table(f"raw_tables/_raw_github_api_{name}.csv")
    return [
        {"data": json.loads(row["data"]), "input": json.loads(row["input"] or "null")}
        for row in found
    ]


def snapshot(name: str) -> list[dict[str, str]]:
    """The rows that DevLake makes of them."""
    return table(f"snapshot_tables/{name}.csv")


def utc(text: str) -> datetime | None:
    """An instant of the snapshot; None where it is empty."""
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


@pytest.fixture(scope="module")
def recorded() -> Iterator[Host]:
    """The recorded repository, in pages of twenty."""
    requests = [row["data"] for row in raw("pull_requests")]
    requests.sort(key=lambda row: row["updated_at"], reverse=True)
    issues = [row["data"] for row in raw("issues")]
    of_each = {
        "reviews": raw("pull_request_reviews"),
        "commits": raw("pull_request_commits"),
    }

    def answer(request: Request) -> tuple[int, dict[str, str], Any]:
        _, _, _, _, *rest = request.path.split("/")
        if rest == ["pulls"]:
            is_open = request.query.get("state") == ["open"]
            kept = [r for r in requests if not is_open or r["state"] == "open"]
            return page(request, kept, 20)
        if rest == ["issues"]:
            return page(request, issues, 20)
        number, kind = int(rest[1]), rest[2]
        found = [
            row["data"] for row in of_each[kind] if row["input"]["Number"] == number
        ]
        return page(request, found, 20)

    with serving(answer) as host:
        yield host


@pytest.fixture
def connection(recorded: Host) -> github.Connection:
    repositories = [{"name": NAME, "repository": None}]
    return recorded.github(repositories=repositories, starts_on="2018-01-01")


def by_id(connection: github.Connection) -> dict[str, dict[str, Any]]:
    """Pull requests by id."""
    found = rows(github.pull_requests(connection))
    return {row["pull_request_id"]: row for row in found}


def test_pull_requests_are_what_devlake_expects(connection: github.Connection) -> None:
    found = by_id(connection)
    expected = snapshot("_tool_github_pull_requests")
    assert len(expected) == len(found) == 49
    for row in expected:
        ours = found[row["github_id"]]
        assert ours["number"] == int(row["number"])
        assert ours["state"] == row["state"]
        assert ours["created_at"] == utc(row["github_created_at"])
        assert ours["updated_at"] == utc(row["github_updated_at"])
        assert ours["merged_at"] == utc(row["merged_at"])
        assert ours["closed_at"] == utc(row["closed_at"])
        assert ours["author_account_id"] == row["author_id"]
        is_merged = bool(row["merged_at"])
        assert ours["merge_sha"] == (row["merge_commit_sha"] if is_merged else None)
    assert len(raw("pull_requests")) == 50  # one was recorded twice


def test_what_has_a_time_of_merge_is_merged(connection: github.Connection) -> None:
    found = by_id(connection)
    states = Counter(
        "MERGED" if row["merged_at"] else {"open": "OPEN"}.get(row["state"], "CLOSED")
        for row in found.values()
    )
    assert states == Counter(row["status"] for row in snapshot("pull_requests"))
    assert states == {"MERGED": 26, "CLOSED": 19, "OPEN": 4}


def test_reviews_are_what_devlake_expects(connection: github.Connection) -> None:
    found = rows(github.reviews(connection))
    expected = snapshot("_tool_github_pull_request_reviews")
    assert len(found) == len(raw("pull_request_reviews")) == 31
    assert {
        (r["review_id"], r["pull_request_id"], r["state"], r["submitted_at"])
        for r in found
    } == {
        (
            row["github_id"],
            row["pull_request_id"],
            row["state"],
            utc(row["github_submit_at"]),
        )
        for row in expected
    }
    assert {(r["review_id"], r["reviewer_account_id"]) for r in found} == {
        (row["github_id"], row["author_user_id"]) for row in expected
    }


def test_commits_are_what_devlake_expects(connection: github.Connection) -> None:
    found = rows(github.pull_request_commits(connection))
    expected = snapshot("_tool_github_pull_request_commits")
    assert len(found) == len(raw("pull_request_commits")) == 91
    assert {(r["commit_sha"], r["pull_request_id"]) for r in found} == {
        (row["commit_sha"], row["pull_request_id"]) for row in expected
    }
    emails = {
        row["sha"]: row["author_email"] for row in snapshot("_tool_github_commits")
    }
    assert all(emails[r["commit_sha"]] == r["author_email"] for r in found)
    assert sum(r["author_account_id"] is None for r in found) == 11


def test_issues_are_what_devlake_expects(connection: github.Connection) -> None:
    found = {row["issue_id"]: row for row in rows(github.issues(connection))}
    expected = snapshot("_tool_github_issues")
    assert len(expected) == len(found) == 26
    for row in expected:
        ours = found[row["github_id"]]
        assert ours["number"] == int(row["number"])
        assert ours["author_account_id"] == row["author_id"]
        if row["closed_at"]:
            lead = ours["closed_at"] - ours["created_at"]
            assert lead // timedelta(minutes=1) == int(row["lead_time_minutes"])


def test_nothing_that_people_wrote_is_stored(connection: github.Connection) -> None:
    written = {
        words
        for row in raw("pull_requests")
        for words in (row["data"]["title"], row["data"]["body"])
        if words and len(words) > 12
    }
    stored = b"".join(page.body for page in github.pull_requests(connection))
    assert stored
    assert not [words for words in written if json.dumps(words).encode() in stored]

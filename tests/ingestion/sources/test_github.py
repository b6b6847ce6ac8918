"""What is special to GitHub: limits, renames, deleted accounts, and GraphQL."""

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from code_host import NOW, Answer, Request, page, rows, serving
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from ingestion.clock import FixedClock
from ingestion.errors import BadCredentials, Misconfigured, MissingPermission
from ingestion.lake import Lake
from ingestion.sources import github
from ingestion.sources.github import tables

PERSON = {"id": 7, "login": "ada-nord", "type": "User"}
BOT = {"id": 8, "login": "helper[bot]", "type": "Bot"}


def pull_request(number: int = 1, **said: Any) -> dict[str, Any]:
    """A pull request of a list."""
    return {
        "id": 1000 + number,
        "number": number,
        "state": "open",
        "title": "Add retries",
        "body": "What and why.",
        "head": {"ref": "work/app-12-retries"},
        "draft": False,
        "user": PERSON,
        "created_at": "2026-08-01T08:00:00Z",
        "updated_at": "2026-08-20T08:00:00Z",
        "merged_at": None,
        "closed_at": None,
        "merge_commit_sha": "f" * 40,
        **said,
    }


def size(number: int) -> dict[str, Any]:
    """What a pull request changes."""
    return {
        "number": number,
        "updatedAt": "2026-08-20T08:00:00Z",
        "additions": 5,
        "deletions": 2,
        "changedFiles": 1,
        "commits": {"totalCount": 3},
        "timelineItems": {"nodes": []},
    }


def graph(nodes: list[Any], has_more: bool = False) -> Answer:
    """A page of sizes."""
    info = {"hasNextPage": has_more, "endCursor": "c1"}
    found = {"pullRequests": {"nodes": nodes, "pageInfo": info}}
    return 200, {}, {"data": {"repository": found}}


def refusing(status: int, headers: dict[str, str], message: str, times: int) -> Any:
    """An answer that refuses some times and then lists one pull request."""
    left = [times]

    def answer(request: Request) -> Answer:
        if left[0]:
            left[0] -= 1
            return status, headers, {"message": message}
        return page(request, [pull_request()])

    return answer


@pytest.mark.parametrize("status", [403, 429])
def test_a_limit_on_load_that_names_no_time_is_waited_for_a_minute_and_longer(
    status: int,
) -> None:
    message = "You have exceeded a secondary rate limit. Please wait."
    with serving(refusing(status, {}, message, 2)) as host:
        assert len(rows(github.pull_requests(host.github()))) == 1
    assert host.waits == [60.0, 120.0]


def test_a_used_up_limit_is_waited_for_until_it_is_whole_again() -> None:
    now = datetime.now(UTC)
    reset = str(int((now + timedelta(seconds=300)).timestamp()))
    headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": reset}
    message = "API rate limit exceeded for installation."
    with serving(refusing(403, headers, message, 1)) as host:
        assert len(rows(github.pull_requests(host.github()))) == 1
    assert 290 < host.waits[0] <= 301


def test_a_missing_permission_is_no_limit() -> None:
    headers = {"x-ratelimit-remaining": "4999"}
    message = "Resource not accessible by personal access token"
    with (
        serving(refusing(403, headers, message, 9)) as host,
        pytest.raises(MissingPermission, match="Pull requests"),
    ):
        rows(github.pull_requests(host.github()))
    assert len(host.asked) == 1
    assert host.waits == []


def test_a_renamed_repository_is_found_by_its_old_name() -> None:
    def answer(request: Request) -> Answer:
        if request.path.startswith("/repos/"):
            rest = request.path.removeprefix("/repos/works/app")
            query = "&".join(f"{n}={v[0]}" for n, v in request.query.items())
            target = f"/repositories/55{rest}?{query}"
            return 301, {"location": target}, {"message": "Moved Permanently"}
        return page(request, [pull_request(2), pull_request(1)], 1)

    with serving(answer) as host:
        found = rows(github.pull_requests(host.github()))
    assert {row["number"] for row in found} == {1, 2}
    assert {row["host_repository"] for row in found} == {"works/app"}


def test_an_open_one_that_nobody_touched_for_months_is_read_again() -> None:
    old = pull_request(1, updated_at="2026-02-01T08:00:00Z")
    new = pull_request(2, state="closed")

    def answer(request: Request) -> Answer:
        is_open = request.query["state"] == ["open"]
        return page(request, [old] if is_open else [new, old])

    with serving(answer) as host:
        since = datetime(2026, 8, 21, tzinfo=UTC)
        found = rows(github.pull_requests(host.github(), lambda *_: since))
    assert {row["number"] for row in found} == {1, 2}


def test_merged_later_wins_over_what_was_known(tmp_path: Path) -> None:
    state: dict[str, Any] = {}
    lake = Lake(tmp_path, FixedClock(NOW))
    with serving(lambda asked: page(asked, [pull_request(1, **state)])) as host:
        lake.merge(tables.PULL_REQUESTS, github.pull_requests(host.github()))
        (row,) = lake.current(tables.PULL_REQUESTS).to_pylist()
        assert (row["state"], row["merge_sha"]) == ("open", None)
        at = "2026-08-30T08:00:00Z"
        state.update(state="closed", merged_at=at, closed_at=at, updated_at=at)
        lake.merge(tables.PULL_REQUESTS, github.pull_requests(host.github()))
    (row,) = lake.current(tables.PULL_REQUESTS).to_pylist()
    assert (row["state"], row["merge_sha"]) == ("closed", "f" * 40)


def test_deleted_accounts_have_no_id_and_machines_are_told_apart() -> None:
    authors = {1: PERSON, 2: BOT, 3: None, 4: {**PERSON, "login": "our-ci"}}
    listed = [pull_request(number, user=user) for number, user in authors.items()]
    with serving(lambda asked: page(asked, listed)) as host:
        found = rows(github.pull_requests(host.github(bots=["our-ci"])))
    kinds = {r["number"]: (r["author_account_id"], r["author_kind"]) for r in found}
    assert kinds == {
        1: ("7", "human"),
        2: ("8", "bot"),
        3: (None, "unknown"),
        4: ("7", "bot"),
    }


def test_a_pending_review_is_not_submitted() -> None:
    submitted = {"submitted_at": "2026-08-02T08:00:00Z"}
    reviews = [
        {"id": 1, "state": "APPROVED", "user": None, **submitted},
        {"id": 2, "state": "PENDING", "user": PERSON, "body": "not yet"},
    ]

    def answer(request: Request) -> Answer:
        is_list = request.path.endswith("/pulls")
        return page(request, [pull_request()] if is_list else reviews)

    with serving(answer) as host:
        (row,) = rows(github.reviews(host.github()))
    assert (row["review_id"], row["reviewer_account_id"]) == ("1", None)


def test_keys_and_reverts_are_read_of_what_is_not_kept() -> None:
    listed = [
        pull_request(1, title="APP-7: retries", body="Closes OPS-3."),
        pull_request(2, title='Revert "Add retries"', body="Reverts works/app#1"),
    ]
    with serving(lambda asked: page(asked, listed)) as host:
        pages = list(github.pull_requests(host.github()))
    first, second, *_ = rows(iter(pages))
    assert first["issue_keys"] == "APP-12,APP-7,OPS-3"
    assert (first["is_revert"], first["reverts_number"]) == (False, None)
    assert (second["is_revert"], second["reverts_number"]) == (True, 1)
    stored = b"".join(page.body for page in pages)
    assert b"retries" not in stored
    assert b"Reverts" not in stored


def test_fifty_sizes_are_asked_for_at_once_and_half_where_the_host_gives_up() -> None:
    def answer(request: Request) -> Answer:
        if request.body["variables"]["first"] > 12:
            return 502, {}, {"message": "Bad Gateway"}
        is_first = request.body["variables"]["after"] is None
        return graph([size(1 if is_first else 2)], has_more=is_first)

    with serving(answer) as host:
        found = rows(github.pull_request_sizes(host.github()))
    assert [row["number"] for row in found] == [1, 2]
    assert found[0]["added_lines"] == 5
    sizes = [request.body["variables"]["first"] for request in host.asked]
    assert sizes == [50, 25, 12, 50, 25, 12]
    assert host.waits == []


def test_a_limit_of_graphql_arrives_with_status_200_and_is_waited_for() -> None:
    left = [2]

    def answer(request: Request) -> Answer:
        if left[0]:
            left[0] -= 1
            error = {"type": "RATE_LIMITED", "message": "API rate limit exceeded"}
            return 200, {"retry-after": "7"}, {"errors": [error]}
        return graph([size(1)])

    with serving(answer) as host:
        assert len(rows(github.pull_request_sizes(host.github()))) == 1
    assert host.waits == [7.0, 7.0]


def test_half_an_answer_beside_an_error_is_not_kept() -> None:
    error = {"type": "NOT_FOUND", "message": "Could not resolve to a Repository"}
    told = {"data": {"repository": None}, "errors": [error]}
    with (
        serving(lambda _: (200, {}, told)) as host,
        pytest.raises(Misconfigured, match="not there or may not be seen"),
    ):
        rows(github.pull_request_sizes(host.github()))


def test_an_enterprise_server_has_graphql_beside_the_rest() -> None:
    def answer(request: Request) -> Answer:
        return graph([]) if request.method == "POST" else page(request, [])

    with serving(answer) as host:
        connection = host.github(host="ghes", base_url=f"{host.url}/api/v3/")
        rows(github.pull_requests(connection))
        rows(github.pull_request_sizes(connection))
    assert set(host.paths()) == {"/api/v3/repos/works/app/pulls", "/api/graphql"}


def test_a_link_to_another_host_is_not_followed() -> None:
    link = {"link": '<https://elsewhere.example/pulls?page=2>; rel="next"'}
    with (
        serving(lambda _: (200, link, [pull_request()])) as host,
        pytest.raises(Exception, match="another address"),
    ):
        rows(github.pull_requests(host.github()))


def test_an_app_signs_in_and_its_token_is_renewed_before_it_ends() -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    tokens: list[str] = []

    def answer(request: Request) -> Answer:
        if request.method == "POST":
            statement = request.headers["authorization"].removeprefix("Bearer ")
            text, _, signature = statement.rpartition(".")
            decoded = base64.urlsafe_b64decode(signature + "==")
            key.public_key().verify(decoded, text.encode(), PKCS1v15(), SHA256())
            claims = json.loads(base64.urlsafe_b64decode(text.split(".")[1] + "=="))
            assert claims["iss"] == "42"
            assert claims["exp"] - claims["iat"] <= 600
            tokens.append(f"token{len(tokens)}")
            ends = NOW + timedelta(minutes=4 if len(tokens) == 1 else 60)
            return 201, {}, {"token": tokens[-1], "expires_at": ends.isoformat()}
        return page(request, [])

    with serving(answer) as host:
        connection = host.github(app_id=42, installation_id=9, key=pem)
        rows(github.pull_requests(connection))
        rows(github.pull_requests(connection))
    sent = [r.headers["authorization"] for r in host.asked if r.method == "GET"]
    assert sent == ["Bearer token0", *["Bearer token1"] * 3]
    assert {r.path for r in host.asked if r.method == "POST"} == {
        "/app/installations/9/access_tokens"
    }


def test_a_key_that_is_no_key_is_refused_without_being_shown() -> None:
    with (
        serving(lambda asked: page(asked, [])) as host,
        pytest.raises(BadCredentials, match="PEM") as refused,
    ):
        host.github(app_id=42, installation_id=9, key="n0-key-at-all")
    assert "n0-key" not in str(refused.value)

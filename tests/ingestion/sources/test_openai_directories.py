"""What OpenAI's directories land as, and what `tokenworth doctor` learns of a key."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from loopback import Answer, Query, vendor
from openai_bodies import (
    BASE,
    CLOCK,
    COMPLETIONS,
    COSTS,
    KEY,
    api,
    column,
    examples,
    refusal,
    report,
    tokens,
)

from ingestion.errors import Misconfigured
from ingestion.sources import openai

USERS, PROJECTS = f"{BASE}/users", f"{BASE}/projects"


def listed(*entries: dict[str, Any], has_more: bool = False) -> dict[str, Any]:
    """A page of a directory."""
    last = entries[-1]["id"] if entries else None
    return {"object": "list", "data": entries, "last_id": last, "has_more": has_more}


def project(id_: str, archived_at: int | None = None) -> dict[str, Any]:
    return {"id": id_, "created_at": 1711471533, "archived_at": archived_at}


def key(id_: str, **owner: Any) -> dict[str, Any]:
    """A key of this owner."""
    return {
        "id": id_,
        "name": "laptop",
        "redacted_value": "sk-abc...def",
        "created_at": 1711471533,
        "last_used_at": 1711471534,
        "owner": owner,
    }


def test_lists_are_read_to_their_end_by_the_last_id() -> None:
    def answer(path: str, query: Query) -> Answer:
        first = {"id": "user-1", "added_at": 1711471533, "email": "A@company.example"}
        if "after" not in query:
            return 200, listed(first, has_more=True)
        return 200, listed({"id": "user-2", "added_at": 1711471533})

    with vendor(answer) as served:
        pages = list(openai.users(api(served)))
    assert column(pages, "user_id") == ["user-1", "user-2"]
    assert column(pages, "email") == ["A@company.example", None]
    assert column(pages, "added_at")[0] == datetime(2024, 3, 26, 16, 45, 33, tzinfo=UTC)
    assert [q.get("after") for q in served.queries(USERS)] == [None, ["user-1"]]
    assert served.queries(USERS)[0]["limit"] == ["100"]


def test_what_the_vendor_guesses_of_a_person_and_parts_of_keys_are_not_stored() -> None:
    def answer(path: str, query: Query) -> Answer:
        if path == USERS:
            user = {"id": "user-1", "added_at": 1, "technical_level": "novice"}
            return 200, listed({**user, "developer_persona": "tinkerer"})
        if path == PROJECTS:
            return 200, listed(project("proj_1"))
        return 200, listed(key("key_1", type="user", user={"id": "user-1"}))

    with vendor(answer) as served:
        pages = [*openai.users(api(served)), *openai.api_keys(api(served))]
    stored = b"".join(page.body for page in pages)
    assert b"user-1" in stored
    for hidden in (b"novice", b"tinkerer", b"sk-abc"):
        assert hidden not in stored


def test_keys_of_every_project_land_with_their_owner() -> None:
    user = {"id": "user-1", "email": "a@company.example"}

    def answer(path: str, query: Query) -> Answer:
        if path == PROJECTS:
            return 200, listed(project("proj_1"), project("proj_2"))
        if path.startswith(f"{PROJECTS}/proj_1"):
            return 200, listed(key("key_1", type="user", user=user))
        account = {"id": "svc_acct_1", "name": "ci"}
        return 200, listed(
            key("key_2", type="service_account", service_account=account)
        )

    with vendor(answer) as served:
        pages = list(openai.api_keys(api(served)))
    assert column(pages, "project_id") == ["proj_1", "proj_2"]
    assert column(pages, "owner_type") == ["user", "service_account"]
    assert column(pages, "owner_id") == ["user-1", "svc_acct_1"]
    assert column(pages, "owner_email") == ["a@company.example", None]
    (query,) = served.queries(f"{PROJECTS}/proj_1/api_keys")
    assert query["owner_project_access"] == ["any"]
    assert served.queries(PROJECTS)[0]["include_archived"] == ["true"]


def test_keys_are_read_where_the_newer_parameter_is_refused() -> None:
    def answer(path: str, query: Query) -> Answer:
        if path == PROJECTS:
            return 200, listed(project("proj_1"))
        if "owner_project_access" in query:
            return 400, refusal("Unknown parameter: 'owner_project_access'.")
        return 200, listed(key("key_1", type="user", user={"id": "user-1"}))

    with vendor(answer) as served:
        pages = list(openai.api_keys(api(served)))
    assert column(pages, "api_key_id") == ["key_1"]


@pytest.mark.parametrize("archived_at", [None, 1711471533])
def test_only_an_archived_project_may_keep_its_keys_to_itself(
    archived_at: int | None,
) -> None:
    def answer(path: str, query: Query) -> Answer:
        if path == PROJECTS:
            return 200, listed(project("proj_1", archived_at))
        return 404, refusal("Project not found")

    with vendor(answer) as served:
        if archived_at is None:
            with pytest.raises(Misconfigured, match="Project not found"):
                list(openai.api_keys(api(served)))
            return
        (page,) = openai.api_keys(api(served))
    assert column([page], "api_key_id") == []
    assert "archived project proj_1" in page.note


def test_the_official_directories_are_read() -> None:
    bodies = examples("openai_examples.json")

    def answer(path: str, query: Query) -> Answer:
        name = path.removeprefix("/v1").replace("proj_abc", "{project_id}")
        return 200, bodies[name].encode()

    with vendor(answer) as served:
        users = list(openai.users(api(served)))
        projects = list(openai.projects(api(served)))
        keys = list(openai.api_keys(api(served)))
    assert column(users, "email") == ["user@example.com"]
    assert column(projects, "project_name") == ["Project example"]
    assert column(keys, "owner_id") == ["user_abc"]
    unknown = [page.unknown_fields for page in (*users, *projects, *keys)]
    assert unknown == [frozenset()] * 3


def healthy(path: str, query: Query) -> Answer:
    """An organisation whose newest usage is three days old."""
    if path == COMPLETIONS:
        rows = {date(2027, 1, 30): [], date(2027, 2, 2): [tokens()]}
        return 200, report(rows)
    if path == COSTS:
        return 200, report({})
    return 200, listed()


def test_a_good_key_shows_permissions_and_the_newest_day() -> None:
    with vendor(healthy) as served:
        probe = openai.probe(api(served), CLOCK)
    assert probe.is_usable
    assert probe.newest_day == date(2027, 2, 2)
    assert probe.permissions == ("usage", "costs", "users", "projects", "api keys")


def test_each_missing_permission_is_a_problem_with_its_fix() -> None:
    def answer(path: str, query: Query) -> Answer:
        if path in (COMPLETIONS, COSTS):
            return 403, refusal("Missing scopes: api.usage.read")
        return healthy(path, query)

    with vendor(answer) as served:
        probe = openai.probe(api(served), CLOCK)
    assert probe.permissions == ("users", "projects", "api keys")
    assert len(probe.problems) == 2
    assert all("api.usage.read" in each.problem for each in probe.problems)
    assert all("admin key" in each.fix for each in probe.problems)


def test_a_wrong_key_is_told_once_and_never_shown() -> None:
    body = refusal(f"Incorrect API key provided: {KEY}.")
    with vendor(lambda path, query: (401, body)) as served:
        probe = openai.probe(api(served), CLOCK)
    assert len(probe.problems) == 1
    assert len(served.asked) == 1
    assert KEY not in repr(probe)

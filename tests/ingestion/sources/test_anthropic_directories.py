"""Members, API keys and workspaces of Anthropic, over real HTTP on loopback."""

from datetime import UTC, datetime
from typing import Any

import pytest
from anthropic_bodies import api, example, rows
from loopback import Answer, Query, vendor

from ingestion.errors import SchemaChanged, Unavailable
from ingestion.sources import anthropic
from ingestion.sources.anthropic.tables import API_KEYS, USERS, WORKSPACES

AT = datetime(2024, 10, 30, 23, 58, 27, 427722, UTC)


def member(number: int, **more: Any) -> dict[str, Any]:
    """A member of the organisation."""
    return {
        "id": f"user_{number}",
        "type": "user",
        "email": f"person{number}@company.example",
        "name": f"Person {number}",
        "role": "user",
        "added_at": "2026-01-05T08:00:00Z",
    } | more


def listed(*members: dict[str, Any], has_more: bool = False) -> dict[str, Any]:
    """A page of a directory."""
    last = members[-1]["id"] if members else None
    return {"data": list(members), "has_more": has_more, "last_id": last}


def test_the_official_examples_of_the_directories_are_read() -> None:
    bodies = {
        f"/v1/organizations/{name}": example(f"{name}_list") | {"has_more": False}
        for name in ("users", "api_keys", "workspaces")
    }
    with vendor(lambda path, query: (200, bodies[path])) as served:
        (user,) = rows(USERS, anthropic.users(api(served)))
        key_pages = list(anthropic.api_keys(api(served)))
        (workspace,) = rows(WORKSPACES, anthropic.workspaces(api(served)))
    (key,) = rows(API_KEYS, key_pages)
    assert user["user_id"] == "user_01WCz1FkmYMm4gnmykNKUu3Q"
    assert user["email"] == "user@emaildomain.com"
    assert user["added_at"] == AT
    assert key["created_by_type"] == "user"
    assert key["principal_id"] == "user_01WCz1FkmYMm4gnmykNKUu3Q"
    assert key["expires_at"] == AT
    assert workspace["workspace_name"] == "Workspace Name"
    assert workspace["archived_at"] == datetime(2024, 11, 1, 23, 59, 27, 427722, UTC)
    assert key_pages[0].unknown_fields == frozenset()
    assert b"R2D" not in key_pages[0].body  # a part of the secret


def test_archived_workspaces_are_asked_for_and_pages_are_as_large_as_can_be() -> None:
    with vendor(lambda path, query: (200, listed())) as served:
        list(anthropic.workspaces(api(served)))
    assert served.asked[0][1] == {"include_archived": ["true"], "limit": ["1000"]}


def test_a_directory_is_read_page_after_page() -> None:
    def answer(path: str, query: Query) -> Answer:
        after = query.get("after_id", ["user_0"])[0]
        number = int(after.removeprefix("user_")) + 1
        return 200, listed(member(number), has_more=number < 3)

    with vendor(answer) as served:
        found = rows(USERS, anthropic.users(api(served)))
    assert [row["user_id"] for row in found] == ["user_1", "user_2", "user_3"]
    asked = [
        query.get("after_id") for query in served.queries("/v1/organizations/users")
    ]
    assert asked == [None, ["user_1"], ["user_2"]]


def test_a_directory_that_comes_back_to_a_page_is_an_error() -> None:
    body = listed(member(1), has_more=True)
    with (
        vendor(lambda path, query: (200, body)) as served,
        pytest.raises(Unavailable, match="repeats an earlier page token"),
    ):
        list(anthropic.users(api(served)))


def test_a_directory_that_has_more_after_nothing_is_incomplete() -> None:
    with (
        vendor(lambda path, query: (200, listed(has_more=True))) as served,
        pytest.raises(Unavailable, match="names no next page"),
    ):
        list(anthropic.users(api(served)))


def test_members_without_a_name_and_keys_without_an_owner_are_kept() -> None:
    nameless = member(1, email=None)
    del nameless["name"]
    key = {
        "id": "apikey_1",
        "status": "active",
        "created_by": None,
        "principal": None,
        "workspace_id": None,
        "created_at": "2026-01-05T08:00:00Z",
        "expires_at": None,
    }
    bodies = {
        "/v1/organizations/users": listed(nameless),
        "/v1/organizations/api_keys": listed(key),
    }
    with vendor(lambda path, query: (200, bodies[path])) as served:
        (user,) = rows(USERS, anthropic.users(api(served)))
        (found,) = rows(API_KEYS, anthropic.api_keys(api(served)))
    assert (user["full_name"], user["email"]) == (None, None)
    assert (found["principal_id"], found["principal_type"]) == (None, None)
    assert found["created_by_id"] is None


def test_a_field_that_left_a_directory_is_named() -> None:
    changed = member(1)
    changed["address"] = changed.pop("email")
    with (
        vendor(lambda path, query: (200, listed(changed))) as served,
        pytest.raises(SchemaChanged, match="missing") as caught,
    ):
        list(anthropic.users(api(served)))
    assert (caught.value.source, caught.value.field) == (
        "anthropic/users",
        "data[].email",
    )

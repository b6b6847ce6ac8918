"""Each fault does what its name says, where it is told to, and nowhere else."""

import json
from typing import Any

import pytest
import requests
from simulated_vendors import Anthropic, Jira, control, days

from ingestion.simulator import Company, Fault, serving
from ingestion.simulator.faults import KINDS

USAGE = "/analytics/usage"
PREFIX = "/anthropic/v1/organizations/analytics/usage"
JIRA = "/jira/rest/api/3"
DAY = days("2026-11-10", "2026-11-11", "actor", "model", limit="50")


def switch(url: str, kind: str, path: str = PREFIX, **more: Any) -> None:
    control(url, "faults", [{"kind": kind, "path": path, **more}])


@pytest.fixture
def vendor(url: str) -> Anthropic:
    return Anthropic(url)


@pytest.mark.parametrize(
    ("kind", "anthropic", "jira"),
    [
        ("wrong_key", 401, 401),
        ("missing_permission", 403, 403),
        ("rate_limited", 429, 429),
        ("overloaded", 529, 503),
    ],
)
def test_refusals_have_each_vendors_shape(
    url: str, kind: str, anthropic: int, jira: int
) -> None:
    faults = [{"kind": kind, "path": PREFIX}, {"kind": kind, "path": JIRA}]
    control(url, "faults", faults)
    refused = Anthropic(url).get(USAGE, DAY)
    assert refused.status_code == anthropic
    assert refused.json()["type"] == "error"
    other = Jira(url).get("/status")
    assert other.status_code == jira
    assert ("retry-after" in other.headers) is (jira in {429, 503})
    assert {"errorMessages", "message"} & set(other.json())


def test_a_fault_touches_only_its_path(url: str, vendor: Anthropic) -> None:
    switch(url, "wrong_key")
    assert vendor.get(USAGE, DAY).status_code == 401
    assert vendor.get("/users").status_code == 200


def test_a_fault_touches_only_the_requests_it_names(
    url: str, vendor: Anthropic
) -> None:
    switch(url, "overloaded", nth=2, times=2)
    statuses = [vendor.get(USAGE, DAY).status_code for _ in range(5)]
    assert statuses == [200, 529, 529, 200, 200]


def test_faults_can_be_switched_off(url: str, vendor: Anthropic) -> None:
    switch(url, "wrong_key")
    requests.delete(f"{url}/_simulator/faults", timeout=60)
    assert vendor.get(USAGE, DAY).status_code == 200
    assert control(url, "faults") == []


def test_a_server_can_start_with_faults(company: Company) -> None:
    with serving(company, faults=[Fault("missing_permission", PREFIX)]) as url:
        assert Anthropic(url).get(USAGE, DAY).status_code == 403


def test_an_unknown_fault_is_refused(url: str) -> None:
    refused = control(url, "faults", [{"kind": "meteor", "path": "/"}])
    assert "meteor" in refused["error"]
    assert all(kind in refused["error"] for kind in KINDS)


def test_malformed_json_is_whole_and_no_json(url: str, vendor: Anthropic) -> None:
    switch(url, "malformed_json")
    response = vendor.get(USAGE, DAY)
    assert response.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        json.loads(response.content)


def test_a_truncated_body_ends_before_its_length(url: str, vendor: Anthropic) -> None:
    switch(url, "truncated_body")
    with pytest.raises(
        (requests.exceptions.ChunkedEncodingError, requests.exceptions.ConnectionError)
    ):
        vendor.get(USAGE, DAY)


def test_a_stall_holds_the_connection_in_the_middle(
    url: str, vendor: Anthropic
) -> None:
    switch(url, "stall", times=1)
    address = vendor.base + USAGE
    with pytest.raises(requests.exceptions.ConnectionError):
        vendor.session.get(address, params=list(DAY), timeout=(5, 0.2))
    assert vendor.get(USAGE, DAY).status_code == 200


def test_a_field_goes_missing_everywhere(url: str, vendor: Anthropic) -> None:
    switch(url, "missing_field", field="output_tokens")
    rows = vendor.get(USAGE, DAY).json()["data"]
    assert all("output_tokens" not in row["usage"] for row in rows)


def test_a_field_changes_its_type(url: str, vendor: Anthropic) -> None:
    switch(url, "retyped_field", field="output_tokens")
    rows = vendor.get(USAGE, DAY).json()["data"]
    assert all(isinstance(row["usage"]["output_tokens"], str) for row in rows)


def test_rows_get_a_field_nobody_knows(url: str, vendor: Anthropic) -> None:
    switch(url, "unknown_field")
    assert all("newly_invented" in row for row in vendor.get(USAGE, DAY).json()["data"])


def test_an_empty_answer_is_complete(url: str, vendor: Anthropic) -> None:
    switch(url, "empty_answer")
    page = vendor.get(USAGE, DAY).json()
    assert page["data"] == []
    assert page["has_more"] is False
    assert page["next_page"] is None
    control(url, "faults", [{"kind": "empty_body", "path": PREFIX}])
    assert vendor.get(USAGE, DAY).content == b""


def test_every_page_shrinks_to_a_tenth(url: str, vendor: Anthropic) -> None:
    whole = vendor.get(USAGE, DAY).json()["data"]
    switch(url, "shrunk_tenfold")
    page = vendor.get(USAGE, DAY).json()
    assert page["data"] == whole[: len(whole) // 10]
    assert page["has_more"]


def test_a_cursor_repeats_for_ever(url: str, vendor: Anthropic) -> None:
    switch(url, "repeated_cursor")
    first = vendor.get(USAGE, DAY).json()
    again = vendor.get(USAGE, [*DAY, ("page", first["next_page"])]).json()
    assert again["next_page"] == first["next_page"]
    assert again["has_more"]


def test_a_page_comes_twice_under_different_cursors(
    url: str, vendor: Anthropic
) -> None:
    switch(url, "duplicate_page", nth=2, times=1)
    pages = vendor.pages(USAGE, DAY)
    assert pages[1]["data"] == pages[0]["data"]
    assert pages[1]["next_page"] != pages[0]["next_page"]
    assert pages[2]["data"] != pages[0]["data"]


def test_jira_pages_break_in_the_same_ways(url: str) -> None:
    site = Jira(url)
    search = {"jql": "updated >= 0 ORDER BY updated ASC", "fields": ["status"]}
    path = f"{JIRA}/search/jql"
    switch(url, "missing_field", path, field="statusCategory")
    issue = site.post("/search/jql", **search).json()["issues"][0]
    assert "statusCategory" not in issue["fields"]["status"]
    switch(url, "empty_answer", path)
    page = site.post("/search/jql", **search).json()
    assert page == {"issues": [], "isLast": True, "nextPageToken": None}
    switch(url, "repeated_cursor", path)
    first = site.post("/search/jql", **search).json()
    token = first["nextPageToken"]
    again = site.post("/search/jql", **search, nextPageToken=token).json()
    assert again["nextPageToken"] == token
    switch(url, "shrunk_tenfold", f"{JIRA}/users/search")
    assert len(site.get("/users/search", maxResults=50).json()) == 5


def test_requests_are_told_in_order(url: str, vendor: Anthropic) -> None:
    vendor.get("/users")
    Jira(url).get("/status")
    assert control(url, "requests") == [
        "GET /anthropic/v1/organizations/users",
        "GET /jira/rest/api/3/status",
    ]


def test_a_clock_without_a_zone_is_refused(url: str) -> None:
    assert "zone" in control(url, "clock", {"present": "2027-01-01T00:00:00"})["error"]
    assert control(url, "clock")["present"] == "2027-02-05T06:00:00+00:00"

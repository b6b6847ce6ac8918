"""Plain HTTP to the simulated vendors, as any client would speak it."""

from collections.abc import Iterable, Sequence
from typing import Any

import requests

from ingestion.simulator.anthropic import ADMIN_KEY
from ingestion.simulator.files import JIRA_API_TOKEN, JIRA_EMAIL

HEADERS = {
    "x-api-key": ADMIN_KEY,
    "anthropic-version": "2023-06-01",
    "anthropic-beta": "analytics-usage-cost-2026-08-24",
}
PRICING = ("actor", "model", "service_tier", "context_window", "inference_geo")
Params = Sequence[tuple[str, str]]


class Anthropic:
    """The simulated Anthropic organisation at a server's address."""

    def __init__(self, url: str, **headers: str | None) -> None:
        self.base = f"{url}/anthropic/v1/organizations"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        merged = {**HEADERS, **named}
        self.session = requests.Session()
        self.session.headers.update({k: v for k, v in merged.items() if v is not None})

    def get(self, path: str, params: Params = ()) -> requests.Response:
        return self.session.get(self.base + path, params=list(params), timeout=60)

    def pages(self, path: str, params: Params) -> list[dict[str, Any]]:
        """Every page of a report."""
        found = [self.get(path, params).json()]
        while found[-1].get("next_page"):
            more = [*params, ("page", found[-1]["next_page"])]
            found.append(self.get(path, more).json())
        return found

    def rows(self, path: str, params: Params) -> list[dict[str, Any]]:
        return [row for page in self.pages(path, params) for row in page["data"]]


class Jira:
    """The simulated Jira site at a server's address."""

    def __init__(
        self, url: str, email: str = JIRA_EMAIL, token: str = JIRA_API_TOKEN
    ) -> None:
        self.base = f"{url}/jira/rest/api/3"
        self.boards = f"{url}/jira/rest/agile/1.0"
        self.session = requests.Session()
        self.session.auth = (email, token)

    def get(self, path: str, **params: Any) -> requests.Response:
        return self.session.get(self.base + path, params=params, timeout=60)

    def agile(self, path: str, **params: Any) -> Any:
        return self.session.get(self.boards + path, params=params, timeout=60).json()

    def post(self, path: str, **body: Any) -> requests.Response:
        return self.session.post(self.base + path, json=body, timeout=60)

    def search(
        self, jql: str, fields: Iterable[str] = ("id",), most: int = 5000
    ) -> Any:
        """Every issue of a search."""
        found: list[Any] = []
        query: dict[str, Any] = {"jql": jql, "fields": list(fields), "maxResults": most}
        while True:
            page = self.post("/search/jql", **query).json()
            found += page["issues"]
            if "nextPageToken" not in page:
                return found
            query["nextPageToken"] = page["nextPageToken"]

    def changes(self, ids: Sequence[str], **more: Any) -> list[Any]:
        """Every page of the histories of issues."""
        pages: list[Any] = []
        query: dict[str, Any] = {"issueIdsOrKeys": list(ids), **more}
        while True:
            pages.append(self.post("/changelog/bulkfetch", **query).json())
            if "nextPageToken" not in pages[-1]:
                return pages
            query["nextPageToken"] = pages[-1]["nextPageToken"]


def days(first: str, after: str, *groups: str, **more: str) -> Params:
    """Parameters of an analytics request by day, in the order of time."""
    return [
        ("starting_at", f"{first}T00:00:00Z"),
        ("ending_at", f"{after}T00:00:00Z"),
        ("time_bucket_width", "1d"),
        ("order_by", "time"),
        ("order", "asc"),
        *(("group_by[]", name) for name in groups),
        *more.items(),
    ]


def control(url: str, what: str, body: Any = None) -> Any:
    """A control request: GET without a body, else POST."""
    address = f"{url}/_simulator/{what}"
    if body is None:
        return requests.get(address, timeout=60).json()
    return requests.post(address, json=body, timeout=60).json()

"""Answers of the Cursor API made for a test, and a server that is also posted to."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from ingestion.http import Api
from ingestion.page import Page
from ingestion.sources.cursor import connection
from ingestion.table import Table

EXAMPLES = Path(__file__).parents[4] / "shared/data/vendors/cursor/cursor_examples.json"
KEY = "key_generated_for_tests_only"
DAY = date(2027, 2, 1)
EVENTS = "/teams/filtered-usage-events"
DAYS = "/teams/daily-usage-data"
COMMITS = "/analytics/ai-code/commits"
MEMBERS = "/teams/members"
SPEND = "/teams/spend"

Asked = dict[str, Any]
Reply = Callable[[str, Asked], tuple[int, Any]]


@dataclass
class Team:
    """Where the API listens, and what it was asked: (path, parameters, headers)."""

    url: str = ""
    asked: list[tuple[str, Asked, dict[str, str]]] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    @property
    def api(self) -> Api:
        """A client that notes its waits and never waits."""
        return connection(self.url, KEY, sleep=self.slept.append)

    def parameters(self, path: str) -> list[Asked]:
        """The parameters of each request for a path."""
        return [asked for at, asked, _ in self.asked if at == path]


@contextmanager
def team(reply: Reply) -> Iterator[Team]:
    """Serves `reply(path, parameters)`: a status, and JSON or the bytes as they are."""
    told = Team()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(dict(parse_qsl(urlsplit(self.path).query)))

        def do_POST(self) -> None:
            size = int(self.headers["content-length"])
            self._answer(json.loads(self.rfile.read(size)))

        def _answer(self, asked: Asked) -> None:
            path = urlsplit(self.path).path
            headers = {name.lower(): value for name, value in self.headers.items()}
            told.asked.append((path, asked, headers))
            status, content = reply(path, asked)
            body = (
                content if isinstance(content, bytes) else json.dumps(content).encode()
            )
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def example(name: str) -> Any:
    """The example body of an endpoint; skips where the data is absent."""
    if not EXAMPLES.exists():
        pytest.skip("the vendors' example bodies are not on this machine")
    return json.loads(EXAMPLES.read_text())[name]


def at_ms(day: date, hour: int = 9) -> int:
    """Epoch milliseconds of an hour of a UTC day."""
    return int(datetime.combine(day, time(hour), UTC).timestamp()) * 1000


def event(at: int | None = None, **more: Any) -> dict[str, Any]:
    """A metered call of DAY; without `tokenUsage` where that is given as None."""
    found = {
        "timestamp": str(at_ms(DAY) if at is None else at),
        "userEmail": "person1@company.example",
        "model": "claude-4.5-sonnet",
        "kind": "Usage-based",
        "isTokenBasedCall": True,
        "chargedCents": 2,
        "tokenUsage": {
            "inputTokens": 10,
            "outputTokens": 20,
            "cacheWriteTokens": 30,
            "cacheReadTokens": 40,
            "totalCents": 1,
        },
    } | more
    return {name: value for name, value in found.items() if value is not None}


def events(
    rows: Sequence[dict[str, Any]],
    total: int | None = None,
    page: int = 1,
    has_more: bool = False,
) -> dict[str, Any]:
    """A page of events."""
    return {
        "totalUsageEventsCount": len(rows) if total is None else total,
        "pagination": {"currentPage": page, "hasNextPage": has_more},
        "usageEvents": list(rows),
    }


def commit(**more: Any) -> dict[str, Any]:
    """A commit of DAY with lines of every kind."""
    return {
        "commitHash": "a1b2c3d4",
        "userId": "user_1",
        "userEmail": "person1@company.example",
        "repoName": "company/repository",
        "branchName": "main",
        "totalLinesAdded": 9,
        "totalLinesDeleted": 3,
        "tabLinesAdded": 1,
        "composerLinesAdded": 5,
        "message": "a message that is content",
        "commitTs": f"{DAY}T14:12:03.500Z",
        "createdAt": f"{DAY}T14:12:30.000Z",
    } | more


def rows(table: Table, pages: Iterable[Page]) -> list[dict[str, Any]]:
    """All rows of the pages, which have exactly the table's columns."""
    names = [column.name for column in table.columns]
    found: list[dict[str, Any]] = []
    for page in pages:
        assert set(page.columns) == set(names)
        columns = [page.columns[name] for name in names]
        found += [
            dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)
        ]
    return found

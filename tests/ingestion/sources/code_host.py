"""A code host on loopback: real HTTP, with statuses, headers and bodies of a test."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ingestion.clock import FixedClock
from ingestion.connector import Surroundings
from ingestion.page import Page
from ingestion.sources import github

Answer = tuple[int, dict[str, str], Any]
NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Request:
    """What was asked."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: Any


@dataclass
class Host:
    """Where it listens, what it was asked, and how long a client waited."""

    url: str = ""
    asked: list[Request] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [request.path for request in self.asked]

    def github(self, **said: Any) -> github.Connection:
        """A connection of our own to it."""
        repositories = [{"name": "works/app", "repository": "app"}]
        key = said.pop("key", "t0ken")
        host = {"base_url": self.url, "repositories": repositories, **said}
        settings = github.GitHub.model_validate([host])
        around = Surroundings(FixedClock(NOW), lambda _: key, Path(), self.waits.append)
        return github.CONNECTOR.connect(settings, around)


@contextmanager
def serving(answer: Callable[[Request], Answer]) -> Iterator[Host]:
    """Serves what `answer` gives for each request."""
    told = Host()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("GET")

        def do_POST(self) -> None:
            self._answer("POST")

        def _answer(self, method: str) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("content-length", 0))
            sent = self.rfile.read(length)
            request = Request(
                method,
                parts.path,
                parse_qs(parts.query),
                {name.lower(): value for name, value in self.headers.items()},
                json.loads(sent) if sent else None,
            )
            told.asked.append(request)
            status, headers, content = answer(request)
            body = json.dumps(content).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
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


def page(request: Request, rows: Sequence[Any], size: int = 100) -> Answer:
    """The page of a list that was asked for, with a link to the next one."""
    number = int(request.query.get("page", ["1"])[0])
    found = list(rows[(number - 1) * size : number * size])
    if number * size >= len(rows):
        return 200, {}, found
    link = f"http://{request.headers['host']}{request.path}?page={number + 1}"
    return 200, {"link": f'<{link}>; rel="next", <{link}>; rel="last"'}, found


def rows(pages: Iterator[Page]) -> list[dict[str, Any]]:
    """Rows of all pages."""
    return [
        dict(zip(page.columns, row, strict=True))
        for page in pages
        for row in zip(*page.columns.values(), strict=True)
    ]

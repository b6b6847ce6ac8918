"""Jira's manners on loopback: real HTTP, both ways to sign in, errors in its shape."""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

EMAIL, TOKEN = "reader@company.example", "recorded-token"
API, SERVER_API = "/rest/api/3/", "/rest/api/2/"


class Refusal(Exception):
    """An answer with another status than 200."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


@dataclass
class Served:
    """A site: where it listens, and what it was asked, as (path, query or body)."""

    url: str = ""
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def queries(self, path: str) -> list[dict[str, Any]]:
        """What was asked of one path, in order."""
        return [query for asked, query in self.asked if _below(asked) == path]


def _below(path: str) -> str:
    return path.removeprefix(API).removeprefix(SERVER_API)


@contextmanager
def serving(
    answer: Callable[[str, dict[str, Any]], Any], port: int = 0
) -> Iterator[Served]:
    """Serves `answer(path, query or body)` to who has the token, of Cloud or of Data
    Center; paths are below `/rest/api/3/` or `/rest/api/2/`, or whole."""
    served = Served()
    basic = base64.b64encode(f"{EMAIL}:{TOKEN}".encode()).decode()
    expected = {f"Basic {basic}", f"Bearer {TOKEN}"}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # or each answer waits for an ACK

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            self._answer(parts.path, dict(parse_qsl(parts.query)))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            self._answer(self.path, json.loads(body))

        def _answer(self, path: str, query: dict[str, Any]) -> None:
            served.asked.append((path, query))
            try:
                if self.headers["authorization"] not in expected:
                    raise Refusal(401, "Client must be authenticated to access this.")
                status, content = 200, answer(_below(path), query)
            except Refusal as refusal:
                status, content = refusal.status, {"errorMessages": [refusal.message]}
            body = (
                content if isinstance(content, bytes) else json.dumps(content).encode()
            )
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    served.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

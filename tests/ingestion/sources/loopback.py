"""A vendor on loopback: real HTTP, with answers that a test gives."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

Query = dict[str, list[str]]
Answer = tuple[int, Any]


@dataclass
class Vendor:
    """Where it listens, and what it was asked: (path, query, headers)."""

    url: str = ""
    asked: list[tuple[str, Query, dict[str, str]]] = field(default_factory=list)

    def queries(self, path: str) -> list[Query]:
        """The query of each request for a path."""
        return [query for asked, query, _ in self.asked if asked == path]


@contextmanager
def vendor(answer: Callable[[str, Query], Answer]) -> Iterator[Vendor]:
    """Serves `answer(path, query)`: a status, and JSON or the bytes as they are."""
    told = Vendor()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = parse_qs(parts.query)
            headers = {name.lower(): value for name, value in self.headers.items()}
            told.asked.append((parts.path, query, headers))
            status, content = answer(parts.path, query)
            body = content if isinstance(content, bytes) else encoded(content)
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


def encoded(content: Any) -> bytes:
    """The content as JSON."""
    return json.dumps(content).encode()

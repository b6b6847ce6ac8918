"""A server that answers with the vendors' own example bodies, at their own paths."""

import json
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from ingestion.simulator.vendor import Example
from ingestion.window import Window

SHARED = Path(__file__).parents[5] / "shared" / "data"


def body(example: Example) -> bytes:
    """The example's bytes: a part of a JSON file, a whole file, or one of ours."""
    if example.made:
        return example.made.encode()
    data = (SHARED / example.file).read_bytes()
    if example.pointer:
        found: Any = json.loads(data)
        for part in example.pointer.strip("/").split("/"):
            name = part.replace("~1", "/").replace("~0", "~")
            found = found[int(name)] if isinstance(found, list) else found[name]
        data = found.encode() if isinstance(found, str) else json.dumps(found).encode()
    for placeholder, value in example.placeholders.items():
        data = data.replace(placeholder.encode(), value.encode())
    return data


def readings(examples: Iterable[Example]) -> dict[tuple[str, Window | None], Any]:
    """The examples by the table and days that they tell of together."""
    found: dict[tuple[str, Window | None], list[Example]] = {}
    for example in examples:
        found.setdefault((example.table, example.days), []).append(example)
    return found


def after(content: bytes) -> bytes | None:
    """The empty last page of a list that names a page after it; None of any other."""
    try:
        told = json.loads(content)
    except ValueError:
        return None
    if not isinstance(told, dict) or not _cursors(content):
        return None
    ended = {"has_more": False, "next_page": None, "last_id": None}
    return json.dumps(
        {
            name: ended.get(name, [] if isinstance(value, list) else value)
            for name, value in told.items()
        }
    ).encode()


def _cursors(content: bytes) -> set[str]:
    """What the next page is asked for by."""
    told = json.loads(content)
    found = (told.get("next_page"), told.get("last_id"))
    return {each for each in found if isinstance(each, str)}


@contextmanager
def serving_examples(examples: Iterable[Example]) -> Generator[str]:
    """The address of a server of these examples; what has none is a 404. After a body
    that names a next page comes an empty one. Links to example.com in a body, as signed
    ones are, lead to the same server."""
    bodies = {example.path: body(example) for example in examples}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            self._answer()

        def _answer(self) -> None:
            parts = urlsplit(self.path)
            path = unquote(parts.path)
            whole = f"{path}?{parts.query}" if parts.query else path
            found = bodies.get(whole, bodies.get(path))
            asked = {value for _, value in parse_qsl(parts.query)}
            if found is not None and (last := after(found)) is not None:
                found = last if asked & _cursors(found) else found
            status = 404 if found is None else 200
            content = b'{"error":{"message":"no example"}}' if found is None else found
            content = content.replace(b"https://example.com", url.encode())
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: tests print what matters."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield url
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

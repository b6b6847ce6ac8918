"""A server that answers with the vendors' own example bodies, at their own paths."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote, urlsplit

from ingestion.simulator.vendor import Example, SimulatedVendor

SHARED = Path(__file__).parents[5] / "shared" / "data"


def body(example: Example) -> bytes:
    """The example's bytes: a part of a JSON file, or a whole file."""
    data = (SHARED / example.file).read_bytes()
    if not example.pointer:
        return data
    found: Any = json.loads(data)
    for part in example.pointer.strip("/").split("/"):
        name = part.replace("~1", "/").replace("~0", "~")
        found = found[int(name)] if isinstance(found, list) else found[name]
    return found.encode() if isinstance(found, str) else json.dumps(found).encode()


@contextmanager
def serving_examples(vendor: SimulatedVendor) -> Generator[str]:
    """The address of a server of one vendor's examples; what has none is a 404. Links
    to example.com in a body, as signed ones are, lead to the same server."""
    bodies = {example.path: body(example) for example in vendor.examples}

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

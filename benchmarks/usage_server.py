"""A loopback vendor that answers from memory: usage pages of 1,000 records each."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

RECORDS_A_PAGE = 1_000
DAY = "2026-11-20T00:00:00Z"


class Vendor(BaseHTTPRequestHandler):
    """`?page=n` leads through `pages` pages of the usage analytics shape."""

    protocol_version = "HTTP/1.1"
    pages = 1
    bodies: dict[int, bytes]

    def do_GET(self) -> None:
        """One page, prepared before the measurement began."""
        asked = parse_qs(urlsplit(self.path).query)
        body = self.bodies[int(asked.get("page", ["0"])[0])]
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: printing would be measured."""


def body(page: int, last: bool) -> bytes:
    """A page of distinct principals; about 600 bytes a record, as vendors send."""
    data = [record(page * RECORDS_A_PAGE + n) for n in range(RECORDS_A_PAGE)]
    content = {
        "data": data,
        "has_more": not last,
        "next_page": None if last else str(page + 1),
        "data_refreshed_at": "2026-11-21T09:58:00Z",
    }
    return json.dumps(content, separators=(",", ":")).encode()


def record(number: int) -> dict[str, object]:
    """One usage group."""
    tokens = {
        "uncached_input_tokens": 45_230 + number,
        "cache_read_input_tokens": 1_879_000,
        "cache_creation": {
            "ephemeral_5m_input_tokens": 23_400,
            "ephemeral_1h_input_tokens": 0,
        },
        "output_tokens": 12_450,
        "total_tokens": 1_960_080 + number,
    }
    return {
        "starting_at": DAY,
        "ending_at": "2026-11-21T00:00:00Z",
        "group": {
            "actor": {
                "type": "user_actor",
                "user_id": f"user_{number:024d}",
                "email_address": f"user{number}@benchmark.example",
                "name": "A name",
                "deleted": False,
            },
            "context_window": "0-200k",
            "inference_geo": "global",
            "model": "claude-opus-4-8",
            "product": None,
            "service_tier": "standard",
            "workspace_id": None,
        },
        "usage": {
            **tokens,
            "requests": 212,
            "server_tool_use": {"web_search_requests": 0},
        },
    }


@contextmanager
def serving(pages: int) -> Generator[str]:
    """The vendor with so many pages; yields its address."""
    bodies = {page: body(page, page == pages - 1) for page in range(pages)}
    handler = type("Prepared", (Vendor,), {"bodies": bodies})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()

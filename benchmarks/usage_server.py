"""A loopback vendor that answers with the simulated company's usage, many times over.

one simulated month → its pages as the vendor sends them → a page per request

A company of some hundred people has about three thousand rows of usage a month. Each
further branch of it has the same rows under ids of its own, so that all keys differ.
"""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import msgspec

from ingestion.simulator import timeline
from ingestion.simulator.anthropic import analytics
from ingestion.simulator.company import Company
from ingestion.simulator.world import World
from ingestion.window import Window

MONTH = Window(date(2026, 12, 1), date(2026, 12, 31))
GROUPS = ("actor", "model", "service_tier", "context_window", "inference_geo")
IDS = (b"user_id", b"service_account_id", b"api_key_id", b"subject")


class Month:
    """The simulated month: pages of at most 1,000 records without what follows them."""

    def __init__(self) -> None:
        world = World(Company(), timeline.PRESENT, False)
        self.pages: list[bytes] = []
        self.records = 0
        token: object = None
        while token is not None or not self.pages:
            found = analytics.usage(world, _parameters(token))
            rows = msgspec.json.encode(found["data"])
            self.pages.append(rows)
            self.records += len(msgspec.json.decode(rows, type=list[msgspec.Raw]))
            token = found["next_page"]

    @property
    def bytes_a_record(self) -> float:
        """The mean size of a record."""
        return sum(map(len, self.pages)) / self.records

    def body(self, number: int, pages: int) -> bytes:
        """The answer with page `number` of so many, counted over all branches."""
        branch, page = divmod(number, len(self.pages))
        rows = self.pages[page]
        for name in IDS:
            rows = rows.replace(b'"%b":"' % name, b'"%b":"%d-' % (name, branch))
        following = b'"%d"' % (number + 1) if number + 1 < pages else b"null"
        return (
            b'{"data":%b,"has_more":%b,"next_page":%b,'
            b'"data_refreshed_at":"2027-02-05T02:02:00Z"}'
        ) % (rows, b"false" if following == b"null" else b"true", following)


class Vendor(BaseHTTPRequestHandler):
    """`?page=n` leads through `pages` pages, whatever the path."""

    protocol_version = "HTTP/1.1"
    month: Month
    pages: int

    def do_GET(self) -> None:
        """One page; making it costs this process, not the one that is measured."""
        asked = parse_qs(urlsplit(self.path).query)
        body = self.month.body(int(asked.get("page", ["0"])[0]), self.pages)
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a thousand lines would hide the report."""


@contextmanager
def serving(month: Month, branches: int) -> Generator[str]:
    """The vendor of so many branches; yields its address."""
    pages = branches * len(month.pages)
    handler = type("Prepared", (Vendor,), {"month": month, "pages": pages})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def _parameters(token: object) -> list[tuple[str, str]]:
    return [
        ("starting_at", f"{MONTH.starting_at:%Y-%m-%dT%H:%M:%SZ}"),
        ("ending_at", f"{MONTH.ending_at:%Y-%m-%dT%H:%M:%SZ}"),
        *(("group_by[]", name) for name in GROUPS),
        ("time_bucket_width", "1d"),
        ("order_by", "time"),
        ("order", "asc"),
        ("limit", "1000"),
        *([] if token is None else [("page", str(token))]),
    ]

"""What is special to Windsurf: key in the body, numbers as text, one call a user."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from ingestion.clock import FixedClock
from ingestion.connector import Surroundings
from ingestion.errors import BadCredentials, SchemaChanged
from ingestion.sources import windsurf
from ingestion.window import Window

KEY = "a-service-key-of-the-team"
DAYS = Window(date(2026, 11, 20), date(2026, 11, 21))
CLOCK = FixedClock(datetime(2026, 11, 25, 6, tzinfo=UTC))
SHARED = Path(__file__).parents[4] / "shared" / "data" / "vendors"
EXAMPLES = SHARED / "other" / "other_vendor_examples.json"
MEMBER = {"email": "Dev@works.example", "name": "Dev", "apiKey": "hash-of-a-secret"}
Asked = list[tuple[str, dict[str, Any], dict[str, str]]]


@contextmanager
def team(
    cascade: Callable[[dict[str, Any]], Any], *, status: int = 200
) -> Iterator[tuple[windsurf.Connection, Asked]]:
    """A connection to a team of one member, and what it was asked."""
    asked: Asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            asked.append((self.path, body, dict(self.headers.items())))
            is_users = self.path.endswith("UserPageAnalytics")
            answer = {"userTableStats": [MEMBER]} if is_users else cascade(body)
            if status != 200:
                answer = {"message": f"no such key: {body['service_key']}"}
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings = windsurf.Windsurf(
        starts_on=DAYS.first,
        base_url=f"http://127.0.0.1:{server.server_port}",
        usd_per_credit=Decimal("0.04"),
    )
    around = Surroundings(CLOCK, lambda _: KEY, Path(), lambda _: None)
    try:
        yield windsurf.CONNECTOR.connect(settings, around), asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def runs(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"queryResults": [{"cascadeRuns": {"cascadeRuns": list(rows)}}]}


def rows(connection: windsurf.Connection) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for page in windsurf.user_days(connection, DAYS):
        columns = page.columns
        for values in zip(*columns.values(), strict=True):
            found.append(dict(zip(columns, values, strict=True)))
    return found


def test_the_key_travels_in_the_body_alone_and_is_stored_nowhere() -> None:
    with team(lambda body: runs()) as (connection, asked):
        pages = list(windsurf.user_days(connection, DAYS))
        pages += windsurf.users(connection)
    assert {body["service_key"] for _, body, _ in asked} == {KEY}
    assert not any(KEY in str(headers) for _, _, headers in asked)
    stored = b"".join(page.body for page in pages)
    assert KEY.encode() not in stored
    assert b"hash-of-a-secret" not in stored
    assert KEY not in repr(connection)


def test_a_refusal_that_echoes_the_key_does_not_show_it() -> None:
    with (
        team(lambda body: runs(), status=401) as (connection, _),
        pytest.raises(BadCredentials) as refused,
    ):
        list(windsurf.users(connection))
    assert KEY not in str(refused.value)
    assert "service key" in refused.value.fix


def test_each_member_is_asked_for_alone_since_answers_are_not_split() -> None:
    with team(lambda body: runs()) as (connection, asked):
        list(windsurf.user_days(connection, DAYS))
    cascade = [body for path, body, _ in asked if path.endswith("CascadeAnalytics")]
    assert [body["emails"] for body in cascade] == [["Dev@works.example"]]
    assert "group_name" not in cascade[0]


def test_conversations_of_a_day_and_model_are_one_row_with_their_sum() -> None:
    day = "2026-11-20T00:00:00Z"
    first = {"day": day, "model": "M", "promptsUsed": "150", "cascadeId": "a"}
    second = {"day": day, "model": "M", "promptsUsed": "50", "cascadeId": "b"}
    with team(lambda body: runs(first, second)) as (connection, _):
        (row,) = rows(connection)
    assert (row["prompts_used"], row["conversations"]) == (200, 2)
    assert row["usd_per_credit"] == Decimal("0.04")


def test_what_a_sent_row_leaves_out_is_zero_and_what_is_not_its_kind_is_unknown() -> (
    None
):
    with team(lambda body: runs({"day": "2026-11-20T00:00:00Z"})) as (connection, _):
        (row,) = rows(connection)
    assert (row["messages_sent"], row["prompts_used"]) == (0, 0)
    assert (row["lines_suggested"], row["lines_accepted"]) == (None, None)


def test_a_day_after_the_window_is_left_to_its_own_pull() -> None:
    after = {"day": "2026-11-22T00:00:00Z", "promptsUsed": "100"}
    with team(lambda body: runs(after)) as (connection, _):
        (page,) = windsurf.user_days(connection, DAYS)
    assert page.columns["usage_date"] == []
    assert "no use" in page.note


def test_a_number_that_is_no_whole_text_stops_the_table_by_its_name() -> None:
    odd = {"day": "2026-11-20T00:00:00Z", "promptsUsed": "1.5 credits"}
    with (
        team(lambda body: runs(odd)) as (connection, _),
        pytest.raises(SchemaChanged, match="promptsUsed"),
    ):
        rows(connection)


@pytest.mark.skipif(not EXAMPLES.exists(), reason="no example bodies beside the code")
def test_the_documented_answer_is_read() -> None:
    documented = json.loads(EXAMPLES.read_text())["windsurf_cascade"]
    with team(lambda body: documented) as (connection, _):
        found = rows(connection)
    lines = [row for row in found if row["record"] == "lines"]
    (run,) = [row for row in found if row["record"] == "runs"]
    assert [row["lines_suggested"] for row in lines] == [206, 16]
    assert [row["lines_accepted"] for row in lines] == [157, 0]
    assert (run["model"], run["prompts_used"]) == ("Claude 3.7 Sonnet (Thinking)", 100)

"""A vendor that exists nowhere: the whole of what a new one has to bring."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from msgspec import Struct

from ingestion.clock import Clock, today
from ingestion.connector import Connector, Feed, SourceSettings, Surroundings
from ingestion.decoding import Shape
from ingestion.http import Api, BearerAuth
from ingestion.page import Page, explained
from ingestion.pagination import token_pages
from ingestion.probe import Findings, Probe
from ingestion.redaction import redact
from ingestion.table import Table, columns
from ingestion.window import Window

USAGE = Table(
    "toy",
    "usage",
    "Tokens per UTC day and user.",
    "window",
    key=("usage_date", "user_email"),
    columns=columns(
        ("usage_date", "date", "UTC day."),
        ("user_email", "string", "E-mail as given."),
        ("input_tokens", "bigint", "Input tokens, those from a cache included."),
        ("cached_tokens", "bigint", "Of these read from a cache."),
        ("output_tokens", "bigint", "Output tokens."),
    ),
    day_column="usage_date",
    revision_days=5,
)


class Toy(SourceSettings):
    """The toy vendor's account."""

    base_url: str
    key_env: str = "TOY_KEY"


class Row(Struct):
    """One user's day."""

    day: date
    email: str
    input_tokens: int
    cached_tokens: int
    output_tokens: int


class Answer(Struct):
    """One page."""

    data: list[Row]
    next_page: str | None = None


SHAPE = Shape(Answer, USAGE.path)


@dataclass(frozen=True)
class Connection:
    """The vendor's API and the present."""

    api: Api
    clock: Clock


def connect(named: Toy, around: Surroundings) -> Connection:
    """The connection that the configuration names."""
    auth = BearerAuth(around.secret(named.key_env))
    return Connection(
        Api("toy", named.base_url, auth, sleep=around.sleep), around.clock
    )


def usage(at: Connection, days: Window) -> Iterator[Page]:
    """Pages of `toy/usage`."""
    return explained(_pages(at, days), "the vendor reports nothing for these days")


def _pages(at: Connection, days: Window) -> Iterator[Page]:
    def fetch(token: str | None) -> tuple[Page, str | None]:
        asked = [("first", str(days.first)), ("last", str(days.last))]
        cursor = [] if token is None else [("page", token)]
        body = at.api.get("/usage", [*asked, *cursor]).body
        answer = SHAPE.read(body)
        rows = answer.data
        page = Page(
            {
                "usage_date": [row.day for row in rows],
                "user_email": [row.email for row in rows],
                "input_tokens": [row.input_tokens for row in rows],
                "cached_tokens": [row.cached_tokens for row in rows],
                "output_tokens": [row.output_tokens for row in rows],
            },
            body=redact(body),
            unknown_fields=SHAPE.unknown_fields(body),
        )
        return page, answer.next_page

    return token_pages(fetch, "toy")


def probe(at: Connection) -> Probe:
    """What the key may read."""
    findings = Findings()
    day = today(at.clock) - timedelta(days=1)
    findings.attempt("usage", lambda: next(iter(usage(at, Window(day, day)))))
    return Probe(
        "toy",
        permissions=tuple(findings.permissions),
        newest_day=day if findings.permissions else None,
        problems=tuple(findings.problems),
    )


CONNECTOR = Connector(
    source="toy",
    title="Toy",
    plan="any plan",
    permission="a key",
    settings=Toy,
    connect=connect,
    probe=probe,
    feeds=(Feed(USAGE, usage),),
)

"""Codex usage of a workspace, one row per person-day.

days → pages of at most 1,000 rows → rows of one principal and start added → columns
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote

from msgspec import Struct

from ingestion.amount import amounts
from ingestion.columns import Columns, named
from ingestion.decoding import Shape
from ingestion.http import Api
from ingestion.page import Page
from ingestion.pagination import broken_off, token_pages
from ingestion.redaction import redact
from ingestion.sources.codex.connection import Connection
from ingestion.window import Window

LIMIT: Final = 1000
_DAY: Final = 86_400  # seconds
_KINDS: Final = frozenset({"user", "service_account", "api_key"})


class Actor(Struct, gc=False):
    """Who used it; kinds that are new to us pass as `unknown`."""

    type: str | None = None
    user_id: str | None = None
    email: str | None = None


class Totals(Struct, gc=False):
    """Sums over all clients and models; tokens and money may be missing."""

    threads: int | None = None
    turns: int | None = None
    credits: Decimal | None = None
    uncached_text_input_tokens: int | None = None
    cached_text_input_tokens: int | None = None
    text_output_tokens: int | None = None
    text_total_tokens: int | None = None
    cost_usd: Decimal | None = None
    estimated_cost_usd: Decimal | None = None


class Attribution(Struct, gc=False):
    """Lines that Codex wrote."""

    lines_added: int | None = None
    lines_removed: int | None = None


class Row(Struct, gc=False):
    """One principal over one stretch of time, in Unix seconds, end exclusive."""

    start_time: int
    end_time: int
    user_id: str | None
    totals: Totals
    email: str | None = None
    actor: Actor | None = None
    code_attribution: Attribution | None = None


class Report(Struct):
    """One page of the report."""

    data: list[Row]
    has_more: bool
    next_page: str | None = None


USAGE: Final = Shape(Report, "codex/usage")
COUNTS: Final = (
    "threads",
    "turns",
    "uncached_text_input_tokens",
    "cached_text_input_tokens",
    "text_output_tokens",
    "text_total_tokens",
)
AMOUNTS: Final = ("credits", "cost_usd", "estimated_cost_usd")
LINES: Final = ("lines_added", "lines_removed")
# Known and deliberately not read: credits by client and by model add up to the total.
_UNREAD: Final = frozenset(
    {"object", "data[].object", "data[].clients", "data[].models"}
)


def usage(at: Connection, window: Window) -> Iterator[Page]:
    """Pages of `codex/usage`."""
    price = at.usd_per_credit
    for page in usage_pages(at.api, at.workspace_id, window):
        prices = [price] * page.row_count
        yield replace(page, columns={**page.columns, "usd_per_credit": prices})


def usage_pages(api: Api, workspace_id: str, window: Window) -> Iterator[Page]:
    """Every page of a workspace's report; raises Unavailable if it breaks off."""
    place = quote(workspace_id, safe="")
    path = f"/v1/analytics/codex/workspaces/{place}/usage"
    params = [
        ("start_time", str(int(window.starting_at.timestamp()))),
        ("end_time", str(int(window.ending_at.timestamp()))),
        ("limit", str(LIMIT)),
    ]

    def fetch(token: str | None) -> tuple[Page, str | None]:
        cursor = [] if token is None else [("page", token)]
        body = api.get(path, [*params, *cursor]).body
        report = USAGE.read(body)
        if report.has_more and not report.next_page:
            raise broken_off("codex", path)
        return _page(report, body), report.next_page if report.has_more else None

    return token_pages(fetch, api.source)


def _page(report: Report, body: bytes) -> Page:
    return Page(
        _added(_columns(report.data)),
        body=redact(body),
        unknown_fields=USAGE.unknown_fields(body) - _UNREAD,
        note="" if report.data else "no usage reported",
    )


def _columns(rows: Sequence[Row]) -> Columns:
    starts = [_start(row) for row in rows]
    actors = [row.actor or Actor() for row in rows]
    pairs = list(zip(rows, actors, strict=True))
    emails = [row.email or actor.email for row, actor in pairs]
    ids = [row.user_id or actor.user_id for row, actor in pairs]
    totals = [row.totals for row in rows]
    wrote = [row.code_attribution or Attribution() for row in rows]
    return {
        "usage_date": [start.date() for start in starts],
        "started_at": starts,
        "principal_type": [
            _kind(actor, id_ or email)
            for actor, id_, email in zip(actors, ids, emails, strict=True)
        ],
        "principal_id": [
            id_ or email or "" for id_, email in zip(ids, emails, strict=True)
        ],
        "principal_email": emails,
        **named(totals, COUNTS),
        **{
            name: amounts(column, USAGE, f"data[].totals.{name}")
            for name, column in named(totals, AMOUNTS).items()
        },
        **named(wrote, LINES),
    }


def _kind(actor: Actor, known_by: str | None) -> str:
    """What kind of principal it is; one that only has an id is a user."""
    if known_by is None:
        return "unknown"
    kind = actor.type or "user"
    return kind if kind in _KINDS else "unknown"


def _added(columns: Columns) -> Columns:
    """The columns with one row per principal and start: rows that the vendor does not
    tell apart, such as those without any id, are added and not dropped."""
    keys = ("usage_date", "started_at", "principal_type", "principal_id")
    rows = list(zip(*(columns[name] for name in keys), strict=True))
    if len(set(rows)) == len(rows):
        return columns
    places: dict[tuple[Any, ...], list[int]] = {}
    for place, key in enumerate(rows):
        places.setdefault(key, []).append(place)
    summed = (*COUNTS, *AMOUNTS, *LINES)
    return {
        name: [
            _sum([values[n] for n in same]) if name in summed else values[same[0]]
            for same in places.values()
        ]
        for name, values in columns.items()
    }


def _sum(values: Sequence[Any]) -> Any:
    """The sum of what is known; None if nothing is."""
    known = [value for value in values if value is not None]
    return sum(known[1:], known[0]) if known else None


def _start(row: Row) -> datetime:
    """The start of a row; raises SchemaChanged for one that is not within a UTC day."""
    first, after = row.start_time, row.end_time
    if not 0 <= first < after < 2**33 or first // _DAY != (after - 1) // _DAY:
        raise USAGE.changed(
            "data[].end_time", f"{first} to {after} is not within one UTC day."
        )
    return datetime.fromtimestamp(first, UTC)

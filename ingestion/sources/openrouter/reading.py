"""Activity and keys.

day → its total, then each listed key → rows by key, and what is left as no key's
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from typing import Any, Final

from msgspec import Struct

from ingestion.clock import today
from ingestion.decoding import Shape
from ingestion.page import Page, explained
from ingestion.pagination import offset_pages
from ingestion.redaction import redact
from ingestion.sources.openrouter.connection import Connection
from ingestion.sources.openrouter.tables import SOURCE
from ingestion.window import Window

HORIZON_DAYS: Final = 30
NOTHING: Final = "the vendor reports no activity on these days"
TOO_OLD: Final = f"the vendor keeps {HORIZON_DAYS} days; earlier ones are gone"
PAGE: Final = 100
_PICO: Final = Decimal("1e-12")
_EXACT: Final = Context(prec=38, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation])
COUNTS: Final = (
    *("prompt_tokens", "cached_tokens", "completion_tokens"),
    *("reasoning_tokens", "requests"),
)


class Row(Struct, gc=False):
    """Activity of one model and endpoint on a day."""

    date: str
    model: str
    usage: Decimal
    requests: int
    prompt_tokens: int
    completion_tokens: int
    endpoint_id: str | None = None
    provider_name: str | None = None
    reasoning_tokens: int | None = None
    cached_tokens: int | None = None
    byok_usage_inference: Decimal | None = None


class Activity(Struct):
    """The answer about a day."""

    data: list[Row]


class Key(Struct):
    """A key without its secret part."""

    hash: str
    name: str | None = None
    disabled: bool | None = None
    limit: Decimal | None = None
    usage: Decimal | None = None


class Keys(Struct):
    """A page of keys."""

    data: list[Key]


ACTIVITY: Final = Shape(Activity, "openrouter/activity")
KEYS: Final = Shape(Keys, "openrouter/keys")
_UNREAD: Final = frozenset(
    {"data[].model_permaslug"}
    | {
        f"data[].{name}"
        for name in ("label", "created_at", "updated_at", "limit_remaining")
    }
)


def activity(at: Connection, window: Window) -> Iterator[Page]:
    """Pages of `openrouter/activity`; days beyond the vendor's horizon are empty."""
    oldest = today(at.clock) - timedelta(days=HORIZON_DAYS)
    if window.last < oldest:
        yield Page(_columns([]), note=TOO_OLD)
        return
    days = Window(max(window.first, oldest), window.last)
    yield from explained(_days(at, days), NOTHING)


def keys(at: Connection) -> Iterator[Page]:
    """Pages of `openrouter/keys`."""

    def fetch(offset: int) -> tuple[Page, int | None]:
        params = [("offset", str(offset)), ("include_disabled", "true")]
        body = at.api.get("/keys", params).body
        listed = KEYS.read(body).data
        page = Page(
            {
                "api_key_hash": [key.hash for key in listed],
                "key_name": [key.name for key in listed],
                "is_disabled": [key.disabled for key in listed],
                "limit_usd": [_exact(key.limit, KEYS) for key in listed],
                "usage_usd": [_exact(key.usage, KEYS) for key in listed],
            },
            body=redact(body),
            unknown_fields=KEYS.unknown_fields(body) - _UNREAD,
        )
        return page, offset + len(listed) if len(listed) >= PAGE else None

    return offset_pages(fetch, SOURCE)


def _days(at: Connection, days: Window) -> Iterator[Page]:
    hashes = [key for page in keys(at) for key in page.columns["api_key_hash"]]
    for day in days.days():
        total, page = _answer(at, day, None)
        left = {(row.model, row.endpoint_id or ""): row for row in total}
        if not total:
            yield page
            continue
        for hash_ in hashes:
            rows, page = _answer(at, day, hash_)
            yield page
            for row in rows:
                place = (row.model, row.endpoint_id or "")
                if place in left:
                    left[place] = _less(left[place], row)
        rest = [row for row in left.values() if row.requests > 0]
        yield Page(_columns([(day, "", row) for row in rest]))


def _answer(at: Connection, day: date, hash_: str | None) -> tuple[list[Row], Page]:
    """Rows of a day, of one key or of all, and their page."""
    params = [("date", str(day))]
    params += [] if hash_ is None else [("api_key_hash", hash_)]
    body = at.api.get("/activity", params).body
    rows = [row for row in ACTIVITY.read(body).data if row.date[:10] == str(day)]
    held = [] if hash_ is None else [(day, hash_, row) for row in rows]
    fields = ACTIVITY.unknown_fields(body) - _UNREAD
    return rows, Page(_columns(held), body=redact(body), unknown_fields=fields)


def _less(whole: Row, part: Row) -> Row:
    """What is left of a row when a part of it is known."""
    amounts = {
        name: getattr(whole, name) - (getattr(part, name) or 0)
        for name in (*COUNTS, "usage", "byok_usage_inference")
        if getattr(whole, name) is not None
    }
    names = ("date", "model", "endpoint_id", "provider_name")
    return Row(**{name: getattr(whole, name) for name in names}, **amounts)


def _columns(rows: list[tuple[date, str, Row]]) -> dict[str, list[Any]]:
    found = [row for _, _, row in rows]
    return {
        "usage_date": [day for day, _, _ in rows],
        "api_key_hash": [hash_ for _, hash_, _ in rows],
        "model": [row.model for row in found],
        "endpoint_id": [row.endpoint_id or "" for row in found],
        "provider_name": [row.provider_name for row in found],
        **{name: [getattr(row, name) for row in found] for name in COUNTS},
        "usage_usd": [_exact(row.usage, ACTIVITY) for row in found],
        "byok_usd": [_exact(row.byok_usage_inference, ACTIVITY) for row in found],
    }


def _exact(amount: Decimal | None, shape: Shape[Any]) -> Decimal | None:
    """The amount to twelve decimals: below them lies the noise of binary fractions."""
    try:
        return None if amount is None else amount.quantize(_PICO, context=_EXACT)
    except InvalidOperation:
        raise shape.changed("data[].usage", "it is no credible amount.") from None

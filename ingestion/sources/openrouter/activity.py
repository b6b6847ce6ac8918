"""Activity day by day: each key's part, and what is left of the whole account."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from itertools import starmap
from typing import Any, Final

from ingestion.amount import amount, amounts
from ingestion.page import Page, explained
from ingestion.redaction import redact
from ingestion.sources.openrouter.connection import HORIZON_DAYS, Connection
from ingestion.sources.openrouter.keys import hashes
from ingestion.sources.openrouter.shapes import ACTIVITY, Used
from ingestion.window import ONE_DAY, Window

PATH: Final = "/activity"
NO_KEY: Final = ""
NOTHING: Final = "the vendor reports no usage"
OUT_OF_REACH: Final = (
    f"the vendor reports only the last {HORIZON_DAYS} days that are over; no other day "
    "was asked for"
)
# Day, model, its dated name, endpoint and provider.
Place = tuple[date, str, str | None, str | None, str | None]


@dataclass(frozen=True)
class Amounts:
    """What was used at one place; None is what the vendor does not say."""

    requests: int
    prompt_tokens: int
    completion_tokens: int
    usage_usd: Decimal
    cached_tokens: int | None
    reasoning_tokens: int | None
    byok_usage_usd: Decimal | None

    def plus(self, other: "Amounts") -> "Amounts":
        """The sum; unknown where either part is."""
        return Amounts(*starmap(_sum, zip(_values(self), _values(other), strict=True)))

    def minus(self, other: "Amounts") -> "Amounts":
        """The difference; unknown where either part is."""
        pairs = zip(_values(self), _values(other), strict=True)
        return Amounts(*(_sum(a, None if b is None else -b) for a, b in pairs))

    @property
    def is_rest(self) -> bool:
        """Whether it is something, and nothing of it is less than nothing: a key's
        later answer may already hold more than the account's."""
        known = [value for value in _values(self) if value is not None]
        return any(known) and all(value >= 0 for value in known)


def activity(at: Connection, window: Window) -> Iterator[Page]:
    """The window's days as far as the vendor reports them, each of all keys."""
    reported = at.reported
    for out in (window.before(reported.first), window.since(reported.last + ONE_DAY)):
        if out is not None:
            yield Page(_columns(NO_KEY, {}), note=OUT_OF_REACH, unreported=out)
    days = [day for day in window.days() if reported.first <= day <= reported.last]
    if days:
        listed = hashes(at)
        pages = (page for day in days for page in _day(at, day, listed))
        yield from explained(pages, NOTHING)


def whole_day(at: Connection, day: date) -> Mapping[Place, Amounts]:
    """What the whole account used on a day, of whatever key."""
    return _read(_body(at, day, NO_KEY))


def _day(at: Connection, day: date, listed: Sequence[str]) -> Iterator[Page]:
    """The pages of a day: one a key that was used, and the whole account's with the
    rest that no listed key explains. A day without usage takes one request."""
    body = _body(at, day, NO_KEY)
    rest = _read(body)
    for key_hash in listed if rest else ():
        of_key = _body(at, day, key_hash)
        found = _read(of_key)
        for place, part in found.items():
            if place in rest:
                rest[place] = rest[place].minus(part)
        if found:
            yield _page(key_hash, found, of_key)
    yield _page(NO_KEY, {p: left for p, left in rest.items() if left.is_rest}, body)


def _body(at: Connection, day: date, key_hash: str) -> bytes:
    of_key = [("api_key_hash", key_hash)] if key_hash else []
    return at.api.get(PATH, [("date", day.isoformat()), *of_key]).body


def _read(body: bytes) -> dict[Place, Amounts]:
    """The amounts of an answer; rows of the same place are added up."""
    found: dict[Place, Amounts] = {}
    for row in ACTIVITY.read(body).data:
        place = (
            row.date,
            row.model,
            row.model_permaslug or None,
            row.endpoint_id or None,
            row.provider_name or None,
        )
        amounts = _amounts(row)
        found[place] = found[place].plus(amounts) if place in found else amounts
    return found


def _amounts(row: Used) -> Amounts:
    byok = row.byok_usage_inference
    return Amounts(
        row.requests,
        row.prompt_tokens,
        row.completion_tokens,
        amount(row.usage, ACTIVITY, "data[].usage"),
        row.cached_tokens,
        row.reasoning_tokens,
        amounts([byok], ACTIVITY, "data[].byok_usage_inference")[0],
    )


def _page(key_hash: str, found: Mapping[Place, Amounts], body: bytes) -> Page:
    return Page(
        _columns(key_hash, found),
        body=redact(body),
        unknown_fields=ACTIVITY.unknown_fields(body),
    )


def _columns(key_hash: str, found: Mapping[Place, Amounts]) -> dict[str, list[Any]]:
    places, amounts = list(found), list(found.values())
    named = ("usage_date", "model", "model_permaslug", "endpoint_id", "provider_name")
    return {
        "api_key_hash": [key_hash] * len(places),
        **{name: [place[n] for place in places] for n, name in enumerate(named)},
        **{
            each.name: [getattr(amount, each.name) for amount in amounts]
            for each in fields(Amounts)
        },
    }


def _values(amounts: Amounts) -> tuple[Any, ...]:
    return tuple(getattr(amounts, each.name) for each in fields(amounts))


def _sum(one: Any, other: Any) -> Any:
    return None if one is None or other is None else one + other

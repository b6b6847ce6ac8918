"""Query parameters: read strictly, since the vendor answers 400 to what it ignores."""

import base64
import binascii
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec

from ingestion.simulator.anthropic.answers import Refused

Items = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Cursor:
    """Where a page starts: an offset, and the present its data were read at."""

    offset: int
    at: datetime


def invalid(message: str) -> Refused:
    """A refusal with status 400."""
    return Refused("invalid_request_error", message)


class Parameters:
    """The parameters of one request; lists are named with `[]` and repeated."""

    def __init__(self, items: Items, known: Iterable[str]) -> None:
        self._items = list(items)
        allowed = set(known)
        for name, _ in self._items:
            if name not in allowed:
                raise invalid(f"{name}: Extra inputs are not permitted")

    def one(self, name: str, default: str | None = None) -> str | None:
        """The last value of a parameter."""
        return next((v for n, v in reversed(self._items) if n == name), default)

    def every(self, name: str) -> list[str]:
        """All values of a repeated parameter, in order."""
        return [value for n, value in self._items if n == name]

    def has(self, name: str) -> bool:
        """Whether the parameter was sent at all."""
        return any(n == name for n, _ in self._items)

    def limit(self, most: int, default: int) -> int:
        """The page size, 1 to `most`."""
        text = self.one("limit")
        if text is None:
            return default
        if not text.isdigit() or not 1 <= int(text) <= most:
            raise invalid(f"limit: must be between 1 and {most}")
        return int(text)

    def choice(self, name: str, allowed: Sequence[str], default: str) -> str:
        """One of the allowed values."""
        value = self.one(name, default) or default
        if value not in allowed:
            raise invalid(f"{name}: must be one of {', '.join(allowed)}")
        return value

    def instant(self, name: str) -> datetime | None:
        """An RFC 3339 instant with a zone, in UTC; None if it was not sent."""
        text = self.one(name)
        if text is None:
            return None
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            raise invalid(f"{name}: invalid datetime") from None
        if at.tzinfo is None:
            raise invalid(f"{name}: must have a time zone")
        return at.astimezone(UTC)

    def cursor(self, endpoint: str, now: datetime) -> Cursor:
        """The page asked for; a page of another query is refused."""
        text = self.one("page")
        if text is None:
            return Cursor(0, now)
        try:
            packed = base64.urlsafe_b64decode(text.removeprefix("page_"))
            digest, offset, at = msgspec.json.decode(
                packed, type=tuple[str, int, datetime]
            )
        except (binascii.Error, msgspec.DecodeError, UnicodeDecodeError):
            raise invalid("page: invalid page token") from None
        if digest != self._digest(endpoint):
            raise invalid("page: does not match the other parameters of this request")
        return Cursor(offset, at)

    def token(self, endpoint: str, cursor: Cursor) -> str:
        """The opaque token of a page, bound to this query."""
        packed = (self._digest(endpoint), cursor.offset, cursor.at)
        text = base64.urlsafe_b64encode(msgspec.json.encode(packed)).decode()
        return f"page_{text}"

    def _digest(self, endpoint: str) -> str:
        rest = sorted(item for item in self._items if item[0] != "page")
        return hashlib.sha256(f"{endpoint}{rest}".encode()).hexdigest()[:16]


def whole_days(start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """The UTC days that an interval touches, as [start, end)."""
    first = start.replace(hour=0, minute=0, second=0, microsecond=0)
    after = end - timedelta(microseconds=1)
    last = after.replace(hour=0, minute=0, second=0, microsecond=0)
    return first, last + timedelta(days=1)

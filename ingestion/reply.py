"""What a vendor's reply says beside its data: how long to wait, and what is wrong."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final, cast

import msgspec

LONGEST_WAIT: Final = 900.0  # seconds; a longer one is cut, and the run fails in time
LONGEST_MESSAGE: Final = 300  # characters of the vendor's own words
_MESSAGES = ("error", "message", "errorMessages", "errors", "detail")
_LOAD_LIMITS = ("secondary rate limit", "abuse detection")
# What is left of a limit, and when it is whole again.
_LIMITS = (
    ("x-ratelimit-remaining", "x-ratelimit-reset"),
    (
        "anthropic-ratelimit-requests-remaining",
        "anthropic-ratelimit-requests-reset",
    ),
)


def told_wait(headers: Mapping[str, str]) -> float | None:
    """Seconds the vendor asks us to wait, at most LONGEST_WAIT; None if unsaid.

    `Retry-After` is seconds or a date; without it the reset time of an exhausted limit
    is a hint. A limit with requests left says when it is full again, not when to come
    back. Dates count from the reply's own `Date`, so no clocks are compared.
    """
    told = headers.get("retry-after")
    if told is not None:
        wait = _seconds(told, headers)
    else:
        resets = (
            headers[reset]
            for remaining, reset in _LIMITS
            if headers.get(remaining) == "0" and reset in headers
        )
        wait = next((_seconds(reset, headers) for reset in resets), None)
    return None if wait is None or wait <= 0 else min(wait, LONGEST_WAIT)


def is_throttle(status: int, headers: Mapping[str, str], body: bytes = b"") -> bool:
    """Whether a 429 or 403 means too many requests and not a missing permission."""
    return (
        status == 429
        or is_secondary_throttle(status, body)
        or (
            status == 403
            and (
                "retry-after" in headers or headers.get("x-ratelimit-remaining") == "0"
            )
        )
    )


def is_secondary_throttle(status: int, body: bytes) -> bool:
    """Whether a refusal is of a limit on load, which code hosts tell in words alone."""
    if status not in (403, 429):
        return False
    words = vendor_message(body).lower()
    return any(each in words for each in _LOAD_LIMITS)


def vendor_message(body: bytes) -> str:
    """The vendor's own words for an error as received, so not yet fit to be shown;
    empty if there are none."""
    try:
        words = _words(msgspec.json.decode(body))
    except (msgspec.DecodeError, UnicodeDecodeError):
        text = body[: 4 * LONGEST_MESSAGE].decode(errors="replace").strip()
        words = "" if text.startswith("<") else text
    return " ".join(words.split())


def _words(answer: Any) -> str:
    """The message in an error body of any of the vendors' shapes."""
    if isinstance(answer, str):
        return answer
    if isinstance(answer, list):
        said = [_words(item) for item in cast("list[Any]", answer)]
    elif isinstance(answer, dict):
        told = cast("dict[str, Any]", answer)
        said = [_words(told[name]) for name in _MESSAGES if name in told]
        if not any(said):
            said = [f"{k}: {v}" for k, v in told.items() if isinstance(v, str)]
    else:
        said = []
    return "; ".join(filter(None, said))


def _seconds(text: str, headers: Mapping[str, str]) -> float | None:
    """Seconds from a number, an epoch second, an HTTP date or an ISO time."""
    try:
        number = float(text)
    except ValueError:
        until = _instant(text)
    else:
        if number < 1e9:
            return number
        until = datetime.fromtimestamp(number, UTC)
    sent = _instant(headers.get("date", ""))
    return None if until is None or sent is None else (until - sent).total_seconds()


def _instant(text: str) -> datetime | None:
    """The instant an HTTP date or ISO 8601 text means; None if it is neither."""
    for parse in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            parsed = parse(text)
        except ValueError:
            continue
        return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    return None

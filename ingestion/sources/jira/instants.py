"""Times of Jira: ISO 8601 in the caller's zone (`+0800`), or epoch milliseconds."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from ingestion.errors import SchemaChanged

Instant = str | int
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - naive UTC, as the lake stores it


def utc(instants: Iterable[Instant | None], field: str) -> list[datetime | None]:
    """Naive UTC for each; raises SchemaChanged naming `field` for any other text."""
    return [None if one is None else naive_utc(one, field) for one in instants]


def naive_utc(instant: Instant, field: str) -> datetime:
    """Naive UTC; raises SchemaChanged naming `field` for any other text."""
    try:
        if isinstance(instant, int):
            return _EPOCH + timedelta(milliseconds=instant)
        at = datetime.fromisoformat(instant)
    except (ValueError, OverflowError):
        at = None
    if at is None or at.tzinfo is None:
        raise SchemaChanged(
            "jira",
            "expected a time with its zone.",
            field=field,
            fix="update Tokenworth, or report the changed field.",
        )
    return at.astimezone(UTC).replace(tzinfo=None)


def epoch_ms(instant: Instant, field: str) -> int:
    """Epoch milliseconds; raises SchemaChanged naming `field` for any other text."""
    return (naive_utc(instant, field) - _EPOCH) // timedelta(milliseconds=1)

"""The proxy's own sums by day. Its breakdowns are views of the same calls side by side:
only the one by model, and in it by key, is read; what that leaves of the whole day is
kept under no key and no model."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from ingestion.amount import amount
from ingestion.page import Page, explained
from ingestion.pagination import offset_pages
from ingestion.redaction import redact
from ingestion.sources.litellm.connection import Connection
from ingestion.sources.litellm.paging import check_number
from ingestion.sources.litellm.shapes import DAILY, Metrics, Reported
from ingestion.sources.litellm.tables import SOURCE
from ingestion.window import Window

PATH: Final = "/user/daily/activity"
PAGE_SIZE: Final = 1000
NO_KEY: Final = ""
NOTHING: Final = "the proxy sums up no call on these days"
_COUNTS: Final = (
    *("prompt_tokens", "completion_tokens", "total_tokens"),
    *("cache_read_tokens", "cache_creation_tokens"),
    *("requests", "successful_requests", "failed_requests", "spend_usd"),
)
# Sums of binary fractions, each rounded by itself, differ by this at most.
_NOISE: Final = Decimal("1e-9")
_TOTALS: Final = (
    *("total_spend", "total_prompt_tokens", "total_completion_tokens"),
    *("total_tokens", "total_api_requests", "total_successful_requests"),
    *("total_failed_requests", "total_cache_read_input_tokens"),
    *("total_cache_creation_input_tokens", "has_more"),
)
_VIEWS: Final = (
    *("model_groups", "mcp_servers", "providers", "endpoints", "api_keys", "entities"),
)
_UNREAD: Final = frozenset(
    {f"metadata.{name}" for name in _TOTALS}
    | {f"results[].breakdown.{name}" for name in _VIEWS}
)
# (hash of the key, model), and one amount a name of `_COUNTS`; None is unsaid.
Place = tuple[str, str | None]
Amounts = tuple[int | Decimal | None, ...]


def daily_activity(at: Connection, window: Window) -> Iterator[Page]:
    """Pages of `litellm/daily_activity`; the last page of a day has all its rows."""
    pages = (page for day in window.days() for page in _pages(at, day))
    return explained(pages, NOTHING)


def _pages(at: Connection, day: date) -> Iterator[Page]:
    # A page sums up the rows of the proxy's table that it holds, so that a key and
    # model may come on several pages, each time with a part.
    found: dict[Place, Amounts] = {}

    def fetch(offset: int) -> tuple[Page, int | None]:
        number = offset + 1
        params = [
            ("start_date", day.isoformat()),
            ("end_date", day.isoformat()),
            ("page", str(number)),
            ("page_size", str(PAGE_SIZE)),
        ]
        body = at.api.get(PATH, params).body
        answer = DAILY.read(body)
        check_number(PATH, answer.metadata.page, number)
        for told in answer.results:
            if told.date == day:
                _add(found, told)
        is_last = number >= answer.metadata.total_pages
        page = Page(
            _columns(day, found if is_last else {}),
            body=redact(body),
            unknown_fields=DAILY.unknown_fields(body) - _UNREAD,
        )
        return page, None if is_last else number

    return offset_pages(fetch, SOURCE)


def _add(found: dict[Place, Amounts], told: Reported) -> None:
    """Adds the parts of a day, and what is left of each whole."""
    models: list[Amounts] = []
    for model, part in told.breakdown.models.items():
        whole = _amounts(part.metrics)
        models.append(whole)
        of_keys = {
            key: _amounts(each.metrics) for key, each in part.api_key_breakdown.items()
        }
        for key, amounts in of_keys.items():
            _put(found, (key, model or None), amounts)
        _put(found, (NO_KEY, model or None), _rest(whole, of_keys.values()))
    _put(found, (NO_KEY, None), _rest(_amounts(told.metrics), models))


def _put(found: dict[Place, Amounts], place: Place, amounts: Amounts) -> None:
    if any(amounts):
        found[place] = _sum(found[place], amounts) if place in found else amounts


def _rest(whole: Amounts, parts: Iterable[Amounts]) -> Amounts:
    """The whole without its parts; raises SchemaChanged if they are more than it."""
    for part in parts:
        whole = _sum(whole, part, -1)
    left = tuple(
        Decimal(0) if isinstance(each, Decimal) and abs(each) < _NOISE else each
        for each in whole
    )
    if any(each < 0 for each in left if each is not None):
        raise DAILY.changed("results[].breakdown", "its parts exceed the whole.")
    return left


def _sum(one: Amounts, other: Amounts, sign: int = 1) -> Amounts:
    """The sum, or the difference; unknown where either is."""
    return tuple(
        None if a is None or b is None else a + sign * b
        for a, b in zip(one, other, strict=True)
    )


def _amounts(metrics: Metrics) -> Amounts:
    return (
        metrics.prompt_tokens,
        metrics.completion_tokens,
        metrics.total_tokens,
        metrics.cache_read_input_tokens,
        metrics.cache_creation_input_tokens,
        metrics.api_requests,
        metrics.successful_requests,
        metrics.failed_requests,
        amount(metrics.spend, DAILY, "results[].metrics.spend"),
    )


def _columns(day: date, found: Mapping[Place, Amounts]) -> dict[str, list[Any]]:
    return {
        "usage_date": [day] * len(found),
        "api_key": [key for key, _ in found],
        "model": [model for _, model in found],
        **{
            name: [amounts[n] for amounts in found.values()]
            for n, name in enumerate(_COUNTS)
        },
    }

"""Points of metrics as what was added since the point before, whatever the temporality.

points → series by attributes → delta as sent, cumulative as differences → `Event`s
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from ingestion.sources.otel.events import (
    CUMULATIVE,
    DELTA,
    PICO,
    Event,
    hashed,
    identity,
    usd,
)
from ingestion.sources.otel.kept import COST, METRICS, TOKENS, allowed
from ingestion.sources.otel.shapes import (
    REQUEST,
    Plain,
    Request,
    attributes,
    instant,
    nanoseconds,
    number,
    text,
)

_TYPES: Final = {
    "input": "input_tokens",
    "output": "output_tokens",
    "cacheRead": "cache_read_tokens",
    "cacheCreation": "cache_creation_tokens",
}
_IS_CUMULATIVE: Final = ("2", "AGGREGATION_TEMPORALITY_CUMULATIVE")


class Reading(NamedTuple):
    """A point as it was sent."""

    metric: str
    is_cumulative: bool
    started: int  # epoch nanoseconds; 0 if not sent
    at: int
    value: Decimal
    found: dict[str, Plain]


def readings(request: Request) -> Iterator[Reading]:
    """The points of the metrics that are kept."""
    for told in request.resource_metrics:
        resource = allowed(told.resource.attributes) if told.resource else []
        for metric in (m for part in told.scope_metrics for m in part.metrics):
            if metric.name not in METRICS or metric.sum is None:
                continue
            is_cumulative = str(metric.sum.aggregation_temporality) in _IS_CUMULATIVE
            for point in metric.sum.data_points:
                sent = point.as_double if point.as_int is None else point.as_int
                value = number(sent, metric.name)
                if value is not None:
                    yield Reading(
                        metric.name,
                        is_cumulative,
                        nanoseconds(point.start_time_unix_nano),
                        nanoseconds(point.time_unix_nano),
                        value,
                        attributes(resource, allowed(point.attributes)),
                    )


def point_events(told: Iterable[Reading], known_from: date) -> list[Event]:
    """What each point added. A cumulative counter that was started before `known_from`
    and has no earlier point has an unknown amount: part of it was told before."""
    series: dict[str, list[Reading]] = {}
    for each in told:
        said = sorted((key, str(value)) for key, value in each.found.items())
        name = hashed(each.metric, each.is_cumulative, said)
        series.setdefault(name, []).append(each)
    return [
        _event(name, each, added)
        for name, points in series.items()
        for each, added in _steps(points, known_from)
    ]


def _steps(
    points: Iterable[Reading], known_from: date
) -> Iterator[tuple[Reading, Decimal | None]]:
    """Each point of a series with what it added; without points that came again, and
    cumulative ones that stand still."""
    sent = {(each.at, each.started, each.value): each for each in points}
    before: Reading | None = None
    for _, each in sorted(sent.items()):
        if not each.is_cumulative:
            yield each, each.value
            continue
        if before is None:
            is_known = not each.started or instant(each.started).date() >= known_from
            yield each, each.value if is_known else None
        elif each.started != before.started or each.value < before.value:
            yield each, each.value  # the client was started again
        elif each.value > before.value:
            yield each, each.value - before.value
        before = each


def _event(series: str, each: Reading, added: Decimal | None) -> Event:
    event = Event(
        event_id=hashed(series, each.started, each.at, str(each.value)),
        event_at=instant(each.at),
        tool="claude_code",
        signal=CUMULATIVE if each.is_cumulative else DELTA,
        metric=each.metric,
        kind=text(each.found, "type", "decision"),
        **identity(each.found),
    )
    if each.metric == COST:
        event.cost_usd = usd(added)
    elif each.metric != TOKENS:
        event.amount = None if added is None else added.quantize(PICO)
    elif added is not None and (column := _TYPES.get(event.kind or "")):
        setattr(event, column, _whole(added))
    return event


def _whole(added: Decimal) -> int:
    if added != added.to_integral_value():
        raise REQUEST.changed(TOKENS, f"{str(added)[:40]!r} is no whole number.")
    return int(added)

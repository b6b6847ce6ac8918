"""The parts of OTLP as JSON that are read: log records, and sums of metrics."""

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from msgspec import Struct

from ingestion.decoding import Shape

PATH: Final = "otel/token_usage"
Number = int | str  # OTLP writes 64-bit integers as text; numbers are allowed too
Plain = str | int | Decimal | bool


class Value(Struct, rename="camel", omit_defaults=True, gc=False):
    """An attribute's value; lists and maps are not read."""

    string_value: str | None = None
    int_value: Number | None = None
    double_value: Decimal | None = None
    bool_value: bool | None = None

    @property
    def plain(self) -> Plain | None:
        """The value; None for a list, a map or nothing."""
        for found in (self.string_value, self.int_value, self.double_value):
            if found is not None:
                return found
        return self.bool_value


class Attribute(Struct):
    """A named value."""

    key: str
    value: Value | None = None


class Resource(Struct, omit_defaults=True):
    """What sends: a client with its user."""

    attributes: list[Attribute] = []


class Scope(Struct, omit_defaults=True, gc=False):
    """The part of the client that sends."""

    name: str = ""


class Record(Struct, rename="camel", omit_defaults=True):
    """A log record."""

    time_unix_nano: Number = 0
    observed_time_unix_nano: Number = 0
    event_name: str = ""
    body: Value | None = None
    attributes: list[Attribute] = []


class ScopeLogs(Struct, rename="camel", omit_defaults=True):
    """Log records of one part of a client."""

    scope: Scope | None = None
    log_records: list[Record] = []


class ResourceLogs(Struct, rename="camel", omit_defaults=True):
    """Log records of one client."""

    resource: Resource | None = None
    scope_logs: list[ScopeLogs] = []


class Point(Struct, rename="camel", omit_defaults=True):
    """A point of a sum."""

    attributes: list[Attribute] = []
    start_time_unix_nano: Number = 0
    time_unix_nano: Number = 0
    as_int: Number | None = None
    as_double: Decimal | None = None


class Sum(Struct, rename="camel", omit_defaults=True):
    """The points of a counter; temporality 1 is delta, 2 cumulative."""

    data_points: list[Point] = []
    aggregation_temporality: Number = 0


class Metric(Struct, omit_defaults=True):
    """A metric; other kinds than sums are not read."""

    name: str
    sum: Sum | None = None


class ScopeMetrics(Struct, omit_defaults=True):
    """Metrics of one part of a client."""

    metrics: list[Metric] = []


class ResourceMetrics(Struct, rename="camel", omit_defaults=True):
    """Metrics of one client."""

    resource: Resource | None = None
    scope_metrics: list[ScopeMetrics] = []


class Request(Struct, rename="camel", omit_defaults=True):
    """A request of either kind."""

    resource_logs: list[ResourceLogs] = []
    resource_metrics: list[ResourceMetrics] = []


REQUEST: Final = Shape(Request, PATH)


def attributes(*told: Iterable[Attribute]) -> dict[str, Plain]:
    """Values by name; of several for one name the last."""
    found: dict[str, Plain] = {}
    for each in told:
        for attribute in each:
            plain = attribute.value and attribute.value.plain
            if plain is not None:
                found[attribute.key] = plain
    return found


def text(found: dict[str, Plain], *names: str) -> str | None:
    """The first of these attributes that is text and not empty."""
    for name in names:
        value = found.get(name)
        if isinstance(value, str) and value:
            return value
    return None


def number(value: Any, field: str) -> Decimal | None:
    """A count or an amount, which some clients send as text; None if there is none or
    it is no finite number. Raises SchemaChanged for anything else."""
    if value is None:
        return None
    try:
        found = Decimal(str(value))
    except ArithmeticError:
        raise REQUEST.changed(field, f"{str(value)[:40]!r} is no number.") from None
    return found if found.is_finite() else None


def whole(value: Any, field: str) -> int | None:
    """A count; None if there is none. Raises SchemaChanged for a fraction."""
    found = number(value, field)
    if found is None:
        return None
    if found != found.to_integral_value():
        raise REQUEST.changed(field, f"{str(found)[:40]!r} is no whole number.")
    return int(found)


def nanoseconds(*told: Number) -> int:
    """The first time that is set; 0 if none is."""
    for each in told:
        if found := whole(each, "timeUnixNano"):
            return found
    return 0


def instant(nano: int) -> datetime:
    """The UTC instant of epoch nanoseconds, without a zone; cut to microseconds."""
    seconds, rest = divmod(nano, 1_000_000_000)
    whole_seconds = datetime.fromtimestamp(seconds, UTC)
    return whole_seconds.replace(microsecond=rest // 1000, tzinfo=None)

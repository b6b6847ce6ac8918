"""The two tables over any window: files → events, each once → one page a day."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from operator import attrgetter

from ingestion.page import Page
from ingestion.sources.otel.connection import Connection
from ingestion.sources.otel.events import Event, last_told, log_events
from ingestion.sources.otel.folder import EARLIER_DAYS
from ingestion.sources.otel.kept import ACTIVITY as ACTIVITY_METRICS
from ingestion.sources.otel.once import calls, metrics_alone
from ingestion.sources.otel.points import Reading, point_events, readings
from ingestion.sources.otel.tables import ACTIVITY, TOKEN_USAGE
from ingestion.table import Table
from ingestion.window import Window

NO_FILES = "no telemetry was received for these days"
GONE = "the oldest telemetry that is left was received later"
NO_EVENTS = "the telemetry received tells of no model call on these days"


def token_usage(at: Connection, window: Window) -> Iterator[Page]:
    """Model calls, and points of token metrics where a session sent no calls."""
    paths = at.folder.of_days(window)
    logs: list[Event] = []
    points: list[Reading] = []
    for request in (found for path in paths for found in at.folder.requests(path)):
        logs += log_events(request)
        points += (r for r in readings(request) if r.metric not in ACTIVITY_METRICS)
    told = calls(last_told(logs))
    rest = metrics_alone(point_events(points, _known_from(window)), told)
    yield from _pages(at, TOKEN_USAGE, [*told, *rest], window, bool(paths))


def activity(at: Connection, window: Window) -> Iterator[Page]:
    """Points of Claude Code's other metrics."""
    paths = at.folder.of_days(window)
    points = [
        reading
        for path in paths
        for request in at.folder.requests(path)
        for reading in readings(request)
        if reading.metric in ACTIVITY_METRICS
    ]
    found = point_events(points, _known_from(window))
    yield from _pages(at, ACTIVITY, found, window, bool(paths))


def _known_from(window: Window) -> date:
    """The first day whose files are read."""
    return window.first - timedelta(days=EARLIER_DAYS)


def _pages(
    at: Connection,
    table: Table,
    events: Iterable[Event],
    window: Window,
    has_files: bool,
) -> Iterator[Page]:
    """A page per day that has events, or one that says why none has. Bodies stay empty:
    the files hold what was received."""
    by_day: dict[date, list[Event]] = {day: [] for day in window.days()}
    for event in events:
        if (day := event.usage_date) in by_day:
            by_day[day].append(event)
    names = [column.name for column in table.columns]
    gone = at.folder.gone(window)
    if gone is not None:
        nothing = {name: list[object]() for name in names}
        note = GONE if has_files else NO_FILES
        settled = at.folder.settled(gone)
        yield Page(nothing, note=note, unreported=gone, coarse=settled)
    held = [found for found in by_day.values() if found]
    for found in held or ([] if gone == window else [[]]):
        note = "" if found else NO_EVENTS if has_files else NO_FILES
        columns = {name: list(map(attrgetter(name), found)) for name in names}
        yield Page(columns, note=note)

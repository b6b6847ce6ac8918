"""A request for analytics understood: which days, which rows, grouped by what."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from ingestion.simulator import timeline
from ingestion.simulator.anthropic.answers import rfc3339
from ingestion.simulator.anthropic.dimensions import NAMES, Dimensions
from ingestion.simulator.anthropic.groups import Groups, grouped
from ingestion.simulator.anthropic.parameters import Parameters, invalid, whole_days
from ingestion.simulator.usage import Usage

FIRST_INSTANT = datetime(2026, 1, 1, tzinfo=UTC)
MOST_DAYS, REACH_DAYS, MOST_GROUPS = 31, 365, 5
# Parameter → the dimension it filters.
FILTERS = {
    "actor_ids[]": "actor",
    "actor_types[]": "actor_type",
    "api_key_ids[]": "api_key_id",
    "models[]": "model",
    "products[]": "product",
    "workspace_ids[]": "workspace_id",
    "service_tiers[]": "service_tier",
    "context_windows[]": "context_window",
    "inference_geos[]": "inference_geo",
    "speeds[]": "speed",
    "organization_ids[]": "organization_id",
    "rbac_group_ids[]": "rbac_group_id",
    "session_ids[]": "session_id",
}
KNOWN = (
    "starting_at", "ending_at", "time_bucket_width", "group_by[]", "order_by", "order",
    "limit", "page", "exclude_deleted_users", *FILTERS,
)  # fmt: skip


@dataclass(frozen=True)
class Query:
    """A request understood: days [first, after), and what to group by."""

    start: datetime
    end: datetime
    is_daily: bool
    names: tuple[str, ...]
    kinds: tuple[str, ...]


def filters(parameters: Parameters) -> tuple[object, ...]:
    values = tuple((name, tuple(parameters.every(name))) for name in FILTERS)
    return (*values, parameters.one("exclude_deleted_users"))


def query(now: datetime, parameters: Parameters, kinds: tuple[str, ...]) -> Query:
    start = parameters.instant("starting_at")
    end = parameters.instant("ending_at")
    width = parameters.one("time_bucket_width")
    if start is None:
        raise invalid("starting_at: Field required")
    if start < FIRST_INSTANT:
        floor = rfc3339(FIRST_INSTANT)
        raise invalid(f"starting_at: must be no earlier than {floor}")
    if start < now - timedelta(days=REACH_DAYS):
        raise invalid(f"starting_at: must be within the last {REACH_DAYS} days")
    if width is not None and end is None:
        raise invalid("ending_at: required when time_bucket_width is set")
    if width not in {None, "1d"}:
        raise invalid("time_bucket_width: this simulator reports whole days only")
    end = end or min(now, start + timedelta(days=MOST_DAYS))
    if end <= start:
        raise invalid("ending_at: must be after starting_at")
    if end - start > timedelta(days=MOST_DAYS):
        raise invalid(f"ending_at: the range must not exceed {MOST_DAYS} days")
    wanted = parameters.every("group_by[]")
    names = tuple(name for name in dict.fromkeys(wanted) if name not in kinds)
    for name in names:
        if name not in NAMES:
            raise invalid(f"group_by[]: unknown dimension {name!r}")
    if len(names) > MOST_GROUPS:
        raise invalid(f"group_by[]: at most {MOST_GROUPS} dimensions")
    if parameters.has("exclude_deleted_users") and "actor" not in names:
        raise invalid("exclude_deleted_users: requires group_by[] actor")
    split = tuple(kind for kind in kinds if kind in wanted)
    return Query(*whole_days(start, end), width == "1d", names, split)


def groups(
    usage: Usage,
    asked: Query,
    parameters: Parameters,
    dimensions: Dimensions,
    has_spans: bool,
) -> Groups:
    """The groups of the days asked for that pass every filter."""
    first, after = (timeline.index(at.date()) for at in (asked.start, asked.end))
    kept = (usage.day >= first) & (usage.day < after)
    if not has_spans:
        kept &= usage.spans == 0
    for parameter, name in FILTERS.items():
        if parameters.has(parameter):
            wanted = set(parameters.every(parameter))
            labels = dimensions.labels[name]
            if name == "actor":
                labels = list(dimensions.principal_ids)
            passes = np.array([(label or "") in wanted for label in labels])
            kept &= passes[dimensions.codes(name, usage)]
    if parameters.one("exclude_deleted_users") == "true":
        kept &= ~np.array(dimensions.is_deleted)[usage.principal]
    rows = usage.take(kept)
    buckets = rows.day if asked.is_daily else np.full(len(rows), first)
    return grouped(rows, dimensions, asked.names, buckets)

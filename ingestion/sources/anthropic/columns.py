"""From typed rows to the columns of a page: one list per column, no row is built."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date
from operator import add
from typing import Any

import msgspec

from ingestion.columns import Columns
from ingestion.decoding import MISSING, Shape
from ingestion.sources.anthropic.principals import (
    NEEDS,
    NOBODY,
    TYPES,
    Actor,
    Principal,
    principal_id,
)
from ingestion.sources.anthropic.shapes import Instant, Tokens


def actor_columns(actors: Sequence[Actor | None], shape: Shape[Any]) -> Columns:
    """The columns that say whose row it is; raises SchemaChanged naming the id that an
    actor lacks. A kind of actor that is new to us is `unknown`."""
    told = [NOBODY if actor is None else actor for actor in actors]
    kinds = [actor.type for actor in told]
    ids = [
        actor.user_id if kind == "user_actor" else principal_id(actor)
        for actor, kind in zip(told, kinds, strict=True)
    ]
    if None in ids:
        needed = NEEDS[kinds[ids.index(None)]]
        raise shape.changed(f"data[].group.actor.{needed}", MISSING)
    return {
        "principal_type": [TYPES.get(kind, "unknown") for kind in kinds],
        "principal_id": ids,
        "principal_email": [
            None
            if kind != "user_actor"
            else actor.email
            if actor.email_address is None
            else actor.email_address
            for actor, kind in zip(told, kinds, strict=True)
        ],
        "is_deleted_user": [
            actor.deleted if kind == "user_actor" else None
            for actor, kind in zip(told, kinds, strict=True)
        ],
    }


def principal_columns(principals: Sequence[Principal]) -> Columns:
    """The columns that say whose row it is."""
    return {
        "principal_type": [principal.type for principal in principals],
        "principal_id": [principal.id for principal in principals],
        "principal_email": [principal.email for principal in principals],
        "is_deleted_user": [principal.is_deleted for principal in principals],
    }


def token_columns(rows: Sequence[Tokens]) -> Columns:
    """Tokens by class, and web searches."""
    written = [row.cache_creation for row in rows]
    return {
        "uncached_input_tokens": [row.uncached_input_tokens for row in rows],
        "cache_read_input_tokens": [row.cache_read_input_tokens for row in rows],
        "cache_creation_5m_input_tokens": [
            w.ephemeral_5m_input_tokens for w in written
        ],
        "cache_creation_1h_input_tokens": [
            w.ephemeral_1h_input_tokens for w in written
        ],
        "output_tokens": [row.output_tokens for row in rows],
        "web_search_requests": [r.server_tool_use.web_search_requests for r in rows],
    }


def summed(columns: Columns, amounts: Sequence[str]) -> Columns:
    """The columns with one row per distinct rest, its `amounts` added exactly."""
    keys = [name for name in columns if name not in amounts]
    totals: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for key, row in zip(_rows(columns, keys), _rows(columns, amounts), strict=True):
        total = totals.get(key)
        totals[key] = row if total is None else tuple(map(add, total, row))
    return _columns(keys, totals.keys()) | _columns(amounts, totals.values())


def usage_dates(rows: Iterable[Any]) -> list[date]:
    """The UTC day each row starts on."""
    return [row.starting_at.astimezone(UTC).date() for row in rows]


def utc_days(instants: Sequence[str], shape: Shape[Any]) -> list[date]:
    """The UTC day of each instant, of which a page has few different ones; raises
    SchemaChanged if one is none."""
    days = {instant: _utc_day(instant, shape) for instant in set(instants)}
    return [days[instant] for instant in instants]


def _utc_day(instant: str, shape: Shape[Any]) -> date:
    try:
        return msgspec.convert(instant, Instant).astimezone(UTC).date()
    except msgspec.ValidationError:
        problem = f"{instant[:40]!r} is no instant with a time zone."
        raise shape.changed("data[].starting_at", problem) from None


def _rows(columns: Columns, names: Iterable[str]) -> Iterable[tuple[Any, ...]]:
    return zip(*(columns[name] for name in names), strict=True)


def _columns(names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> Columns:
    values = list(zip(*rows, strict=True)) or [()] * len(names)
    return {name: list(column) for name, column in zip(names, values, strict=True)}

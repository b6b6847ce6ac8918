"""From typed rows to the columns of a page: one list per column, no row is built."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date
from operator import add, attrgetter
from typing import Any

from ingestion.sources.anthropic.principals import Principal
from ingestion.sources.anthropic.shapes import Tokens

Columns = dict[str, list[Any]]


def named(rows: Sequence[object], names: Iterable[str]) -> Columns:
    """The attributes of these names, one column each."""
    return {name: list(map(attrgetter(name), rows)) for name in names}


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


def _rows(columns: Columns, names: Iterable[str]) -> Iterable[tuple[Any, ...]]:
    return zip(*(columns[name] for name in names), strict=True)


def _columns(names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> Columns:
    values = list(zip(*rows, strict=True)) or [()] * len(names)
    return {name: list(column) for name, column in zip(names, values, strict=True)}

"""How a good body becomes a bad one: the rows and cursors of every vendor.

A body is JSON, or one JSON object a line.
"""

from collections.abc import Iterable, Iterator
from typing import Any, cast

import msgspec

_ROWS = ["data", "issues", "issueChangeLogs", "values"]
_CURSORS = ["next_page", "last_id", "nextPageToken"]


def know(rows: Iterable[str], cursors: Iterable[str]) -> None:
    """Adds names under which a vendor sends rows and says where the next page is."""
    _ROWS.extend(name for name in rows if name not in _ROWS)
    _CURSORS.extend(name for name in cursors if name not in _CURSORS)


def parsed(body: bytes) -> Any:
    """The decoded body, lines of JSON as a list; None where it is neither."""
    try:
        return msgspec.json.decode(body)
    except msgspec.DecodeError:
        pass
    try:
        return Lines(msgspec.json.Decoder().decode_lines(body))
    except msgspec.DecodeError:
        return None


class Lines(list[Any]):
    """Objects that came one a line."""


def encoded(content: Any) -> bytes:
    """The content as it came: lines or one JSON value."""
    if isinstance(content, Lines):
        return msgspec.json.Encoder().encode_lines(content)
    return msgspec.json.encode(content)


def without_field(body: Any, field: str) -> Any:
    """The body without a field, wherever it stands."""
    for place in _objects(body):
        place.pop(field, None)
    return body


def with_retyped(body: Any, field: str) -> Any:
    """The body with numbers of a field as text, and everything else as a number."""
    for place in _objects(body):
        if field in place:
            value = place[field]
            is_number = isinstance(value, int | float)
            place[field] = f"{value} units" if is_number else 0
    return body


def with_news(body: Any) -> Any:
    """The body with a field in each row that no documentation knows."""
    for rows in row_lists(body):
        for row in rows:
            row["newly_invented"] = "value"
    return body


def emptied(body: Any) -> Any:
    """The body without rows or further pages."""
    for rows in row_lists(body):
        rows.clear()
    return _last_page(body)


def shrunk(body: Any) -> Any:
    """The body with a tenth of its rows."""
    for rows in row_lists(body):
        del rows[len(rows) // 10 :]
    return body


def with_cursor(body: Any, cursor: dict[str, Any]) -> Any:
    """The body as if another page followed, at `cursor`."""
    known = cast(dict[str, Any], body) if isinstance(body, dict) else {}
    known.update(cursor)
    for key, value in (("has_more", True), ("isLast", False)):
        if key in known:
            known[key] = value
    return body


def cursor_of(body: Any) -> dict[str, Any]:
    """The cursor fields of a body that has a next page."""
    if not isinstance(body, dict):
        return {}
    known = cast(dict[str, Any], body)
    return {key: known[key] for key in _CURSORS if known.get(key) is not None}


def with_rows_of(body: Any, other: Any) -> Any:
    """The body with the rows of another one in place of its own."""
    for rows, others in zip(row_lists(body), row_lists(other), strict=False):
        rows[:] = others
    return body


def row_lists(body: Any) -> list[list[Any]]:
    """The lists of rows: one a page, or one a bucket."""
    if isinstance(body, list):
        return [cast(list[Any], body)]
    if not isinstance(body, dict):
        return []
    known = cast(dict[str, Any], body)
    found: list[list[Any]] = [
        known[name] for name in _ROWS if isinstance(known.get(name), list)
    ]
    if found and found[0] and "results" in found[0][0]:
        return [bucket["results"] for bucket in found[0]]
    return found


def _last_page(body: Any) -> Any:
    known = cast(dict[str, Any], body) if isinstance(body, dict) else {}
    for key, value in (("has_more", False), ("isLast", True)):
        if key in known:
            known[key] = value
    for key in _CURSORS:
        if key in known:
            known[key] = None
    return body


def _objects(body: Any) -> Iterator[dict[str, Any]]:
    if isinstance(body, dict):
        known = cast(dict[str, Any], body)
        yield known
        for value in list(known.values()):
            yield from _objects(value)
    elif isinstance(body, list):
        for value in cast(list[Any], body):
            yield from _objects(value)

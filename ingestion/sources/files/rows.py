"""Rows of a mapped file as columns of `files/usage`."""

from collections.abc import Sequence
from typing import Any, Final

from ingestion.columns import Columns
from ingestion.sheets.delimited import (
    Reading,
    Sheet,
    amount,
    count,
    currency,
    email,
    utc_day,
)
from ingestion.sheets.values import Reader, text
from ingestion.sources.files.connection import Constant, FileSet, Target
from ingestion.sources.files.sheets import tag_values
from ingestion.sources.files.tables import TOKENS
from ingestion.window import Window

WORDS: Final[tuple[Target, ...]] = (
    *("provider", "model", "product", "service_tier"),
    *("region", "project_id", "api_key_id"),
)
TOKEN_COLUMNS: Final[tuple[str, ...]] = tuple(name for name, _, _ in TOKENS)
TAGS: Final = "Tags"


def usage_columns(held: FileSet, sheet: Sheet, window: Window) -> Columns:
    """The rows of the window's days; raises BadInput with the faults of those rows."""
    day = str(held.mapping["usage_date"])
    kept = in_window(sheet, day, window)
    reading = Reading(kept)
    columns = {
        **placed(held, kept, mapped(held, reading, "usage_date", utc_day)),
        **principals(held, reading),
        **{name: mapped(held, reading, name, text) for name in WORDS},
        **{name: mapped(held, reading, name, count) for name in TOKEN_COLUMNS},
        "requests": mapped(held, reading, "requests", count),
        "tool_units": [None] * len(kept.lines),
        "tool_unit": [None] * len(kept.lines),
        "list_amount": mapped(held, reading, "list_amount", amount),
        "billed_amount": mapped(held, reading, "billed_amount", amount),
    }
    codes = mapped(held, reading, "currency", currency)
    amounts = zip(columns["list_amount"], columns["billed_amount"], strict=True)
    has_amount = [pair != (None, None) for pair in amounts]
    for line, code, has in zip(kept.lines, codes, has_amount, strict=True):
        if has and code is None:
            fix = "fill the column, or map currency to a constant."
            reading.fault(line, "currency", "an amount has no currency.", fix)
    columns["currency"] = [
        code if has else None for code, has in zip(codes, has_amount, strict=True)
    ]
    reading.refuse()
    return columns


def in_window(sheet: Sheet, day_column: str, window: Window) -> Sheet:
    """The rows whose day is asked for; every row's day must be readable."""
    reading = Reading(sheet)
    days = reading.column(day_column, utc_day, is_required=True)
    reading.refuse()
    return sheet.take(
        [row for row, day in enumerate(days) if window.first <= day <= window.last]
    )


def placed(held: FileSet, sheet: Sheet, days: list[Any]) -> Columns:
    """Where rows come from and what they count."""
    size = len(sheet.lines)
    return {
        "usage_date": days,
        "set_name": [held.name] * size,
        "file_name": [sheet.name] * size,
        "line": list(sheet.lines),
        "file_format": [held.format] * size,
        "scope": [held.scope or f"files/{held.name}"] * size,
    }


def principals(
    held: FileSet, reading: Reading, ids: str = "", emails: str = ""
) -> Columns:
    """Whose row it is; `ids` and `emails` are columns to use where none is mapped."""
    given = mapped(held, reading, "principal_id", text, ids)
    addresses = mapped(held, reading, "principal_email", email, emails)
    types = mapped(held, reading, "principal_type", text)
    found = [
        name or (address or "").lower()
        for name, address in zip(given, addresses, strict=True)
    ]
    return {
        "principal_type": [
            kind or ("user" if name else "unknown")
            for kind, name in zip(types, found, strict=True)
        ],
        "principal_id": found,
        "principal_email": addresses,
    }


def mapped(
    held: FileSet, reading: Reading, target: str, read: Reader, default: str = ""
) -> list[Any]:
    """The values for a column of ours: of the mapped column, a constant, of the
    `default` column where the file has it, or None throughout."""
    sources: dict[Any, str | Constant] = dict(held.mapping)
    source = sources.get(target)
    size = len(reading.sheet.lines)
    if isinstance(source, Constant):
        return [read(source.constant)] * size
    if source is None:
        return reading.optional(default, read)
    name, dot, key = source.partition(".")
    if dot and name == TAGS and source not in reading.sheet.cells:
        return _tagged(reading, key, read)
    return reading.column(source, read)


def _tagged(reading: Reading, key: str, read: Reader) -> list[Any]:
    cells: Sequence[str | None] = reading.sheet.cells.get(TAGS, ())
    if not cells and reading.sheet.lines:
        return reading.column(TAGS, text)
    values = tag_values(cells, key)
    sheet = reading.sheet
    tagged = Sheet(sheet.source, sheet.name, sheet.lines, {f"{TAGS}.{key}": values})
    within = Reading(tagged)
    found = within.column(f"{TAGS}.{key}", read)
    within.refuse()
    return found

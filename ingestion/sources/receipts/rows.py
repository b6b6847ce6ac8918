"""Lines of a file of receipts: typed, charged to a day, and nobody's twice."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from ingestion.columns import Columns
from ingestion.errors import BadInput
from ingestion.sheets.delimited import (
    Reading,
    amount,
    count,
    csv_sheet,
    currency,
    email,
    utc_day,
)
from ingestion.sheets.values import Unreadable, text
from ingestion.sources.receipts.tables import SOURCE

_MONTH: Final = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


def month(cell: str) -> date:
    """The first day of a month written YYYY-MM."""
    found = _MONTH.fullmatch(cell)
    try:
        if found:
            return date(int(found[1]), int(found[2]), 1)
    except ValueError:
        pass
    raise Unreadable(f"{cell[:40]!r} is no month.", "write it as YYYY-MM.")


def columns(path: Path) -> Columns:
    """All lines of a file as columns of `receipts/receipts`."""
    sheet = csv_sheet(SOURCE, path, path.name)
    reading = Reading(sheet)
    days = reading.optional("day", utc_day)
    months = reading.optional("period", month)
    emails = reading.optional("person_email", email)
    persons = reading.optional("person_id", text)
    told = [
        sheet.cells.get(name, [None] * len(sheet.lines)) for name in ("day", "period")
    ]
    for line, *cells in zip(sheet.lines, *told, strict=True):
        if cells.count(None) != 1:
            problem = "exactly one of day and period must be filled."
            fix = "give the day of a purchase, or the month of a subscription."
            reading.fault(line, "day", problem, fix)
    ids = [
        (address or "").lower() or person or ""
        for address, person in zip(emails, persons, strict=True)
    ]
    found = {
        "charge_date": [
            day or period for day, period in zip(days, months, strict=True)
        ],
        "file_name": [sheet.name] * len(sheet.lines),
        "line": list(sheet.lines),
        "receipt_reference": reading.column("receipt", text, is_required=True),
        "charge_kind": ["usage" if day else "seat" for day in days],
        "principal_type": ["user" if id_ else "unknown" for id_ in ids],
        "principal_id": ids,
        "person_email": emails,
        "person_id": persons,
        "tool": reading.column("tool", text, is_required=True),
        "provider": reading.optional("provider", text),
        "model": reading.optional("model", text),
        "amount": reading.column("amount", amount, is_required=True),
        "currency": reading.column("currency", currency, is_required=True),
        "input_tokens": reading.optional("input_tokens", count),
        "output_tokens": reading.optional("output_tokens", count),
        "approved_on": reading.column("approved_on", utc_day),
    }
    reading.refuse()
    return found


def refuse_repeats(files: Mapping[str, Columns]) -> None:
    """Raises BadInput if a line is there twice, in one file or in two: a receipt that
    is handed in again would count twice."""
    first: dict[tuple[Any, ...], str] = {}
    same = ("receipt_reference", "principal_id", "tool", "charge_date", "amount")
    for name, held in files.items():
        rows = zip(held["line"], *(held[column] for column in same), strict=True)
        for line, *values in rows:
            place, key = f"{name} line {line}", tuple(values)
            if key in first:
                raise BadInput(
                    f"{SOURCE}, {place}",
                    f"the receipt is also on {first[key]}.",
                    field="receipt",
                    fix="remove one of the two lines.",
                )
            first[key] = place

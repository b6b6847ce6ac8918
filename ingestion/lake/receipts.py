"""Receipts: what each pull asked for and what came of it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

import pyarrow as pa

from ingestion.lake.content import schema
from ingestion.lake.tables import RECEIPTS

Outcome = Literal["changed", "unchanged", "unreported", "held"]


@dataclass(frozen=True)
class Receipt:
    """One pull of one table, or of one day of a window table."""

    pull_id: str
    source: str
    table_name: str
    window_day: date | None
    row_count: int
    content_hash: str
    outcome: Outcome
    unknown_fields: str | None
    refreshed_at: datetime | None
    note: str | None
    pulled_at: datetime


def naive(instant: datetime) -> datetime:
    """The instant as the lake keeps it: UTC without a zone. Without one it is UTC."""
    return instant.astimezone(UTC).replace(tzinfo=None) if instant.tzinfo else instant


def receipts_folder(pulled_at: datetime) -> str:
    """The folder of the receipts of all pulls that ended on one UTC day."""
    return f"{RECEIPTS.path}/current/dt={naive(pulled_at).date()}"


def receipts_table(receipts: Iterable[Receipt]) -> pa.Table:
    """The receipts as rows of their lake table."""
    rows: list[dict[str, Any]] = []
    for receipt in receipts:
        row = asdict(receipt)
        row["known_at"] = row["pulled_at"] = naive(receipt.pulled_at)
        if receipt.refreshed_at is not None:
            row["refreshed_at"] = naive(receipt.refreshed_at)
        rows.append(row)
    return pa.Table.from_pylist(rows, schema=schema(RECEIPTS))

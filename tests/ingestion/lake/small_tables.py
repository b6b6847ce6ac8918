"""Small tables, pages and clocks for tests of the lake."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa

from ingestion.page import Page
from ingestion.table import Table, columns
from ingestion.window import Window

NOON = datetime(2027, 2, 5, 12, tzinfo=UTC)
FIRST = date(2027, 1, 1)

SPEND = Table(
    "vendor",
    "spend",
    "What a person spent in a day.",
    "window",
    key=("usage_date", "person", "model"),
    columns=columns(
        ("usage_date", "date", "Day."),
        ("person", "string", "Person."),
        ("model", "string", "Model; null if none."),
        ("tokens", "bigint", "Tokens."),
        ("amount", "decimal(38,12)", "Cents."),
        ("note", "string", "Note."),
    ),
    day_column="usage_date",
)
ISSUES = Table(
    "tracker",
    "issues",
    "Issues.",
    "entity",
    key=("site", "issue_id"),
    columns=columns(
        ("site", "string", "Site."),
        ("issue_id", "string", "Issue."),
        ("title", "string", "Title."),
        ("points", "double", "Points."),
        ("updated_at", "timestamp", "Updated."),
    ),
)
MEMBERS = Table(
    "tracker",
    "members",
    "Members.",
    "entity",
    key=("site", "member"),
    columns=columns(
        ("site", "string", "Site."),
        ("member", "string", "Member; null is the owner."),
        ("is_active", "boolean", "Active."),
    ),
    is_census=True,
)


@dataclass
class Hand:
    """A clock that moves only when told."""

    at: datetime = NOON

    def now(self) -> datetime:
        return self.at

    def on(self, **step: float) -> datetime:
        """Move on, an hour if nothing is said; returns the new time."""
        self.at += timedelta(**(step or {"hours": 1}))
        return self.at


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def days(first: int, last: int) -> Window:
    return Window(day(first), day(last))


def spend_page(rows: Sequence[tuple[Any, ...]], body: bytes = b"{}") -> Page:
    """A page of (day number, person, tokens[, model, amount, note]) rows."""
    usual = ("m", Decimal("1.5"), None)
    wide = [(*row, *usual[len(row) - 3 :]) for row in rows]
    return Page(
        {
            "usage_date": [day(row[0]) for row in wide],
            "person": [row[1] for row in wide],
            "tokens": [row[2] for row in wide],
            "model": [row[3] for row in wide],
            "amount": [row[4] for row in wide],
            "note": [row[5] for row in wide],
        },
        body,
    )


def issues_page(*rows: tuple[str, str, int], site: str = "s") -> Page:
    """A page of (id, title, hours after noon of its update) rows."""
    return Page(
        {
            "site": [site] * len(rows),
            "issue_id": [row[0] for row in rows],
            "title": [row[1] for row in rows],
            "points": [None] * len(rows),
            "updated_at": [NOON + timedelta(hours=row[2]) for row in rows],
        },
        b"{}",
    )


def members_page(*members: str | None, site: str = "s") -> Page:
    return Page(
        {
            "site": [site] * len(members),
            "member": list(members),
            "is_active": [True] * len(members),
        }
    )


def people(count: int, number: int = 0) -> list[tuple[int, str, int]]:
    """Rows of that many people on one day."""
    return [(number, f"p{n:03d}", n) for n in range(count)]


def spent(table: pa.Table) -> set[tuple[date, str, int]]:
    return set(
        zip(
            table["usage_date"].to_pylist(),
            table["person"].to_pylist(),
            table["tokens"].to_pylist(),
            strict=True,
        )
    )


def titles(table: pa.Table) -> dict[str, str]:
    """Issue → title of the issues that are listed."""
    return {
        row["issue_id"]: row["title"]
        for row in table.to_pylist()
        if row["removed_at"] is None
    }


def listed(table: pa.Table) -> set[str | None]:
    return {row["member"] for row in table.to_pylist() if row["removed_at"] is None}


def failing(*pages: Page) -> Iterator[Page]:
    """These pages, and then the vendor fails."""
    yield from pages
    raise ConnectionError("the vendor went away")

"""A page: what a source yields and the lake lands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from ingestion.window import Window


@dataclass(frozen=True)
class Page:
    """Rows as columns, beside the redacted body they were read from.

    `columns` holds one equally long sequence per column of the table, in any order.
    A source that is no HTTP API (Git, files) leaves `body` empty. A page without rows
    says in `note` why, as far as the vendor tells; the receipt keeps it.

    `unreported` are days that the vendor does not report, not yet or no longer: what
    landed of them before stays. `coarse` are days of which it tells less than it once
    did: they land only where nothing has.
    """

    columns: Mapping[str, Sequence[Any]]
    body: bytes = b""
    refreshed_at: datetime | None = None
    unknown_fields: frozenset[str] = field(default_factory=frozenset)
    note: str = ""
    unreported: Window | None = None
    coarse: Window | None = None

    @property
    def row_count(self) -> int:
        """Rows of the page."""
        return len(next(iter(self.columns.values()), ()))


def explained(pages: Iterable[Page], note: str) -> Iterator[Page]:
    """The pages as they come; if none has a row, the last one carries the note."""
    last: Page | None = None
    is_empty = True
    for page in pages:
        is_empty = is_empty and page.row_count == 0
        if last is not None:
            yield last
        last = page
    if last is not None:
        yield replace(last, note=last.note or note) if is_empty else last

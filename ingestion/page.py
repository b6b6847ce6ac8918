"""A page: what a source yields and the lake lands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Page:
    """Rows as columns, beside the redacted body they were read from.

    `columns` holds one equally long sequence per column of the table, in any order.
    A source that is no HTTP API (Git, files) leaves `body` empty.
    """

    columns: Mapping[str, Sequence[Any]]
    body: bytes = b""
    refreshed_at: datetime | None = None
    unknown_fields: frozenset[str] = field(default_factory=frozenset)

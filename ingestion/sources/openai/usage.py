"""Usage per day: one endpoint after another, into one table.

days → endpoints → ranges of 31 → pages of whole days, oldest first → columns
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from ingestion.columns import Columns, named
from ingestion.decoding import Shape
from ingestion.errors import Misconfigured, MissingPermission
from ingestion.http import Api
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.openai import shapes
from ingestion.sources.openai.paging import (
    MOST_DAYS,
    UNREAD,
    Report,
    range_params,
    report_pages,
    rows_of,
    usage_dates,
)
from ingestion.sources.openai.tables import USAGE
from ingestion.window import Window

PATH: Final = "/v1/organization/usage"
_KEY: Final = ("project_id", "user_id", "api_key_id")
_MODEL: Final = (*_KEY, "model")
_INPUT_PARTS: Final = (
    "input_cached_tokens",
    "input_cache_write_tokens",
    "input_uncached_tokens",
)
# The vendor's names that say too little beside those of other endpoints.
_COLUMN_OF: Final = {
    "batch": "is_batch",
    "size": "image_size",
    "source": "image_source",
}


@dataclass(frozen=True)
class Endpoint:
    """A usage endpoint: what it groups by, and the numbers that are read of it."""

    name: str
    row: type[Any]
    dimensions: tuple[str, ...]
    measures: tuple[str, ...]
    shape: Shape[Any] = field(init=False)

    def __post_init__(self) -> None:
        shape = Shape[Any](Report[self.row], USAGE.path)
        object.__setattr__(self, "shape", shape)

    @property
    def path(self) -> str:
        """Its path below the vendor's address."""
        return f"{PATH}/{self.name}"


_CALLS: Final = "num_model_requests"
# Every organisation has the first; the others are left out where they are not offered.
COMPLETIONS: Final = Endpoint(
    "completions",
    shapes.Completions,
    (*_MODEL, "batch", "service_tier"),
    ("input_tokens", *_INPUT_PARTS, "output_tokens", _CALLS),
)
ENDPOINTS: Final = (
    COMPLETIONS,
    Endpoint("embeddings", shapes.Inputs, _MODEL, ("input_tokens", _CALLS)),
    Endpoint("moderations", shapes.Inputs, _MODEL, ("input_tokens", _CALLS)),
    Endpoint("images", shapes.Images, (*_MODEL, "size", "source"), ("images", _CALLS)),
    Endpoint("audio_speeches", shapes.Speeches, _MODEL, ("characters", _CALLS)),
    Endpoint(
        "audio_transcriptions", shapes.Transcriptions, _MODEL, ("seconds", _CALLS)
    ),
    Endpoint("vector_stores", shapes.VectorStores, ("project_id",), ("usage_bytes",)),
    Endpoint(
        "code_interpreter_sessions",
        shapes.Sessions,
        ("project_id",),
        ("num_sessions",),
    ),
    Endpoint(
        "file_search_calls",
        shapes.FileSearches,
        (*_KEY, "vector_store_id"),
        ("num_requests",),
    ),
    Endpoint(
        "web_search_calls",
        shapes.WebSearches,
        (*_MODEL, "context_level"),
        ("num_requests", _CALLS),
    ),
)


def usage(api: Api, window: Window) -> Iterator[Page]:
    """Pages of `openai/usage`; an endpoint that is not offered yields one page without
    rows that says so."""
    for endpoint in ENDPOINTS:
        yield from endpoint_usage(api, window, endpoint)


def endpoint_usage(api: Api, window: Window, endpoint: Endpoint) -> Iterator[Page]:
    """Pages of one endpoint; raises MissingPermission if the key may not read usage at
    all, or if an endpoint refuses after it has answered."""
    has_answered = False
    try:
        for part in window.ranges(MOST_DAYS):
            params = range_params(part, endpoint.dimensions)
            pages = report_pages(api, endpoint.path, params, endpoint.shape)
            for report, body in pages:
                has_answered = True
                yield _page(report, body, endpoint)
    except Misconfigured as error:
        if has_answered or endpoint is COMPLETIONS or not _is_not_offered(error):
            raise
        status = 403 if isinstance(error, MissingPermission) else 404
        yield Page(
            _columns(Report([], False), endpoint),
            note=f"{endpoint.name} is not offered to this key: status {status}",
        )


def _is_not_offered(error: Misconfigured) -> bool:
    """Whether the vendor refused this one endpoint, and not the key or the question."""
    return isinstance(error, MissingPermission) or "status 404" in error.problem


def _page(report: Report[Any], body: bytes, endpoint: Endpoint) -> Page:
    columns = _columns(report, endpoint)
    unread = UNREAD | shapes.UNREAD_PARTS
    return Page(
        columns,
        body=redact(body),
        unknown_fields=endpoint.shape.unknown_fields(body) - unread,
        note="" if columns["usage_date"] else f"no usage of {endpoint.name} reported",
    )


def _columns(report: Report[Any], endpoint: Endpoint) -> Columns:
    """All columns of the table: those that the endpoint does not tell are null."""
    rows = rows_of(report)
    told = named(rows, (*endpoint.dimensions, *endpoint.measures))
    return {
        **{column.name: [None] * len(rows) for column in USAGE.columns},
        **{_COLUMN_OF.get(name, name): values for name, values in told.items()},
        "usage_date": usage_dates(report, endpoint.shape),
        "endpoint": [endpoint.name] * len(rows),
    }

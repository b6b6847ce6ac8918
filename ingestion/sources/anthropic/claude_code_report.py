"""The Claude Code report: what came of its use, and tokens by model.

one UTC day a request → rows by actor and terminal → counters, or tokens by model

The report has several rows for a person's day. Its tokens are part of what the usage
report counts, and are read only to be compared.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from msgspec import UNSET, Struct, UnsetType

from ingestion.clock import Clock
from ingestion.columns import Columns, named
from ingestion.decoding import MISSING, Shape
from ingestion.http import Api
from ingestion.page import Page, explained
from ingestion.redaction import redact
from ingestion.sources.anthropic import tables
from ingestion.sources.anthropic.cents import cents
from ingestion.sources.anthropic.columns import summed, utc_days
from ingestion.sources.anthropic.paging import report_pages
from ingestion.sources.anthropic.shapes import Report
from ingestion.window import ONE_DAY, Window

PATH: Final = "/v1/organizations/usage_report/claude_code"
LIMIT: Final = 1000  # rows a page, the most the vendor allows
SETTLES_AFTER: Final = timedelta(hours=1)  # younger data are not in the report
NOTHING: Final = "the vendor reports no use of Claude Code for these days"
NOT_YET: Final = "no report for this day yet: it is complete an hour after its end"


class Coder(Struct, gc=False):
    """A user by e-mail, or an API key by its name."""

    type: str
    email_address: str | UnsetType | None = UNSET
    api_key_name: str | UnsetType | None = UNSET


class Lines(Struct, gc=False):
    """Lines of code."""

    added: int
    removed: int


class Metrics(Struct, gc=False):
    """What came of the sessions."""

    num_sessions: int
    lines_of_code: Lines
    commits_by_claude_code: int
    pull_requests_by_claude_code: int


class Verdicts(Struct, gc=False):
    """Proposals of a tool."""

    accepted: int
    rejected: int


class Tools(Struct, gc=False):
    """Tools that change files."""

    edit_tool: Verdicts
    multi_edit_tool: Verdicts
    notebook_edit_tool: Verdicts
    write_tool: Verdicts


class ModelTokens(Struct, gc=False):
    """Tokens of a model; input excludes those of the cache."""

    input: int
    output: int
    cache_read: int
    cache_creation: int


class Estimate(Struct, gc=False):
    """A number of cents, and not, as elsewhere at this vendor, text."""

    amount: Decimal
    currency: str


class ModelUse(Struct, gc=False):
    """One model of a row."""

    model: str
    tokens: ModelTokens
    estimated_cost: Estimate


class Row(Struct, gc=False):
    """One row: a day of an actor in one kind of terminal."""

    date: str
    actor: Coder
    customer_type: str
    terminal_type: str | None
    is_remote: bool
    core_metrics: Metrics
    tool_actions: Tools
    model_breakdown: list[ModelUse]
    subscription_type: str | None = None


CODE: Final = Shape(Report[Row], tables.CLAUDE_CODE.path)
MODELS: Final = Shape(Report[Row], tables.CLAUDE_CODE_MODELS.path)
_UNREAD: Final = frozenset({"data[].organization_id"})
_NEEDS: Final = {"user_actor": "email_address", "api_actor": "api_key_name"}
_COUNTS: Final = tuple(c.name for c in tables.CLAUDE_CODE.columns if c.type == "bigint")
_TOKENS: Final = tuple(
    c.name for c in tables.CLAUDE_CODE_MODELS.columns if c.type == "bigint"
)
Read = Callable[[Sequence[Row]], Columns]


def claude_code(api: Api, window: Window, clock: Clock) -> Iterator[Page]:
    """Sessions, lines, commits and verdicts by day, actor and terminal."""
    return explained(_pages(api, window, clock, CODE, _count_columns), NOTHING)


def claude_code_models(api: Api, window: Window, clock: Clock) -> Iterator[Page]:
    """Tokens and estimated cents by day, actor, terminal and model."""
    return explained(_pages(api, window, clock, MODELS, _model_columns), NOTHING)


def _pages(
    api: Api, window: Window, clock: Clock, shape: Shape[Report[Row]], read: Read
) -> Iterator[Page]:
    for day in window.days():
        if not _is_settled(day, clock):
            yield Page(read([]), note=NOT_YET, unreported=Window(day, day))
            continue
        params = [("starting_at", day.isoformat()), ("limit", str(LIMIT))]
        for report, body in report_pages(api, PATH, params, shape):
            yield Page(
                read(report.data),
                body=redact(body),
                refreshed_at=report.data_refreshed_at,
                unknown_fields=shape.unknown_fields(body) - _UNREAD,
            )


def _is_settled(day: date, clock: Clock) -> bool:
    end = datetime.combine(day + ONE_DAY, datetime.min.time(), UTC)
    return clock.now() >= end + SETTLES_AFTER


def _count_columns(rows: Sequence[Row]) -> Columns:
    """Rows that nothing but a counter tells apart are added."""
    metrics = [row.core_metrics for row in rows]
    counts = {
        "num_sessions": [each.num_sessions for each in metrics],
        "lines_of_code_added": [each.lines_of_code.added for each in metrics],
        "lines_of_code_removed": [each.lines_of_code.removed for each in metrics],
        **named(metrics, ("commits_by_claude_code", "pull_requests_by_claude_code")),
        **{
            f"{tool}_{verdict}": [
                getattr(getattr(row.tool_actions, tool), verdict) for row in rows
            ]
            for tool in tables.TOOLS
            for verdict in ("accepted", "rejected")
        },
    }
    return summed({**_session_columns(rows, CODE), **counts}, _COUNTS)


def _model_columns(rows: Sequence[Row]) -> Columns:
    pairs = [(row, used) for row in rows for used in row.model_breakdown]
    models = [used for _, used in pairs]
    tokens = [used.tokens for used in models]
    costs = [used.estimated_cost for used in models]
    field = "data[].model_breakdown[].estimated_cost.amount"
    amounts = [str(cost.amount) for cost in costs]
    columns = {
        **_session_columns([row for row, _ in pairs], MODELS),
        "model": [used.model for used in models],
        "input_tokens": [each.input for each in tokens],
        "output_tokens": [each.output for each in tokens],
        "cache_read_tokens": [each.cache_read for each in tokens],
        "cache_creation_tokens": [each.cache_creation for each in tokens],
        "estimated_cost_cents": cents(amounts, tables.CLAUDE_CODE_MODELS.path, field),
        "currency": [cost.currency for cost in costs],
    }
    return summed(columns, (*_TOKENS, "estimated_cost_cents"))


def _session_columns(rows: Sequence[Row], shape: Shape[Any]) -> Columns:
    """Whose day in which terminal; raises SchemaChanged naming what an actor lacks."""
    actors = [row.actor for row in rows]
    for actor in actors:
        needed = _NEEDS.get(actor.type)
        if needed is not None and getattr(actor, needed) is UNSET:
            raise shape.changed(f"data[].actor.{needed}", MISSING)
    return {
        "usage_date": utc_days([row.date for row in rows], shape),
        "actor_type": [actor.type for actor in actors],
        "email_address": [actor.email_address or None for actor in actors],
        "api_key_name": [actor.api_key_name or None for actor in actors],
        **named(rows, ("customer_type", "subscription_type")),
        **named(rows, ("terminal_type", "is_remote")),
    }

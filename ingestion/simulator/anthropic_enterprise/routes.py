"""Routes of the organisation: signing in, limits, and the rows of three reports."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import msgspec
import numpy as np
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ingestion.simulator import timeline
from ingestion.simulator.anthropic.answers import Refused, answer, rfc3339
from ingestion.simulator.anthropic.groups import cents
from ingestion.simulator.anthropic.keys import ADMIN_KEY
from ingestion.simulator.anthropic.parameters import (
    Cursor,
    Items,
    Parameters,
    invalid,
    whole_days,
)
from ingestion.simulator.anthropic.rows import TOKEN_TYPES
from ingestion.simulator.anthropic_enterprise import activity
from ingestion.simulator.anthropic_enterprise.seats import (
    beyond_seat,
    newest_activity,
    seats,
    served,
)
from ingestion.simulator.company import Company
from ingestion.simulator.limiter import Limiter
from ingestion.simulator.members import Member
from ingestion.simulator.prices import WEB_SEARCH_PICO
from ingestion.simulator.randomness import identifier
from ingestion.simulator.usage import CONTEXTS, GEOS, MODELS, PRODUCTS, Usage
from ingestion.simulator.world import World

ANALYTICS_KEY: Final = "sk-ant-api01-analytics-demo"
# Valid at the vendor, but of a Console organisation.
CONSOLE_KEY: Final = ADMIN_KEY
_PER_MINUTE: Final = 60
_FIRST_DAY: Final = date(2026, 1, 1)
_FIRST_INSTANT: Final = datetime(2026, 1, 1, tzinfo=UTC)
_DIMENSIONS: Final = ("product", "model", "context_window", "inference_geo")
_KINDS: Final = ("cost_type", "token_type")
_KNOWN: Final = (
    "starting_at", "ending_at", "bucket_width", "group_by[]", "limit", "page",
)  # fmt: skip
Body = dict[str, object]
Amount = tuple[str, str | None, int]


def routes(world: World) -> Sequence[Route]:
    """The reports by user; those of the whole organisation are not simulated."""
    limiter = Limiter(_PER_MINUTE, world.throttles)
    reports: dict[str, Callable[[World, Items], Body]] = {
        "user_usage_report": usage_report,
        "user_cost_report": cost_report,
        "users": users_report,
    }
    return [_route(world, name, body, limiter) for name, body in reports.items()]


def _route(
    world: World, name: str, body: Callable[[World, Items], Body], limiter: Limiter
) -> Route:
    async def endpoint(request: Request) -> Response:
        try:
            _check(request)
            seconds = limiter.retry_after()
            if seconds is not None:
                wait = {"retry-after": str(seconds)}
                raise Refused("rate_limit_error", "Rate limit exceeded", wait)
            return answer(body(world, request.query_params.multi_items()))
        except Refused as refused:
            return refused.response()

    return Route(f"/v1/organizations/analytics/{name}", endpoint, methods=["GET"])


def _check(request: Request) -> None:
    """Raises Refused for who may not ask."""
    key = request.headers.get("x-api-key")
    if key not in {ANALYTICS_KEY, CONSOLE_KEY}:
        raise Refused("authentication_error", "invalid x-api-key")
    if "anthropic-version" not in request.headers:
        raise invalid("anthropic-version: header is required")
    if key == CONSOLE_KEY:
        raise Refused("permission_error", "Analytics is not available to this key.")


def usage_report(world: World, items: Items) -> Body:
    """Body of `/user_usage_report`: most tokens first."""
    return _report(world, items, "usage", _DIMENSIONS, _usage_rows)


def cost_report(world: World, items: Items) -> Body:
    """Body of `/user_cost_report`: what goes beyond the seats."""
    return _report(world, items, "cost", (*_DIMENSIONS, *_KINDS), _cost_rows)


def users_report(world: World, items: Items) -> Body:
    """Body of `/users`: active users of one day, by e-mail."""
    parameters = Parameters(items, ("date", "limit", "page"))
    day = _day(parameters)
    newest = newest_activity(world.present)
    if day < _FIRST_DAY:
        raise invalid(f"date: must be no earlier than {_FIRST_DAY}")
    if day > newest:
        raise invalid(f"date: {day} is not available yet; the latest is {newest}")
    limit = parameters.limit(1000, 100)
    cursor = parameters.cursor("users", world.present)
    at, number = cursor.at, timeline.index(day)
    known = seats(world.company)
    found = activity.activity(world.company, at, number, number)
    after = cursor.offset + limit
    token = parameters.token("users", Cursor(after, at))
    shown = range(cursor.offset, min(after, len(found.day)))
    rows = [
        activity.row(found, n, _person(known[int(found.user[n])], at.date()))
        for n in shown
    ]
    return {"data": rows, "next_page": token if after < len(found.day) else None}


def _report(
    world: World,
    items: Items,
    name: str,
    dimensions: Sequence[str],
    rows: Callable[[Company, Usage, datetime], list[Any]],
) -> Body:
    parameters = Parameters(items, _KNOWN)
    first, after_day = _days(world.present, parameters)
    if sorted(parameters.every("group_by[]")) != sorted(dimensions):
        raise invalid(f"group_by[]: this simulator groups by {', '.join(dimensions)}")
    limit = parameters.limit(1000, 20)
    cursor = parameters.cursor(name, world.present)

    def every() -> list[Any]:
        used = served(world.company, cursor.at)
        used = used.take((used.day >= first) & (used.day < after_day))
        return rows(world.company, used, cursor.at)

    found = world.once((name, "enterprise", first, after_day, cursor.at), every)
    after = cursor.offset + limit
    has_more = after < len(found)
    token = parameters.token(name, Cursor(after, cursor.at))
    return {
        "data": found[cursor.offset : after],
        "data_refreshed_at": rfc3339(world.refreshed_at(cursor.at)),
        "has_more": has_more,
        "next_page": token if has_more else None,
        "organization_id": identifier("org", world.company.seed, "enterprise"),
    }


def _days(now: datetime, parameters: Parameters) -> tuple[int, int]:
    """The first day, and the one after the last."""
    start = parameters.instant("starting_at")
    end = parameters.instant("ending_at")
    if start is None or end is None:
        raise invalid("starting_at and ending_at: Field required")
    if start < _FIRST_INSTANT or start < now - timedelta(days=365):
        raise invalid("starting_at: must be within the last 365 days, and in 2026")
    if not start < end <= start + timedelta(days=31):
        raise invalid("ending_at: the range must be of 1 to 31 days")
    if parameters.one("bucket_width") != "1d":
        raise invalid("bucket_width: this simulator reports whole days only")
    first, after = whole_days(start, end)
    return timeline.index(first.date()), timeline.index(after.date())


def _usage_rows(company: Company, used: Usage, at: datetime) -> list[Any]:
    order = np.argsort(-used.tokens.sum(axis=1), kind="stable")
    used = used.take(order)
    heads = _heads(company, used, at)
    columns = zip(
        heads, used.tokens.tolist(), used.requests.tolist(), used.searches.tolist(),
        strict=True,
    )  # fmt: skip
    return [
        {
            **head,
            "uncached_input_tokens": tokens[0],
            "cache_read_input_tokens": tokens[1],
            "cache_creation": {
                "ephemeral_1h_input_tokens": tokens[3],
                "ephemeral_5m_input_tokens": tokens[2],
            },
            "output_tokens": tokens[4],
            "total_tokens": sum(tokens),
            "requests": requests,
            "server_tool_use": {"web_search_requests": searches},
        }
        for head, tokens, requests, searches in columns
    ]


def _cost_rows(company: Company, used: Usage, at: datetime) -> list[Any]:
    charged = beyond_seat(used)
    picos = (charged.tokens * charged.unit_prices()).tolist()
    columns = zip(_heads(company, charged, at), picos, charged.searches.tolist(),
                  strict=True)  # fmt: skip
    return [
        {
            **head,
            "amount": cents(pico),
            "list_amount": cents(pico),
            "currency": "USD",
            "cost_type": kind,
            "token_type": token_type,
            "requests": None,
        }
        for head, by_class, searches in columns
        for kind, token_type, pico in _amounts(by_class, searches)
    ]


def _amounts(by_class: Sequence[int], searches: int) -> list[Amount]:
    tokens: list[Amount] = [
        ("tokens", name, pico) for name, pico in zip(TOKEN_TYPES, by_class, strict=True)
    ]
    found = [*tokens, ("web_search", None, searches * WEB_SEARCH_PICO)]
    return [amount for amount in found if amount[2]]


def _heads(company: Company, used: Usage, at: datetime) -> list[Body]:
    """Whose row it is and of what, under the vendor's names."""
    known = [
        msgspec.Raw(msgspec.json.encode(_actor(member, at.date())))
        for member in seats(company)
    ]
    columns = zip(
        used.day.tolist(), used.principal.tolist(), used.product.tolist(),
        used.model.tolist(), used.context.tolist(), used.geo.tolist(), strict=True,
    )  # fmt: skip
    return [
        {
            "actor": known[user],
            "product": PRODUCTS[product],
            "model": MODELS[model],
            "context_window": CONTEXTS[context],
            "inference_geo": GEOS[geo],
            "rbac_group_id": None,
            "slack_channel_id": None,
            "speed": None,
            "starting_at": f"{timeline.day_at(day)}T00:00:00Z",
            "ending_at": f"{timeline.day_at(day + 1)}T00:00:00Z",
        }
        for day, user, product, model, context, geo in columns
    ]


def _actor(member: Member, today: date) -> Body:
    """A seat user; who was removed has neither e-mail nor name."""
    is_deleted = member.is_deleted(today)
    return {
        "type": "user_actor",
        "user_id": member.user_id,
        "email": None if is_deleted else member.email(today),
        "name": None if is_deleted else member.full_name,
        "deleted": is_deleted,
    }


def _person(member: Member, today: date) -> Body:
    return {
        "id": member.user_id,
        "email_address": member.email(today),
        "type": "user",
    }


def _day(parameters: Parameters) -> date:
    text = parameters.one("date") or ""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise invalid("date: must be a day, YYYY-MM-DD") from None

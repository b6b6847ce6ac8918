"""Routes of the vendor: activity of a day, and keys page by page."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# pyarrow ships no types.

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ingestion.simulator.limiter import Limiter
from ingestion.simulator.openrouter.account import (
    CALLS_KEY,
    HORIZON_DAYS,
    KEY,
    KEYS_A_PAGE,
    MODELS,
    PER_MINUTE,
    Account,
    Shown,
    report,
)
from ingestion.simulator.randomness import unique_id
from ingestion.simulator.usage import Integers
from ingestion.simulator.world import World


def _served(world: World) -> Shown:
    at = world.present
    return world.once("openrouter", lambda: report(world.company).shown(at))


def routes(world: World) -> Sequence[Route]:
    """A day's activity, and the keys."""
    limiter = Limiter(PER_MINUTE, world.throttles)

    async def endpoint(request: Request) -> Response:
        key = request.headers.get("authorization", "").removeprefix("Bearer ")
        if key not in {KEY, CALLS_KEY}:
            return refusal(401, "User not found.", {})
        if key == CALLS_KEY:
            return refusal(403, "Only management keys can perform this operation", {})
        if (seconds := limiter.retry_after()) is not None:
            return refusal(429, "Rate limit exceeded", {"retry-after": str(seconds)})
        query = request.query_params
        if request.url.path.endswith("/keys"):
            return _keys(world, query)
        return _activity(world, query)

    return [
        Route(f"/{name}", endpoint, methods=["GET"]) for name in ("activity", "keys")
    ]


def _activity(world: World, query: Mapping[str, str]) -> Response:
    """A day's usage of one key or of all, by model; one endpoint serves a model."""
    today = world.present.date()
    try:
        day = date.fromisoformat(query.get("date", ""))
    except ValueError:
        return refusal(400, "date: YYYY-MM-DD", {})
    if not today - timedelta(days=HORIZON_DAYS) <= day < today:
        said = f"date must be within the last {HORIZON_DAYS} (completed) UTC days"
        return refusal(400, said, {})
    shown = _served(world).within(day, day)
    known = report(world.company).accounts
    wanted = query.get("api_key_hash")
    is_asked = np.array([wanted in (None, each.key_hash) for each in known])
    rows: list[dict[str, Any]] = []
    for model in range(len(MODELS)):
        kept = is_asked[shown.account] & (shown.model == model)
        if np.any(kept):
            rows.append(_row(day, model, shown, kept))
    return Response(msgspec.json.encode({"data": rows}), 200)


def _row(
    day: date, model: int, shown: Shown, kept: NDArray[np.bool_]
) -> dict[str, Any]:
    name, dated, provider = MODELS[model]
    uncached, cached, output = map(int, shown.tokens[kept].sum(axis=0))
    return {
        "date": day,
        "model": name,
        "model_permaslug": dated,
        "endpoint_id": unique_id("openrouter", "endpoint", name),
        "provider_name": provider,
        "usage": _number(shown.charged[kept]),
        "byok_usage_inference": _number(shown.byok[kept]),
        "requests": int(shown.requests[kept].sum()),
        "prompt_tokens": uncached + cached,
        "completion_tokens": output,
        "reasoning_tokens": int(reasoning(shown.tokens[kept]).sum()),
        "cached_tokens": cached,
    }


def reasoning(tokens: Integers) -> Integers:
    return tokens[:, -1] * 3 // 10


def _number(pico: Integers) -> msgspec.Raw:
    return msgspec.Raw(format(dollars(pico.sum()), "f").encode())


def dollars(pico: Any) -> Decimal:
    return Decimal(int(pico)).scaleb(-12)


def _keys(world: World, query: Mapping[str, str]) -> Response:
    offset = query.get("offset", "0")
    if not offset.isdigit():
        return refusal(400, "offset: a whole number", {})
    if "workspace_id" in query:
        return Response(msgspec.json.encode({"data": []}), 200)
    accounts = report(world.company).accounts
    listed = [each for each in accounts if each.is_listed(world.present)]
    page = listed[int(offset) : int(offset) + KEYS_A_PAGE]
    return Response(msgspec.json.encode({"data": [_key(each) for each in page]}), 200)


def _key(account: Account) -> dict[str, Any]:
    return {
        "hash": account.key_hash,
        "name": account.name,
        "label": "sk-or-v1-0e6...1c96",
        "disabled": False,
        "limit": 100 if account.person else None,
        "limit_remaining": 74.5 if account.person else None,
        "limit_reset": "monthly" if account.person else None,
        "include_byok_in_limit": False,
        "usage": 25.5,
        "byok_usage": 0,
        "workspace_id": unique_id("openrouter", "workspace"),
        "creator_user_id": "user_demo",
        "created_at": datetime.combine(date(2026, 10, 20), time(8), UTC),
        "updated_at": None,
        "expires_at": None,
    }


def refusal(status: int, message: str, headers: Mapping[str, str]) -> Response:
    """A refusal as the vendor words it."""
    body = {"error": {"code": status, "message": message}}
    return Response(msgspec.json.encode(body), status, dict(headers))

"""Routes of the proxy: logs and sums by page, and the lists of users and keys."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false, reportUnknownArgumentType=false
# pyarrow ships no types.

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ingestion.simulator import timeline
from ingestion.simulator.litellm.calls import (
    KEY,
    MODELS,
    POOL,
    VIEWER_KEY,
    Calls,
    calls,
)
from ingestion.simulator.litellm.sums import page
from ingestion.simulator.randomness import unique_id
from ingestion.simulator.world import World
from ingestion.window import ONE_DAY, Window

_SUMS: Final = "/user/daily/activity"
_REPORTS: Final = ("/spend/logs/v2", _SUMS)


def routes(world: World) -> Sequence[Route]:
    """Logs and sums by page, and the lists of users and keys."""

    async def endpoint(request: Request) -> Response:
        key = request.headers.get("authorization", "").removeprefix("Bearer ")
        if key not in {KEY, VIEWER_KEY}:
            return refusal(401, "Authentication Error, invalid proxy key", {})
        path = request.url.path.rsplit("/litellm", 1)[-1]
        query = request.query_params
        if path in _REPORTS:
            if key == VIEWER_KEY:
                return refusal(403, "user not allowed to access this route", {})
            return _report(world, path, query)
        rows = _users(world) if path == "/user/list" else _keys(world)
        number, size = int(query.get("page", "1")), 2
        total_pages = -(-len(rows) // size)
        part = rows[(number - 1) * size : number * size]
        if path == "/user/list":
            body = {"users": part, "total": len(rows), "page": number}
            return _answer({**body, "page_size": size, "total_pages": total_pages})
        body = {"keys": part, "total_count": len(rows), "current_page": number}
        return _answer({**body, "total_pages": total_pages})

    return [
        Route(path, endpoint, methods=["GET"])
        for path in (*_REPORTS, "/user/list", "/key/list")
    ]


def _report(world: World, path: str, query: Mapping[str, str]) -> Response:
    """A page of the calls, or of their sums by day, whose last day is inclusive."""
    try:
        first = datetime.fromisoformat(query["start_date"])
        end = datetime.fromisoformat(query["end_date"])
    except (KeyError, ValueError):
        return refusal(400, "start_date and end_date are required", {})
    size, number = int(query.get("page_size", "50")), int(query.get("page", "1"))
    if not 1 <= size <= 1000:
        return refusal(400, "page_size: at most 1000", {})
    size = min(size, 7)  # so that a day has more than one page
    found = calls(world.company)
    if path == _SUMS:
        days = Window(first.date(), end.date())
        return _answer(page(found, found.within(world.present, days), number, size))
    days = Window(first.date(), max(first, end - ONE_DAY).date())
    rows = found.within(world.present, days)
    part = [_log(found, int(n)) for n in rows[(number - 1) * size : number * size]]
    return _answer(
        {
            "data": part,
            "total": len(rows),
            "page": number,
            "page_size": size,
            "total_pages": -(-len(rows) // size),
            "total_is_capped": False,
        }
    )


def _log(found: Calls, n: int) -> dict[str, Any]:
    caller = found.callers[int(found.caller[n])]
    model, provider, _, _ = MODELS[int(found.model[n])]
    uncached, read, written, output = map(int, found.tokens[n])
    at = datetime.combine(timeline.day_at(int(found.day[n])), datetime.min.time(), UTC)
    started = at + timedelta(seconds=int(found.second[n]))
    spend = Decimal(int(found.pico[n].sum())).scaleb(-12)
    return {
        "request_id": unique_id("litellm", n),
        "call_type": "acompletion",
        "api_key": caller.api_key,
        "spend": msgspec.Raw(format(spend, "f").encode()),
        "total_tokens": uncached + read + written + output,
        "prompt_tokens": uncached + read + written,
        "completion_tokens": output,
        "startTime": started,
        "endTime": started + timedelta(seconds=4),
        "model": f"{provider}/{model}",
        "model_group": model,
        "custom_llm_provider": provider,
        "user": caller.user_id or "",
        "metadata": {"additional_usage_values": _cached(provider, read, written)},
        "messages": {},
        "response": {},
        "team_id": None,
        "status": "success",
        "session_id": unique_id("litellm", "session", n),
    }


def _cached(provider: str, read: int, written: int) -> dict[str, Any]:
    """Counters of caches: only Anthropic's stand at the top."""
    if provider != "anthropic":
        return {"prompt_tokens_details": {"cached_tokens": read}}
    return {"cache_read_input_tokens": read, "cache_creation_input_tokens": written}


def _users(world: World) -> list[dict[str, Any]]:
    return [
        {
            "user_id": caller.user_id,
            "user_email": None,
            "user_role": "internal_user",
            "spend": 0.0,
            "max_budget": 100.0,
            "budget_duration": "30d",
            "budget_reset_at": "2027-03-01T00:00:00Z",
        }
        for caller in calls(world.company).callers
        if caller.user_id
    ]


def _keys(world: World) -> list[dict[str, Any]]:
    return [
        {
            "token": caller.api_key,
            "key_alias": caller.user_id or POOL,
            "user_id": caller.user_id,
            "team_id": None,
            "spend": 0.0,
            "max_budget": None,
            "budget_duration": None,
            "budget_reset_at": None,
        }
        for caller in calls(world.company).callers
    ]


def _answer(body: object) -> Response:
    named = {"content-type": "application/json"}
    return Response(msgspec.json.encode(body), 200, named)


def refusal(status: int, message: str, headers: Mapping[str, str]) -> Response:
    """A refusal as the proxy words it."""
    body = {
        "error": {
            "message": message,
            "type": "auth_error" if status in {401, 403} else "internal_server_error",
            "param": "None",
            "code": str(status),
        }
    }
    return Response(msgspec.json.encode(body), status, dict(headers))

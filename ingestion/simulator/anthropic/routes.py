"""Routes of the vendor: signing in, limits, and which function answers."""

from collections.abc import Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ingestion.simulator.anthropic import analytics, claude_code, directories, legacy
from ingestion.simulator.anthropic.answers import Refused, answer
from ingestion.simulator.anthropic.keys import ADMIN_KEY, DIRECTORY_KEY
from ingestion.simulator.anthropic.parameters import Items, invalid
from ingestion.simulator.world import World

BETA: Final = "analytics-usage-cost-2026-08-24"
_BASE: Final = "/v1/organizations"
Body = Callable[..., dict[str, object]]  # world, parameters, names in the path
ANALYTICS: Final[dict[str, Body]] = {
    "/analytics/usage": analytics.usage,
    "/analytics/cost": analytics.cost,
}
REPORTS: Final[dict[str, Body]] = {
    "/usage_report/messages": legacy.usage,
    "/cost_report": legacy.cost,
    "/usage_report/claude_code": claude_code.report,
}
DIRECTORIES: Final[dict[str, Body]] = {
    "/users": directories.users,
    "/api_keys": directories.api_keys,
    "/workspaces": directories.workspaces,
    "/workspaces/{workspace}/members": directories.workspace_members,
    "/me": directories.me,
}


def routes(world: World) -> list[Route]:
    """All routes, below the address that stands for the vendor's host."""
    every = {**ANALYTICS, **REPORTS, **DIRECTORIES}
    return [_route(world, path, body) for path, body in every.items()]


def _route(world: World, path: str, body: Body) -> Route:
    async def endpoint(request: Request) -> Response:
        try:
            _check(world, path, request)
            items: Items = request.query_params.multi_items()
            return answer(body(world, items, **request.path_params))
        except Refused as refused:
            return refused.response()

    return Route(f"{_BASE}{path}", endpoint, methods=["GET"])


def _check(world: World, path: str, request: Request) -> None:
    """Raises Refused for who may not ask, or not now."""
    key = request.headers.get("x-api-key")
    if key not in {ADMIN_KEY, DIRECTORY_KEY}:
        raise Refused("authentication_error", "invalid x-api-key")
    if "anthropic-version" not in request.headers:
        raise invalid("anthropic-version: header is required")
    if key == DIRECTORY_KEY and path not in DIRECTORIES:
        raise Refused("permission_error", "This key lacks the scope read:analytics.")
    if path in ANALYTICS:
        if BETA not in request.headers.get("anthropic-beta", ""):
            raise invalid(f"anthropic-beta: this endpoint requires {BETA}")
        seconds = world.analytics_limiter.retry_after()
        if seconds is not None:
            wait = {"retry-after": str(seconds)}
            raise Refused("rate_limit_error", "Rate limit exceeded", wait)

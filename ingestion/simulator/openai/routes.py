"""Routes of the vendor: signing in, limits, and which function answers."""

from collections.abc import Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ingestion.simulator.limiter import Limiter
from ingestion.simulator.openai import directories, reports
from ingestion.simulator.openai.parameters import (
    Parameters,
    Refused,
    answer,
    refusal,
)
from ingestion.simulator.world import World

# They open nothing but this simulator; the second may not read usage.
ADMIN_KEY: Final = "sk-admin-demo"
DIRECTORY_KEY: Final = "sk-admin-demo-directory"
_BASE: Final = "/v1/organization"
_PER_MINUTE: Final = 120
Body = Callable[[World, Request, Parameters], dict[str, object]]


def routes(world: World) -> list[Route]:
    """All routes, below the address that stands for the vendor's host."""
    limiter = Limiter(_PER_MINUTE, world.throttles)
    bodies: dict[str, Body] = {
        "/usage/{endpoint}": _usage,
        "/costs": lambda world, _, parameters: reports.costs(world, parameters),
        "/users": lambda world, _, parameters: directories.users(world, parameters),
        "/projects": lambda world, _, asked: directories.projects(world, asked),
        "/projects/{project}/api_keys": _api_keys,
    }
    return [_route(world, limiter, path, body) for path, body in bodies.items()]


def _usage(world: World, request: Request, parameters: Parameters) -> dict[str, object]:
    endpoint = request.path_params["endpoint"]
    if endpoint not in reports.DIMENSIONS:
        raise Refused(404, f"Invalid URL (GET {_BASE}/usage/{endpoint}).")
    return reports.usage(world, endpoint, parameters)


def _api_keys(
    world: World, request: Request, parameters: Parameters
) -> dict[str, object]:
    return directories.api_keys(world, request.path_params["project"], parameters)


def _route(world: World, limiter: Limiter, path: str, body: Body) -> Route:
    is_report = path.startswith(("/usage", "/costs"))

    async def endpoint(request: Request) -> Response:
        try:
            _check(request, is_report)
            seconds = limiter.retry_after()
            if seconds is not None:
                wait = {"retry-after": str(seconds)}
                return refusal(429, "Rate limit reached.", wait)
            parameters = Parameters(request.query_params.multi_items())
            return answer(body(world, request, parameters))
        except Refused as refused:
            return refusal(refused.status, refused.message, {}, refused.param)

    return Route(f"{_BASE}{path}", endpoint, methods=["GET"])


def _check(request: Request, is_report: bool) -> None:
    """Raises Refused for who may not ask."""
    key = request.headers.get("authorization", "").removeprefix("Bearer ")
    if key not in {ADMIN_KEY, DIRECTORY_KEY}:
        raise Refused(401, "Incorrect API key provided.")
    if key == DIRECTORY_KEY and is_report:
        message = (
            "You have insufficient permissions for this operation. "
            "Missing scopes: api.usage.read."
        )
        raise Refused(403, message)

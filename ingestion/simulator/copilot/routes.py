"""Routes of GitHub: signing in, limits, and which function answers."""

from collections.abc import Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ingestion.simulator.copilot import billing, reports
from ingestion.simulator.copilot.keys import (
    ENTERPRISE,
    ORGANIZATION,
    SEATS_TOKEN,
    TOKEN,
)
from ingestion.simulator.github.answers import refusal
from ingestion.simulator.limiter import Limiter
from ingestion.simulator.refused import Refused
from ingestion.simulator.world import World

VERSIONS: Final = frozenset({"2022-11-28", "2026-03-10"})
PER_MINUTE: Final = 5000 // 60
_SEATS: Final = "/copilot/billing/seats"
_REPORTS: Final = "/copilot/metrics/reports/users-1-day"
_CREDITS: Final = "/settings/billing/ai_credit/usage"
Body = Callable[[World, Request, bool], Response]
_PATHS: Final[tuple[tuple[str, str, str, Body], ...]] = (
    ("orgs", "enterprises", _SEATS, billing.seats),
    ("orgs", "enterprises", _REPORTS, reports.links),
    ("organizations", "enterprises", _CREDITS, billing.usage),
)


def routes(world: World) -> list[Route]:
    """All routes, below the address that stands for GitHub and its storage."""
    limiter = Limiter(PER_MINUTE, world.throttles)
    found = [
        _route(world, limiter, f"/{kind}/{{slug}}{path}", path, body)
        for org, enterprise, path, body in _PATHS
        for kind in (org, enterprise)
    ]

    async def storage(request: Request) -> Response:
        return reports.file(world, request)

    return [*found, Route("/_storage/{scope}/{day}/{part:int}.ndjson", storage)]


def _route(
    world: World, limiter: Limiter, pattern: str, path: str, body: Body
) -> Route:
    is_enterprise = pattern.startswith("/enterprises")

    async def endpoint(request: Request) -> Response:
        try:
            _check(request, limiter, path, is_enterprise)
            return body(world, request, is_enterprise)
        except Refused as refused:
            return refusal(refused.status, refused.message, refused.headers)

    return Route(pattern, endpoint, methods=["GET"])


def _check(request: Request, limiter: Limiter, path: str, is_enterprise: bool) -> None:
    """Raises Refused for who may not ask, or not now."""
    told = request.headers.get("authorization", "")
    token = told.removeprefix("Bearer ").removeprefix("token ")
    if token not in {TOKEN, SEATS_TOKEN}:
        raise Refused(401, "Bad credentials")
    if request.headers.get("x-github-api-version", "2022-11-28") not in VERSIONS:
        raise Refused(400, "Requested API version is not a supported version.")
    slug = request.path_params["slug"].lower()
    if slug != (ENTERPRISE if is_enterprise else ORGANIZATION):
        raise Refused(404, "Not Found")
    if token == SEATS_TOKEN and path == _REPORTS:
        raise Refused(403, "Resource not accessible by personal access token")
    if token == SEATS_TOKEN and path == _CREDITS:
        raise Refused(404, "Not Found")  # GitHub hides what a token may not see
    if limiter.retry_after() is not None:
        wait = {"retry-after": "1", "x-ratelimit-remaining": "0"}
        raise Refused(403, "You have exceeded a secondary rate limit.", wait)

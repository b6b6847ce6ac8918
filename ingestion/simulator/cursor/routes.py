"""Routes of the vendor: signing in, limits, and which function answers."""

from base64 import b64decode
from collections.abc import Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ingestion.simulator.cursor import reports
from ingestion.simulator.cursor.answers import Asked, Refused, answer
from ingestion.simulator.cursor.keys import ENTERPRISE_KEY, TEAMS_KEY
from ingestion.simulator.limiter import Limiter
from ingestion.simulator.world import World

ADMIN_PER_MINUTE: Final = 20
COMMITS_PER_MINUTE: Final = 5
_COMMITS: Final = "/analytics/ai-code/commits"
Report = Callable[[World, Asked], reports.Body]
ADMIN: Final[dict[tuple[str, str], Report]] = {
    ("GET", "/teams/members"): reports.members,
    ("POST", "/teams/daily-usage-data"): reports.daily_usage,
    ("POST", "/teams/filtered-usage-events"): reports.usage_events,
    ("POST", "/teams/spend"): reports.spend,
}


def routes(world: World) -> list[Route]:
    """All routes, below the address that stands for the vendor's host. The admin
    endpoints share one limit of the team."""
    admin = Limiter(ADMIN_PER_MINUTE, world.throttles)
    tracking = Limiter(COMMITS_PER_MINUTE, world.throttles)
    return [
        *(
            _route(world, method, path, report, admin, {ENTERPRISE_KEY, TEAMS_KEY})
            for (method, path), report in ADMIN.items()
        ),
        _route(
            world, "GET", _COMMITS, reports.ai_code_commits, tracking, {ENTERPRISE_KEY}
        ),
    ]


def _route(
    world: World,
    method: str,
    path: str,
    report: Report,
    limiter: Limiter,
    allowed: set[str],
) -> Route:
    async def endpoint(request: Request) -> Response:
        try:
            _check(request, allowed)
            if limiter.retry_after() is not None:
                message = "Rate limit exceeded. Please try again later."
                raise Refused(429, message)
            asked = Asked(await request.body(), request.query_params)
            return answer(report(world, asked))
        except Refused as refused:
            return refused.response()

    return Route(path, endpoint, methods=[method])


def _check(request: Request, allowed: set[str]) -> None:
    """Raises Refused for who may not ask."""
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    try:
        given = b64decode(encoded).decode() if scheme == "Basic" else ""
    except ValueError:
        given = ""
    key, _, password = given.partition(":")
    if password or key not in {ENTERPRISE_KEY, TEAMS_KEY}:
        raise Refused(401, "Invalid API key")
    if key not in allowed:
        raise Refused(403, "Enterprise access required")

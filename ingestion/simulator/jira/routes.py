"""Routes of the vendor: signing in, limits, and which function answers."""

import base64
from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ingestion.simulator.files import JIRA_API_TOKEN, JIRA_EMAIL
from ingestion.simulator.jira import (
    changelog,
    development,
    directories,
    planning,
    search,
    site,
    worklogs,
)
from ingestion.simulator.jira.answers import API, Refused, answer, refusal
from ingestion.simulator.world import World

# Now and then a burst is refused, more rarely the site is not there.
_BURST_EVERY, _ABSENT_EVERY = 89, 131
Wanted = TypeVar("Wanted")
Body = Callable[[Request], Awaitable[object]]


def routes(world: World) -> list[Route]:
    """All routes, below the address that stands for the vendor's host."""
    throttle = Throttle(world.throttles)

    async def found(request: Request) -> object:
        return search.found(world, await read_body(request, search.SearchRequest))

    async def counted(request: Request) -> object:
        return search.counted(world, await read_body(request, search.CountRequest))

    async def changed(request: Request) -> object:
        asked = await read_body(request, changelog.ChangelogRequest)
        return changelog.changes(world, asked)

    async def issue(request: Request) -> object:
        return search.issue(world, request.path_params["issue"])

    async def users(request: Request) -> object:
        return directories.users(world, *slice_of(request))

    async def projects(request: Request) -> object:
        return directories.projects(world, *slice_of(request))

    async def permissions(request: Request) -> object:
        return directories.permissions(request.query_params.get("permissions", ""))

    async def updated(request: Request) -> object:
        return worklogs.updated(world, since_of(request))

    async def deleted(request: Request) -> object:
        return worklogs.deleted(world, since_of(request))

    async def listed(request: Request) -> object:
        return worklogs.listed(world, await read_body(request, worklogs.ListRequest))

    async def boards(request: Request) -> object:
        named = request.query_params.get("projectKeyOrId")
        return planning.boards(world, *slice_of(request), named)

    async def configuration(request: Request) -> object:
        return planning.configuration(request.path_params["board"])

    async def sprints(request: Request) -> object:
        return planning.sprints(world, request.path_params["board"], *slice_of(request))

    async def panel(request: Request) -> object:
        return panel_body(world, request)

    posts = {
        "/search/jql": found,
        "/search/approximate-count": counted,
        "/changelog/bulkfetch": changed,
        "/worklog/list": listed,
    }
    gets: dict[str, Body] = {
        "/issue/{issue}": issue,
        "/users/search": users,
        "/project/search": projects,
        "/mypermissions": permissions,
        "/myself": _fixed(directories.myself),
        "/serverInfo": _fixed(directories.server_info),
        "/status": _fixed(directories.statuses),
        "/field": _fixed(site.fields),
        "/worklog/updated": updated,
        "/worklog/deleted": deleted,
    }
    others: dict[str, Body] = {
        f"{planning.AGILE}/board": boards,
        f"{planning.AGILE}/board/{{board}}/configuration": configuration,
        f"{planning.AGILE}/board/{{board}}/sprint": sprints,
        f"{development.PANEL}/issue/detail": panel,
    }
    return [
        *(_route(API + path, "POST", body, throttle) for path, body in posts.items()),
        *(_route(API + path, "GET", body, throttle) for path, body in gets.items()),
        *(_route(path, "GET", body, throttle) for path, body in others.items()),
        # The search before token paging is gone for good.
        Route(f"{API}/search", _gone, methods=["GET", "POST"]),
    ]


class Throttle:
    """Counts requests and refuses some, with no longer wait than a second."""

    def __init__(self, is_on: bool) -> None:
        self._is_on, self._count = is_on, 0

    def refusal(self) -> Response | None:
        """A refusal whose time has come; None lets the request pass."""
        self._count += 1
        if not self._is_on:
            return None
        if self._count % _BURST_EVERY == 0:
            headers = {"retry-after": "1", "ratelimit-reason": "jira-burst-based"}
            return refusal(429, "Rate limit exceeded.", headers)
        if self._count % _ABSENT_EVERY == 0:
            return refusal(503, "Service unavailable.", {"retry-after": "0"})
        return None


def _route(path: str, method: str, body: Body, throttle: Throttle) -> Route:
    async def endpoint(request: Request) -> Response:
        try:
            _check(request)
            return throttle.refusal() or answer(await body(request))
        except Refused as refused:
            return refused.response()

    return Route(path, endpoint, methods=[method])


def _fixed(body: Callable[[], object]) -> Body:
    async def found(_: Request) -> object:
        return body()

    return found


async def _gone(_: Request) -> Response:
    message = "The requested API has been removed. Please migrate to /search/jql."
    return refusal(410, message)


def _check(request: Request) -> None:
    """Raises Refused for anyone but the account of the token."""
    pair = base64.b64encode(f"{JIRA_EMAIL}:{JIRA_API_TOKEN}".encode()).decode()
    if request.headers.get("authorization") != f"Basic {pair}":
        raise Refused(401, "Client must be authenticated to access this resource.")


def slice_of(request: Request) -> tuple[int, int]:
    """startAt and maxResults."""
    values: list[int] = []
    for name, default in (("startAt", 0), ("maxResults", directories.USUAL)):
        text = request.query_params.get(name, str(default))
        if not text.isdigit():
            raise Refused(400, f"{name}: must be a whole number.")
        values.append(int(text))
    return values[0], values[1]


def since_of(request: Request) -> int:
    """since, in epoch milliseconds."""
    text = request.query_params.get("since", "0")
    if not text.isdigit():
        raise Refused(400, "since: must be a whole number.")
    return int(text)


def panel_body(world: World, request: Request) -> dict[str, object]:
    """The development panel that a request asks for."""
    names = ("issueId", "applicationType", "dataType")
    return development.panel(world, *(request.query_params.get(n, "") for n in names))


async def read_body(request: Request, wanted: type[Wanted]) -> Wanted:
    """The body as the request it should be."""
    try:
        return msgspec.json.decode(await request.body(), type=wanted)
    except msgspec.DecodeError as error:
        raise Refused(400, f"Invalid request payload: {error}") from None

"""Routes of Bitbucket Cloud: who may ask, pages, and what each list holds."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec
from starlette.requests import Request as Asked
from starlette.responses import Response
from starlette.routing import Route

from ingestion.simulator.bitbucket import objects
from ingestion.simulator.bitbucket.objects import Json
from ingestion.simulator.hosting.places import OWNER, REPOSITORIES
from ingestion.simulator.hosting.requests import Request, requests
from ingestion.simulator.limiter import Limiter
from ingestion.simulator.refused import Refused
from ingestion.simulator.world import World

TOKEN: Final = "ATCTT3demo0reads0pull0requests00"  # noqa: S105 - opens nothing else
WEAK_TOKEN: Final = "ATCTT3demo0sees0names0only000000"  # noqa: S105 - nor this
PER_MINUTE: Final = 118
(NAME,) = REPOSITORIES["bitbucket"]
_API: Final = "/repositories/{workspace}/{name}"
_BOUND: Final = re.compile(r"updated_on (>=|<) (\S+)")


def refusal(status: int, message: str, headers: Mapping[str, str]) -> Response:
    """A refusal with this status."""
    body = {"type": "error", "error": {"message": message}}
    response = _answer(body, status)
    response.headers.update(headers)
    return response


def routes(world: World) -> list[Route]:
    """All routes, below the address that stands for version 2.0."""
    limiter = Limiter(PER_MINUTE, world.throttles)

    def route(pattern: str, body: Callable[[Asked], Response]) -> Route:
        async def endpoint(request: Asked) -> Response:
            try:
                _check(request, pattern == _API)
                if limiter.retry_after() is not None:
                    return refusal(429, "Rate limit exceeded", {"retry-after": "1"})
                return body(request)
            except Refused as refused:
                return refusal(refused.status, refused.message, {})

        return Route(pattern, endpoint, methods=["GET"])

    pulls = f"{_API}/pullrequests"
    return [
        route(_API, lambda asked: _answer(objects.repository(NAME))),
        route(pulls, lambda asked: _pull_requests(world, asked)),
        route(f"{pulls}/{{id:int}}/commits", lambda asked: _commits(world, asked)),
        route(f"{pulls}/{{id:int}}/activity", lambda asked: _activity(world, asked)),
    ]


def _check(request: Asked, is_name_only: bool) -> None:
    """Raises Refused for who may not ask."""
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token not in {TOKEN, WEAK_TOKEN}:
        raise Refused(401, "Token is invalid, expired, or not supported.")
    if request.path_params["workspace"] != OWNER or request.path_params["name"] != NAME:
        raise Refused(404, "You may not have access to this repository.")
    if token == WEAK_TOKEN and not is_name_only:
        raise Refused(403, "Your credentials lack one or more required scopes.")


def _answer(body: object, status: int = 200) -> Response:
    kind = {"content-type": "application/json; charset=utf-8"}
    return Response(msgspec.json.encode(body), status, kind)


def _listed(
    request: Asked, rows: Sequence[Any], show: Callable[[Any], Json]
) -> Response:
    """The page that was asked for, with the whole address of the next one."""
    size = min(50, int(request.query_params.get("pagelen", 10)))
    page = int(request.query_params.get("page", 1))
    values = [show(row) for row in rows[(page - 1) * size : page * size]]
    body: Json = {"values": values, "pagelen": size, "page": page, "size": len(rows)}
    if page * size < len(rows):
        body["next"] = str(request.url.include_query_params(page=page + 1))
    return _answer(body)


def _newest(world: World) -> list[Request]:
    """Pull requests that exist, the last updated first."""
    at_ms = world.now_ms

    def find() -> list[Request]:
        there = [r for r in requests(world.company, NAME) if r.is_there(at_ms)]
        return sorted(there, key=lambda r: (-r.updated_ms(at_ms), -r.number))

    return world.once("bitbucket", find)


def _pull_requests(world: World, asked: Asked) -> Response:
    """Open ones, unless other states are asked for."""
    at_ms = world.now_ms
    states = asked.query_params.getlist("state") or ["OPEN"]
    bounds = _BOUND.findall(asked.query_params.get("q", ""))
    shown = (
        objects.pull_request(world.company, request, at_ms)
        for request in _newest(world)
    )
    rows = [
        row
        for row in shown
        if row["state"] in states
        and all((row["updated_on"] >= at) == (sign == ">=") for sign, at in bounds)
    ]
    return _listed(asked, rows, lambda row: row)


def _found(world: World, asked: Asked) -> Request:
    known = {request.number: request for request in _newest(world)}
    if asked.path_params["id"] not in known:
        raise Refused(404, "Not found")
    return known[asked.path_params["id"]]


def _commits(world: World, asked: Asked) -> Response:
    request = _found(world, asked)
    newest = list(reversed(request.commits))
    return _listed(
        asked, newest, lambda row: objects.commit(world.company, request, row)
    )


def _activity(world: World, asked: Asked) -> Response:
    rows = objects.activities(world.company, _found(world, asked), world.now_ms)
    return _listed(asked, rows, lambda row: row)

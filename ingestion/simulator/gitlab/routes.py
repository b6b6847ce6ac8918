"""Routes of GitLab: who may ask, pages with links, and what each list holds."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec
from starlette.requests import Request as Asked
from starlette.responses import Response
from starlette.routing import Route

from ingestion.simulator.gitlab import objects
from ingestion.simulator.gitlab.objects import Json
from ingestion.simulator.hosting.places import OWNER, REPOSITORIES
from ingestion.simulator.hosting.requests import Request, requests
from ingestion.simulator.limiter import Limiter
from ingestion.simulator.refused import Refused
from ingestion.simulator.world import World

TOKEN: Final = "glpat-demo0reads0merge0requests"  # noqa: S105 - opens nothing else
WEAK_TOKEN: Final = "glpat-demo0sees0names0only00000"  # noqa: S105 - nor this
PER_MINUTE: Final = 118
(NAME,) = REPOSITORIES["gitlab"]
_API: Final = "/api/v4/projects/{project:path}"


def refusal(status: int, message: str, headers: Mapping[str, str]) -> Response:
    """A refusal with this status."""
    response = _answer({"message": f"{status} {message}"}, status)
    response.headers.update(headers)
    return response


def routes(world: World) -> list[Route]:
    """All routes, below the address that stands for the server."""
    limiter = Limiter(PER_MINUTE, world.throttles)

    def route(pattern: str, body: Callable[[Asked], Response]) -> Route:
        async def endpoint(request: Asked) -> Response:
            try:
                _check(request, pattern == _API)
                if limiter.retry_after() is not None:
                    return refusal(429, "Too Many Requests", {"retry-after": "1"})
                return body(request)
            except Refused as refused:
                return refusal(refused.status, refused.message, {})

        return Route(pattern, endpoint, methods=["GET"])

    async def graph(request: Asked) -> Response:
        try:
            _check(request, is_name_only=False)
        except Refused as refused:
            return refusal(refused.status, refused.message, {})
        return _graph(world, await request.body())

    mr = f"{_API}/merge_requests"
    return [
        route(f"{mr}/{{iid:int}}/notes", lambda asked: _notes(world, asked)),
        route(f"{mr}/{{iid:int}}/commits", lambda asked: _commits(world, asked)),
        route(mr, lambda asked: _merge_requests(world, asked)),
        route(_API, lambda asked: _answer(objects.project(NAME))),
        Route("/api/graphql", graph, methods=["POST"]),
    ]


def _check(request: Asked, is_name_only: bool) -> None:
    """Raises Refused for who may not ask."""
    token = request.headers.get("private-token", "")
    if token not in {TOKEN, WEAK_TOKEN}:
        raise Refused(401, "Unauthorized")
    if request.path_params.get("project", f"{OWNER}/{NAME}") != f"{OWNER}/{NAME}":
        raise Refused(404, "Project Not Found")
    if token == WEAK_TOKEN and not is_name_only:
        raise Refused(403, "Forbidden")


def _answer(
    body: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    kind = {"content-type": "application/json"}
    return Response(msgspec.json.encode(body), status, {**kind, **(headers or {})})


def _listed(
    request: Asked, rows: Sequence[Any], show: Callable[[Any], Json]
) -> Response:
    """The page that was asked for, and a link to the next one."""
    size = min(100, int(request.query_params.get("per_page", 20)))
    page = int(request.query_params.get("page", 1))
    found = [show(row) for row in rows[(page - 1) * size : page * size]]
    if page * size >= len(rows):
        return _answer(found)
    base = str(request.base_url).rstrip("/").removesuffix("/gitlab")
    query = request.url.include_query_params(page=page + 1).query
    path = request.scope["raw_path"].decode().partition("?")[0]
    link = f'<{base}{path}?{query}>; rel="next"'
    return _answer(found, headers={"link": link, "x-next-page": str(page + 1)})


def _newest(world: World) -> list[Request]:
    """Merge requests that exist, the last updated first."""
    at_ms = world.now_ms

    def find() -> list[Request]:
        there = [r for r in requests(world.company, NAME) if r.is_there(at_ms)]
        return sorted(there, key=lambda r: (-r.updated_ms(at_ms), -r.number))

    return world.once("gitlab", find)


def _merge_requests(world: World, asked: Asked) -> Response:
    at_ms, told = world.now_ms, asked.query_params
    after, before = told.get("updated_after", ""), told.get("updated_before", "9")
    rows = [
        request
        for request in _newest(world)
        if after <= objects.at(request.updated_ms(at_ms)) <= before
        and (told.get("state") == "all" or request.state(at_ms) == "open")
    ]
    return _listed(asked, rows, lambda row: objects.merge_request(row, at_ms))


def _found(world: World, asked: Asked) -> Request:
    known = {request.number: request for request in _newest(world)}
    if asked.path_params["iid"] not in known:
        raise Refused(404, "Not found")
    return known[asked.path_params["iid"]]


def _notes(world: World, asked: Asked) -> Response:
    rows = objects.notes(_found(world, asked), world.now_ms)
    return _listed(asked, rows, lambda row: row)


def _commits(world: World, asked: Asked) -> Response:
    request = _found(world, asked)
    newest = list(reversed(request.commits))
    return _listed(asked, newest, lambda row: objects.commit(row, request.title))


def _graph(world: World, body: bytes) -> Response:
    """The sizes of a page of merge requests."""
    told = msgspec.json.decode(body)["variables"]
    if told["project"] != f"{OWNER}/{NAME}":
        return _answer({"data": {"project": None}})
    at_ms = world.now_ms
    rows = [
        request
        for request in _newest(world)
        if objects.at(request.updated_ms(at_ms)) >= told["since"]
    ]
    start, size = int(told.get("after") or 0), int(told["first"])
    shown = [_size(request, at_ms) for request in rows[start : start + size]]
    has_more = start + size < len(rows)
    page = {"hasNextPage": has_more, "endCursor": str(start + size)}
    found = {"mergeRequests": {"pageInfo": page, "nodes": shown}}
    return _answer({"data": {"project": found}})


def _size(request: Request, at_ms: int) -> Json:
    """Sizes; of what was given up nothing was ever worked out."""
    step = request.step
    return {
        "iid": str(request.number),
        "updatedAt": objects.at(request.updated_ms(at_ms)),
        "commitCount": len(request.commits),
        "diffStatsSummary": step
        and {
            "additions": step.added,
            "deletions": step.deleted,
            "fileCount": step.files,
        },
    }

"""Routes of GitHub: who may ask, pages with links, and what each list holds."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec
from starlette.requests import Request as Asked
from starlette.responses import Response
from starlette.routing import Route

from ingestion.simulator import timeline
from ingestion.simulator.github import objects
from ingestion.simulator.github.answers import answer, refusal
from ingestion.simulator.github.keys import INSTALLATION_TOKEN, TOKEN, WEAK_TOKEN
from ingestion.simulator.github.objects import Json
from ingestion.simulator.hosting.places import (
    CHECKS,
    OWNER,
    REPOSITORIES,
    is_confirmed,
    named,
)
from ingestion.simulator.hosting.requests import Commit, Request, Review, requests
from ingestion.simulator.limiter import Limiter
from ingestion.simulator.refused import Refused
from ingestion.simulator.world import World

PER_MINUTE: Final = 115
FORMER: Final = {"core": "platform"}  # a repository that was renamed
MONTH_MS: Final = 30 * timeline.DAY_MS
MOST: Final = 30  # rows of a page; fewer than may be asked for, which is allowed
ISSUES: Final = 12  # issues of each repository, a month apart
_SENT: Final = {
    "approved": "APPROVED",
    "changes_requested": "CHANGES_REQUESTED",
    "commented": "COMMENTED",
    "dismissed": "DISMISSED",
}
_WORD: Final = re.compile(r"pullRequests|repository")


def routes(world: World) -> list[Route]:
    """All routes, below the address that stands for GitHub's API."""
    limiter = Limiter(PER_MINUTE, world.throttles)

    def route(pattern: str, body: Callable[[Asked, str], Response]) -> list[Route]:
        async def endpoint(request: Asked) -> Response:
            try:
                _check(request, limiter)
                name = _repository(request)
                return body(request, name)
            except Refused as refused:
                return refusal(refused.status, refused.message, refused.headers)

        places = ("/repos/{owner}/{name}", "/repositories/{id:int}")
        return [Route(place + pattern, endpoint, methods=["GET"]) for place in places]

    async def graph(request: Asked) -> Response:
        try:
            _check(request, limiter)
            return _graph(world, await request.body())
        except Refused as refused:
            return refusal(refused.status, refused.message, refused.headers)

    return [
        *route("", _one),
        *route("/pulls", lambda asked, name: _pulls(world, asked, name)),
        *route(
            "/pulls/{number:int}/reviews",
            lambda asked, name: _reviews(world, asked, name),
        ),
        *route(
            "/pulls/{number:int}/commits",
            lambda asked, name: _commits(world, asked, name),
        ),
        *route("/issues", lambda asked, name: _issues(world, asked, name)),
        Route("/graphql", graph, methods=["POST"]),
        Route("/app/installations/{id:int}/access_tokens", _token, methods=["POST"]),
    ]


async def _token(request: Asked) -> Response:
    """A token of an installation, for whoever shows a statement of three parts."""
    told = request.headers.get("authorization", "").removeprefix("Bearer ")
    if told.count(".") != 2:
        return refusal(401, "A JSON web token could not be decoded", {})
    world: World = request.app.state.world
    ends = objects.at(world.now_ms + 3_600_000)
    return answer({"token": INSTALLATION_TOKEN, "expires_at": ends}, 201)


def _check(request: Asked, limiter: Limiter) -> None:
    """Raises Refused for who may not ask, or not now."""
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token not in {TOKEN, WEAK_TOKEN, INSTALLATION_TOKEN}:
        raise Refused(401, "Bad credentials")
    if token == WEAK_TOKEN and not request.url.path.endswith(
        tuple(REPOSITORIES["github"])
    ):
        raise Refused(403, "Resource not accessible by personal access token")
    if limiter.retry_after() is not None:
        wait = {"retry-after": "1"}
        raise Refused(403, "You have exceeded a secondary rate limit.", wait)


def _repository(request: Asked) -> str:
    """The name of the repository as of now; a former one is redirected."""
    path = request.path_params
    known = REPOSITORIES["github"]
    if "name" not in path:
        ids = {objects.repository_id(name): name for name in known}
        if path["id"] in ids:
            return ids[path["id"]]
    elif path["owner"] == OWNER and path["name"] in known:
        return path["name"]
    elif path["owner"] == OWNER and path["name"] in FORMER:
        id_ = objects.repository_id(FORMER[path["name"]])
        rest = request.url.path.partition(f"/{path['name']}")[2]
        query = f"?{request.url.query}" if request.url.query else ""
        target = f"{_base(request)}/repositories/{id_}{rest}{query}"
        raise Refused(301, "Moved Permanently", {"location": target})
    raise Refused(404, "Not Found")


def _base(request: Asked) -> str:
    """The address below which this host answers."""
    whole = str(request.base_url).rstrip("/")
    return whole if whole.endswith("/github") else f"{whole}/github"


def _listed(
    request: Asked, rows: Sequence[Any], show: Callable[[Any], Json]
) -> Response:
    """The page that was asked for, and a link to the next one."""
    size = min(MOST, int(request.query_params.get("per_page", MOST)))
    page = int(request.query_params.get("page", 1))
    found = [show(row) for row in rows[(page - 1) * size : page * size]]
    if page * size >= len(rows):
        return answer(found)
    url = request.url.include_query_params(page=page + 1)
    query = url.query
    path = url.path.partition("/github")[2]
    link = f'<{_base(request)}{path}?{query}>; rel="next"'
    return answer(found, headers={"link": link})


def _one(request: Asked, name: str) -> Response:
    return answer(objects.full_repository(_base(request), name))


def _newest(world: World, name: str) -> list[Request]:
    """Pull requests that exist, the last updated first."""
    at_ms = world.now_ms

    def find() -> list[Request]:
        there = [r for r in requests(world.company, name) if r.is_there(at_ms)]
        return sorted(there, key=lambda r: (-r.updated_ms(at_ms), -r.number))

    return world.once(("github", name), find)


def _author(base: str, request: Request) -> Json | None:
    return objects.account(base, named(request.person, request.author))


def _pulls(world: World, asked: Asked, name: str) -> Response:
    at_ms, base = world.now_ms, _base(asked)
    state = asked.query_params.get("state", "open")
    rows = [
        r
        for r in _newest(world, name)
        if state == "all" or (r.state(at_ms) == "open") == (state == "open")
    ]
    return _listed(
        asked, rows, lambda r: objects.pull_request(base, r, at_ms, _author(base, r))
    )


def _found(world: World, asked: Asked, name: str) -> Request:
    number = asked.path_params["number"]
    known = {
        request.number: request
        for request in requests(world.company, name)
        if request.is_there(world.now_ms)
    }
    if number not in known:
        raise Refused(404, "Not Found")
    return known[number]


def _reviews(world: World, asked: Asked, name: str) -> Response:
    """Reviews as they are now: a dismissed one was an approval before. The one that
    the owner of the token has not submitted yet is shown to nobody else."""
    base, request = _base(asked), _found(world, asked, name)
    said = request.said(world.now_ms)

    def show(found: Review | None) -> Json:
        if found is None:
            own = objects.user(base, objects.OWNER_ID, OWNER)
            return objects.review(base, request, 99, "PENDING", "", own, None)
        who = objects.account(base, named(found.person, None))
        if found.is_machine:
            who = objects.user(base, CHECKS, "works-checks[bot]", "Bot")
        words = "Please look again." if found.has_words else ""
        return objects.review(
            base, request, found.number, _SENT[found.kind], words, who, found.at_ms
        )

    pending = [None] if request.state(world.now_ms) == "open" else []
    return _listed(asked, [*said, *pending], show)


def _commits(world: World, asked: Asked, name: str) -> Response:
    base, request = _base(asked), _found(world, asked, name)
    by_email = world.once_ever(
        f"github accounts {name}", lambda: _accounts(world, base, name)
    )

    def show(commit: Commit) -> Json:
        return objects.commit(base, request, commit, by_email.get(commit.email))

    return _listed(asked, request.commits[:250], show)


def _accounts(world: World, base: str, name: str) -> dict[str, Json | None]:
    """The account of each address that its owner confirmed to the host."""
    by_id = {person.person_id: person for person in world.company.people}
    found: dict[str, Json | None] = {}
    for change in world.company.changes:
        for author in (change.author, change.partner):
            if author is not None and change.repository == name:
                person = by_id.get(author.person_id or "")
                if person is None or is_confirmed(author.email):
                    who = objects.account(base, named(person, author))
                    found[author.email] = who
    return found


def _issues(world: World, asked: Asked, name: str) -> Response:
    """Issues and pull requests together, the last updated first."""
    at_ms, base = world.now_ms, _base(asked)
    since = asked.query_params.get("since", "")

    def find() -> list[Json]:
        newest = _newest(world, name)
        rows = [objects.issue(base, r, at_ms, _author(base, r)) for r in newest]
        rows += plain_issues(world.company.seed, base, name, at_ms)
        return sorted(rows, key=lambda row: row["updated_at"], reverse=True)

    rows = world.once(("github issues", name), find)
    kept = [row for row in rows if row["updated_at"] >= since]
    return _listed(asked, kept, lambda row: row)


def plain_issues(seed: int, base: str, name: str, at_ms: int) -> list[Json]:
    """The issues that are no pull requests."""
    found: list[Json] = []
    for number in range(ISSUES):
        opened = timeline.epoch_ms(timeline.PRESENT) - (number + 1) * MONTH_MS + 7000
        closed = opened + (seed + number) * timeline.DAY_MS
        if opened <= at_ms:
            is_closed = closed <= at_ms and number % 4
            until = closed if is_closed else None
            found.append(objects.plain_issue(base, name, 9001 + number, opened, until))
    return found


def _graph(world: World, body: bytes) -> Response:
    """The sizes of a page of pull requests, as the question asks for them."""
    asked = msgspec.json.decode(body)
    told = asked["variables"]
    if not _WORD.search(asked["query"]):
        raise Refused(400, "Problems parsing JSON")
    if told["owner"] != OWNER or told["name"] not in REPOSITORIES["github"]:
        error = {"type": "NOT_FOUND", "path": ["repository"], "message": "Not here."}
        return answer({"data": {"repository": None}, "errors": [error]})
    rows = _newest(world, told["name"])
    start, size = int(told.get("after") or 0), int(told["first"])
    shown = [_size(world, request) for request in rows[start : start + size]]
    has_more = start + size < len(rows)
    page = {"hasNextPage": has_more, "endCursor": str(start + size)}
    limit = {"cost": 1, "remaining": 4999, "resetAt": objects.at(world.now_ms)}
    found = {"pullRequests": {"pageInfo": page, "nodes": shown}}
    return answer({"data": {"rateLimit": limit, "repository": found}})


def _size(world: World, request: Request) -> Json:
    at_ms = world.now_ms
    kinds = {"ready": "ReadyForReviewEvent", "draft": "ConvertToDraftEvent"}
    events = [
        {"__typename": kinds[state], "createdAt": objects.at(ms)}
        for state, ms in request.marked
        if ms <= at_ms
    ]
    added, deleted, files = lines(request)
    return {
        "number": request.number,
        "updatedAt": objects.at(request.updated_ms(at_ms)),
        "additions": added,
        "deletions": deleted,
        "changedFiles": files,
        "commits": {"totalCount": len(request.commits)},
        "timelineItems": {"nodes": events[:1]},
    }


def lines(request: Request) -> tuple[int, int, int]:
    """Lines added and deleted, and files changed; what never merged is small."""
    step = request.step
    return (3, 1, 1) if step is None else (step.added, step.deleted, step.files)

"""The usage report of the workspace: signing in, limits, and its rows."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ingestion.simulator import timeline
from ingestion.simulator.codex.rows import (
    MODEL,
    TOKEN_FIELDS,
    TOKENS_FROM,
    Actor,
    actors,
    served,
)
from ingestion.simulator.limiter import Limiter
from ingestion.simulator.openai.parameters import (
    Parameters,
    Refused,
    answer,
    refusal,
)
from ingestion.simulator.randomness import unique_id
from ingestion.simulator.world import World

# They open nothing but this simulator; the second lacks the scope.
KEY = "codex-analytics-demo"
UNSCOPED_KEY = "codex-analytics-demo-unscoped"
WORKSPACE_ID = unique_id("codex workspace")
PATH = "/v1/analytics/codex/workspaces/{workspace}/usage"
_PER_MINUTE = 120


def routes(world: World) -> Sequence[Route]:
    """The usage report, the only one that is simulated."""
    limiter = Limiter(_PER_MINUTE, world.throttles)

    async def usage(request: Request) -> Response:
        try:
            _check(world, request)
            seconds = limiter.retry_after()
            if seconds is not None:
                return refusal(429, "Too many requests.", {"retry-after": str(seconds)})
            parameters = Parameters(request.query_params.multi_items())
            return answer(body(world, parameters))
        except Refused as refused:
            status = 422 if refused.status == 400 else refused.status
            return refusal(status, refused.message, {}, refused.param)

    return [Route(PATH, usage, methods=["GET"])]


def body(world: World, parameters: Parameters) -> dict[str, object]:
    """Body of the usage report: one row per person and day, oldest first."""
    first, after = map(timeline.index, parameters.days(world.present))
    limit = parameters.limit(1000, 30_000, "rows")
    offset, at = parameters.cursor("codex", world.present)
    rows = world.once(("codex rows", at), lambda: served(world.company, at))
    rows = rows.take((rows.day >= first) & (rows.day < after))
    chosen = rows.take(slice(offset, offset + limit))
    has_more = offset + limit < len(rows)
    token = parameters.token("codex", offset + limit, at) if has_more else None
    known = actors(world.company)
    return {
        "object": "page",
        "data": [
            _row(known[actor], at.date(), day, tokens, *numbers)
            for day, actor, tokens, *numbers in zip(
                *(column.tolist() for column in vars(chosen).values()), strict=True
            )
        ],
        "has_more": has_more,
        "next_page": token,
    }


def _row(
    actor: Actor,
    today: date,
    day: int,
    tokens: list[int],
    credits: int,
    threads: int,
    turns: int,
    added: int,
) -> dict[str, object]:
    """One row; whoever was removed from the workspace has no e-mail any more."""
    member = actor.member
    email = {}
    if member is not None and not member.is_deleted(today):
        email = {"email": member.email(today)}
    told: dict[str, int] = {}
    if day >= TOKENS_FROM:
        told = dict(zip(TOKEN_FIELDS, tokens, strict=True))
        told["text_total_tokens"] = sum(tokens)
    start = datetime.combine(timeline.day_at(day), time.min, UTC)
    counts = {"threads": threads, "turns": turns, "credits": credits / 1000}
    return {
        "object": "workspace.codex.usage",
        "start_time": int(start.timestamp()),
        "end_time": int(start.timestamp()) + 86_400,
        "user_id": actor.user_id,
        **email,
        "actor": {"type": actor.kind, "user_id": actor.user_id, **email},
        "totals": {**counts, **told},
        "clients": [{"client_id": "CODEX_CLI", **counts}],
        "models": [{"model": MODEL, "credits": credits / 1000, "speed": "standard"}],
        "code_attribution": {"lines_added": added, "lines_removed": added // 4},
    }


def _check(world: World, request: Request) -> None:
    """Raises Refused for who may not ask, or for another workspace."""
    key = request.headers.get("authorization", "").removeprefix("Bearer ")
    if key not in {KEY, UNSCOPED_KEY}:
        raise Refused(401, "Invalid token.")
    if key == UNSCOPED_KEY:
        raise Refused(403, "Missing scope: codex.enterprise.analytics.read.")
    if request.path_params["workspace"] != WORKSPACE_ID:
        raise Refused(404, "Workspace not found.")

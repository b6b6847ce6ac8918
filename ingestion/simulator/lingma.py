"""The Lingma organisation: a developer's day as one row, at midnight in China."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ingestion.simulator import assistants, habits, timeline
from ingestion.simulator.accounts import Link
from ingestion.simulator.assistants import Report, amounts
from ingestion.simulator.company import Company
from ingestion.simulator.limiter import Limiter
from ingestion.simulator.usage import Integers
from ingestion.simulator.vendor import Controls, SimulatedVendor
from ingestion.simulator.world import World
from ingestion.window import Window

ORGANIZATION: Final = "67d8demo"
# They open nothing but this simulator. The second reads other things.
TOKEN: Final = "pt-lingma-demo"  # noqa: S105 - opens only this simulator
WEAK_TOKEN: Final = "pt-lingma-other"  # noqa: S105 - opens only this simulator
PER_MINUTE: Final = 100
CHINA_MS: Final = 8 * 3_600_000


def refusal(status: int, message: str, headers: Mapping[str, str]) -> Response:
    """A refusal as the vendor words it."""
    body = {"errorCode": str(status), "errorMessage": message, "requestId": "demo"}
    return Response(msgspec.json.encode(body), status, dict(headers))


def routes(world: World) -> Sequence[Route]:
    """Developer usage."""
    limiter = Limiter(PER_MINUTE, world.throttles)

    async def endpoint(request: Request) -> Response:
        token = request.headers.get("x-yunxiao-token")
        if token not in {TOKEN, WEAK_TOKEN}:
            return refusal(401, "invalid token", {})
        if token == WEAK_TOKEN:
            return refusal(403, "no permission: developer usage statistics", {})
        if request.path_params["organization"] != ORGANIZATION:
            return refusal(404, "organization not found", {})
        if (seconds := limiter.retry_after()) is not None:
            return refusal(429, "too many requests", {"retry-after": str(seconds)})
        query = dict(request.query_params)
        try:
            window = Window(
                date.fromisoformat(query["startTime"]),
                date.fromisoformat(query["endTime"]),
            )
            page, size = int(query.get("page", "1")), int(query.get("perPage", "100"))
        except (KeyError, ValueError):
            return refusal(400, "startTime and endTime: YYYY-MM-DD", {})
        if page < 1 or not 1 <= size <= 100:
            return refusal(400, "page or perPage", {})
        rows = _rows(_report(world.company), world.present, window)
        body = rows[(page - 1) * size : page * size]
        return Response(msgspec.json.encode(body), 200)

    path = "/oapi/v1/lingma/organizations/{organization}/developerUsage"
    return [Route(path, endpoint, methods=["GET"])]


def _report(company: Company) -> Report:
    return assistants.report(company, "lingma", 1)


def _days(found: Report, at: datetime, window: Window) -> tuple[Integers, Integers]:
    """((day, account) pairs, their turns and lines), a row each."""
    rows, thousandths = found.shown(at, window)
    keys = np.stack([found.day[rows], found.account[rows]], axis=1)
    groups, places = np.unique(keys, axis=0, return_inverse=True)
    sums = np.zeros((len(groups), 3), np.int64)
    for n, column in enumerate((found.messages, found.suggested, found.accepted)):
        values = amounts(column, rows, thousandths)
        np.add.at(sums[:, n], places.reshape(-1), values)
    return groups, sums


def _rows(found: Report, at: datetime, window: Window) -> list[dict[str, Any]]:
    groups, sums = _days(found, at, window)
    return [
        {
            "date": timeline.midnight_ms(day) - CHINA_MS,
            "userId": found.accounts[account].user_id,
            "statusActive": True,
            "statusActiveChat": turns > 0,
            "totalChatTurns": turns,
            "totalLinesSuggested": suggested,
            "totalLinesAccepted": accepted,
            "breakdown": {"chatting": [{"language": "python", "turns": turns}]},
        }
        for (day, account), (turns, suggested, accepted) in zip(
            groups.tolist(), sums.tolist(), strict=True
        )
    ]


def settings(url: str, folder: Path) -> Mapping[str, Any]:
    """The organisation's part of the configuration."""
    return {
        "base_url": url,
        "organization_id": ORGANIZATION,
        "starts_on": habits.HABITS["lingma"].starts_on,
    }


def expected(company: Company, at: datetime, window: Window) -> Controls:
    """Control sums of the developers' days."""
    groups, sums = _days(_report(company), at, window)
    turns, suggested, accepted = (int(total) for total in sums.sum(axis=0))
    return {
        "developer_usage": {
            "rows": len(groups),
            "chat_turns": turns,
            "lines_suggested": suggested,
            "lines_accepted": accepted,
        }
    }


def links(company: Company) -> Sequence[Link]:
    """Whose the ids are, since the vendor tells no e-mail."""
    return assistants.links("lingma", _report(company))


VENDOR = SimulatedVendor(
    source="lingma",
    routes=routes,
    settings=settings,
    secrets={"LINGMA_TOKEN": TOKEN},
    weak_secrets={"LINGMA_TOKEN": WEAK_TOKEN},
    expected=expected,
    links=links,
    refusal=refusal,
    row_fields=(),
)

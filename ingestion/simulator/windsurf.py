"""The Windsurf team: requests carry their key in the body, numbers are text."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import pyarrow as pa
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ingestion.simulator import assistants, habits, timeline
from ingestion.simulator.assistants import Account, Report, amounts
from ingestion.simulator.company import Company
from ingestion.simulator.limiter import Limiter
from ingestion.simulator.randomness import unique_id
from ingestion.simulator.vendor import Controls, SimulatedVendor
from ingestion.simulator.world import World
from ingestion.window import Window

MODELS: Final = ("Claude 3.7 Sonnet (Thinking)", "SWE-1", "GPT-5 (high reasoning)")
MODE: Final = "CONVERSATIONAL_PLANNER_MODE_DEFAULT"
# They open nothing but this simulator. The second one may read nothing.
KEY: Final = "windsurf-service-key-demo"
POWERLESS_KEY: Final = "windsurf-service-key-powerless"
PER_MINUTE: Final = 100
Entry = dict[str, Any]


def refusal(status: int, message: str, headers: Mapping[str, str]) -> Response:
    """A refusal as the vendor words it."""
    codes = {400: "invalid_argument", 401: "unauthenticated", 403: "permission_denied"}
    body = {"code": codes.get(status, "resource_exhausted"), "message": message}
    return Response(msgspec.json.encode(body), status, dict(headers))


def routes(world: World) -> Sequence[Route]:
    """Both endpoints; each takes a POST."""
    limiter = Limiter(PER_MINUTE, world.throttles)
    found = _report(world.company)

    async def endpoint(request: Request) -> Response:
        try:
            asked: Entry = msgspec.json.decode(await request.body(), type=dict)
        except msgspec.DecodeError:
            return refusal(400, "the body is no JSON object", {})
        if asked.get("service_key") not in {KEY, POWERLESS_KEY}:
            return refusal(401, "invalid service key", {})
        if asked["service_key"] == POWERLESS_KEY:
            return refusal(403, "the key lacks Teams Read-only", {})
        if (seconds := limiter.retry_after()) is not None:
            return refusal(429, "too many requests", {"retry-after": str(seconds)})
        if request.url.path.endswith("/UserPageAnalytics"):
            return _answer(_members(found, world, asked))
        if {"group_name", "emails"} <= set(asked):
            return refusal(400, "group_name and emails exclude each other", {})
        window = _window(asked)
        if window is None or not asked.get("query_requests"):
            return refusal(400, "timestamps and query_requests are required", {})
        return _answer(_cascade(found, world.present, window, asked))

    paths = ("/api/v1/UserPageAnalytics", "/api/v1/CascadeAnalytics")
    return [Route(path, endpoint, methods=["POST"]) for path in paths]


def _report(company: Company) -> Report:
    return assistants.report(company, "windsurf", len(MODELS))


def _answer(body: Entry) -> Response:
    return Response(msgspec.json.encode(body), 200)


def _window(asked: Entry) -> Window | None:
    """The days asked for; None without both ends."""
    if not {"start_timestamp", "end_timestamp"} <= set(asked):
        return None
    start, end = (
        datetime.fromisoformat(asked[name]).astimezone(UTC)
        for name in ("start_timestamp", "end_timestamp")
    )
    # The vendor's end is inclusive: midnight of the next day brings that day along.
    return Window(start.date(), end.date())


def _members(found: Report, world: World, asked: Entry) -> Entry:
    """The team now, or everybody with use in a period."""
    window = _window(asked)
    if window is None:
        held = [a for a in found.accounts if assistants.is_listed(a, world.present)]
        return {"userTableStats": [_member(a, 0) for a in held]}
    rows, _ = found.shown(world.present, window)
    pairs = np.unique(np.stack([found.account[rows], found.day[rows]]), axis=1)
    who, days = np.unique(pairs[0], return_counts=True)
    counted = zip(who.tolist(), days.tolist(), strict=True)
    return {"userTableStats": [_member(found.accounts[n], d) for n, d in counted]}


def _member(account: Account, days: int) -> Entry:
    return {
        "name": account.name,
        "email": account.email,
        "lastUpdateTime": "2027-02-04T17:00:00.123Z",
        "apiKey": f"hash-of-{account.user_id}",
        **({"activeDays": days} if days else {}),
    }


def _cascade(found: Report, at: datetime, window: Window, asked: Entry) -> Entry:
    emails = {str(email).lower() for email in asked.get("emails", ())}
    rows, thousandths = found.shown(at, window)
    wanted = [n for n, a in enumerate(found.accounts) if a.email.lower() in emails]
    kept = np.isin(found.account[rows], wanted) if emails else np.ones(len(rows), bool)
    rows, thousandths = rows[kept], thousandths[kept]
    results: list[Entry] = []
    for query in asked["query_requests"]:
        if "cascade_lines" in query:
            lines = _lines(found, rows, thousandths)
            results.append({"cascadeLines": {"cascadeLines": lines} if lines else {}})
        elif "cascade_runs" in query:
            runs = _runs(found, rows, thousandths)
            results.append({"cascadeRuns": {"cascadeRuns": runs} if runs else {}})
    return {"queryResults": results}


def _lines(found: Report, rows: Any, thousandths: Any) -> list[Entry]:
    """A row a day, zeros left out."""
    days, places = np.unique(found.day[rows], return_inverse=True)
    sums = np.zeros((2, len(days)), np.int64)
    np.add.at(sums[0], places, amounts(found.suggested, rows, thousandths))
    np.add.at(sums[1], places, amounts(found.accepted, rows, thousandths))
    return [
        {"day": _day(day), **_numbers(linesSuggested=shown, linesAccepted=taken)}
        for day, shown, taken in zip(days.tolist(), *sums.tolist(), strict=True)
    ]


def _runs(found: Report, rows: Any, thousandths: Any) -> list[Entry]:
    """Two conversations a row, so that the reader has something to add."""
    prompts = amounts(found.hundredths, rows, thousandths)
    messages = amounts(found.messages, rows, thousandths)
    runs: list[Entry] = []
    each = zip(rows.tolist(), prompts.tolist(), messages.tolist(), strict=True)
    for row, used, sent in each:
        for part in (0, 1):
            share = (used + part) // 2, (sent + part) // 2
            runs.append(
                {
                    "day": _day(int(found.day[row])),
                    "model": MODELS[int(found.model[row])],
                    "mode": MODE,
                    **_numbers(promptsUsed=share[0], messagesSent=share[1]),
                    "cascadeId": unique_id("cascade", row, part),
                }
            )
    return runs


def _numbers(**values: int) -> Entry:
    """Whole numbers as text; zero is left out."""
    return {name: str(value) for name, value in values.items() if value}


def _day(position: int) -> str:
    at = datetime.combine(timeline.day_at(position), time(), UTC)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def settings(url: str, folder: Path) -> Mapping[str, Any]:
    """The team's part of the configuration."""
    return {
        "base_url": f"{url}/api/v1",
        "usd_per_credit": str(assistants.USD_PER_CREDIT),
        "starts_on": habits.HABITS["windsurf"].starts_on,
    }


def expected(company: Company, at: datetime, window: Window) -> Controls:
    """Control sums of the member days."""
    found = _report(company)
    rows, thousandths = found.shown(at, window)
    keys = np.stack([found.day[rows], found.account[rows]])
    lines = len(np.unique(keys, axis=1)[0])
    runs = len(np.unique(np.stack([*keys, found.model[rows]]), axis=1)[0])
    sums: dict[str, int | Decimal] = {"rows": lines + runs}
    for name, column in (
        ("prompts_used", found.hundredths),
        ("messages_sent", found.messages),
        ("lines_suggested", found.suggested),
        ("lines_accepted", found.accepted),
    ):
        sums[name] = int(amounts(column, rows, thousandths).sum())
    return {"user_days": sums}


def truth(company: Company, at: datetime | None) -> pa.Table:
    """Credits at their price, under each member's e-mail."""
    found = _report(company)
    emails = [account.email.lower() for account in found.accounts]
    return assistants.truth(found, at, MODELS, emails)


VENDOR = SimulatedVendor(
    source="windsurf",
    routes=routes,
    settings=settings,
    secrets={"WINDSURF_SERVICE_KEY": KEY},
    weak_secrets={"WINDSURF_SERVICE_KEY": POWERLESS_KEY},
    expected=expected,
    truth=truth,
    refusal=refusal,
    row_fields=("queryResults", "userTableStats"),
)

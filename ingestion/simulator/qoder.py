"""The Qoder organisation: records of credits, newest first, behind cursors."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
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
from ingestion.simulator.randomness import stream
from ingestion.simulator.usage import Integers
from ingestion.simulator.vendor import Controls, Example, SimulatedVendor
from ingestion.simulator.world import World
from ingestion.window import Window

TIERS: Final = ("Auto", "Ultimate", "Performance", "Qwen-Coder-Qoder-1.0")
SOURCES: Final = ("IDE", "CLI", "JetBrains Plugin")
OPERATIONS: Final = ("Agent", "Inline Chat", "Quest")
ORGANIZATION: Final = "org_demo"
# They open nothing but this simulator. The second is of somebody who is no admin.
KEY: Final = "qoder-api-key-demo"
MEMBERS_KEY: Final = "qoder-api-key-member"
PER_MINUTE: Final = 100
_PATH: Final = "/v1/organizations/{organization}"


def refusal(status: int, message: str, headers: Mapping[str, str]) -> Response:
    """A refusal as the vendor words it."""
    codes = {400: "BadRequest", 401: "Unauthorized", 403: "Forbidden", 404: "NotFound"}
    body = {
        "requestId": "req_demo",
        "code": codes.get(status, "InternalError"),
        "message": message,
        "details": [],
    }
    return Response(msgspec.json.encode(body), status, dict(headers))


def routes(world: World) -> Sequence[Route]:
    """Members and the organisation's usage."""
    limiter = Limiter(PER_MINUTE, world.throttles)

    async def endpoint(request: Request) -> Response:
        key = request.headers.get("authorization", "").removeprefix("Bearer ")
        if key not in {KEY, MEMBERS_KEY}:
            return refusal(401, "invalid API key", {})
        if request.path_params["organization"] != ORGANIZATION:
            return refusal(404, "organization not found", {})
        is_usage = request.url.path.endswith("/usage-events")
        if key == MEMBERS_KEY and is_usage:
            return refusal(403, "only admins may read usage", {})
        if (seconds := limiter.retry_after()) is not None:
            return refusal(429, "too many requests", {"retry-after": str(seconds)})
        query = dict(request.query_params)
        most = query.get("maxResults", "20")
        if not most.isdigit() or not 1 <= int(most) <= 100:
            return refusal(400, "maxResults: 1 to 100", {})
        cursor = query.get("nextToken", "0:").removesuffix(":")
        if not cursor.isdigit():
            return refusal(400, "nextToken: unknown", {})
        start, limit = int(cursor), int(most)
        found = _report(world.company)
        if is_usage:
            first, after = (_instant(query.get(n)) for n in ("startDate", "endDate"))
            if first is None or after is None:
                return refusal(400, "startDate and endDate: RFC 3339", {})
            rows = _usages(world.company.seed, found, world.present, first, after)
            name = "usages"
        else:
            is_whole = query.get("includeDeleted") == "true"
            rows, name = _members(found, world.present, is_whole), "members"
        more = f"{start + limit}:" if start + limit < len(rows) else ""
        page: dict[str, Any] = {name: rows[start : start + limit], "nextToken": more}
        if not is_usage:
            page["maxResults"] = limit
        return Response(msgspec.json.encode(page), 200)

    return [
        Route(f"{_PATH}/{name}", endpoint, methods=["GET"])
        for name in ("members", "usage-events")
    ]


def _report(company: Company) -> Report:
    return assistants.report(company, "qoder", len(TIERS))


def _instant(text: str | None) -> datetime | None:
    """An instant as the vendor takes it, in UTC."""
    try:
        return datetime.fromisoformat(text or "").astimezone(UTC)
    except ValueError:
        return None


def _milliseconds(seed: int, found: Report) -> Integers:
    """When each record was made, by hours in which people are awake."""
    random = stream(seed, "qoder", "instants")
    within = random.integers(7 * 3_600_000, 19 * 3_600_000, len(found.day))
    return timeline.midnight_ms(0) + found.day * timeline.DAY_MS + within


def _usages(
    seed: int, found: Report, at: datetime, first: datetime, after: datetime
) -> list[dict[str, Any]]:
    """Records of a period, newest first; its end is included."""
    rows, thousandths = found.shown(at, Window(first.date(), after.date()))
    instants = _milliseconds(seed, found)[rows]
    low, high = timeline.epoch_ms(first), timeline.epoch_ms(after)
    inside = (instants >= low) & (instants <= high)
    rows, thousandths, instants = rows[inside], thousandths[inside], instants[inside]
    hundredths = amounts(found.hundredths, rows, thousandths)
    order = np.argsort(-instants, kind="stable")
    return [
        _usage(found, int(rows[n]), int(instants[n]), int(hundredths[n])) for n in order
    ]


def _usage(found: Report, row: int, instant: int, hundredths: int) -> dict[str, Any]:
    account = found.accounts[int(found.account[row])]
    credits = msgspec.Raw(str(Decimal(hundredths).scaleb(-2)).encode())
    told = {"userEmail": account.email} if row % 11 else {}
    return {
        "timestamp": instant,
        "userId": account.user_id,
        **told,
        "source": SOURCES[row % len(SOURCES)],
        "operation": OPERATIONS[row % len(OPERATIONS)],
        "modelTier": TIERS[int(found.model[row])],
        "credits": credits,
        "cost": credits,
    }


def _members(found: Report, at: datetime, is_whole: bool) -> list[dict[str, Any]]:
    return [
        _member(account, assistants.is_listed(account, at))
        for account in found.accounts
        if is_whole or assistants.is_listed(account, at)
    ]


def _member(account: Account, is_listed: bool) -> dict[str, Any]:
    joined = datetime.combine(date(2026, 10, 20), time(8), UTC)
    entry: dict[str, Any] = {
        "id": f"member_{account.user_id[:8]}",
        "name": account.name,
        "email": account.email,
        "role": "org_member",
        "status": "ENABLED" if is_listed else "DELETED",
        "joinedAt": joined,
    }
    if not is_listed and account.removed_on is not None:
        removed = datetime.combine(account.removed_on, time(8), UTC)
        entry["deletedAt"] = max(removed, joined + timedelta(days=1))
    return entry


def settings(url: str, folder: Path) -> Mapping[str, Any]:
    """The organisation's part of the configuration."""
    return {
        "base_url": url,
        "organization_id": ORGANIZATION,
        "usd_per_credit": str(assistants.USD_PER_CREDIT),
        "starts_on": habits.HABITS["qoder"].starts_on,
    }


def expected(company: Company, at: datetime, window: Window) -> Controls:
    """Control sums of the records."""
    found = _report(company)
    rows, thousandths = found.shown(at, window)
    hundredths = int(amounts(found.hundredths, rows, thousandths).sum())
    used = Decimal(hundredths).scaleb(-2)
    return {"usage_events": {"rows": len(rows), "credits": used}}


def truth(company: Company, at: datetime | None) -> pa.Table:
    """Credits at their price, under each user's id."""
    found = _report(company)
    ids = [account.user_id for account in found.accounts]
    return assistants.truth(found, at, TIERS, ids)


VENDOR = SimulatedVendor(
    source="qoder",
    routes=routes,
    settings=settings,
    secrets={"QODER_API_KEY": KEY},
    weak_secrets={"QODER_API_KEY": MEMBERS_KEY},
    expected=expected,
    truth=truth,
    refusal=refusal,
    row_fields=("usages", "members"),
    cursor_fields=("nextToken", "nextCredits"),
    examples=(
        Example(
            "usage_events",
            "vendors/other/other_vendor_examples.json",
            "/qoder_usage_events",
            f"/v1/organizations/{ORGANIZATION}/usage-events",
            Window(date(2024, 7, 1), date(2024, 7, 1)),
        ),
    ),
)

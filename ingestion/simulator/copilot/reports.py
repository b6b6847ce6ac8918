"""The users-1-day report: links that are signed and expire, and the files behind."""

import hashlib
from datetime import date, timedelta

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from ingestion.simulator import timeline
from ingestion.simulator.copilot.accounts import accounts
from ingestion.simulator.copilot.consumption import (
    COUNTS,
    CREDITS_IN_REPORTS_SINCE,
    Activity,
    activity_at,
)
from ingestion.simulator.github.answers import answer, storage_refusal
from ingestion.simulator.refused import Refused
from ingestion.simulator.world import World

FIRST_DAY = date(2025, 10, 10)
_KEEPS_DAYS = 365
_LIVES = timedelta(minutes=15)
_LARGE = 8  # rows, from which a report comes in two files
_ENTERPRISE_ID, _FIRST_ORGANISATION, _SECOND_ORGANISATION = "13213", "999", "998"
Row = dict[str, object]


def links(world: World, request: Request, is_enterprise: bool) -> Response:
    """Body of `…/users-1-day`; 204 where there is no report."""
    try:
        day = date.fromisoformat(request.query_params["day"])
    except (KeyError, ValueError):
        raise Refused(422, "day: invalid or missing, use YYYY-MM-DD") from None
    scope = "enterprise" if is_enterprise else "organization"
    parts = files(world, scope, day)
    if not parts:
        return answer(None, 204)
    base = f"{request.url.scheme}://{request.url.netloc}{request.scope['root_path']}"
    until = str(int((world.present + _LIVES).timestamp()))
    signed = [
        f"{base}/_storage/{scope}/{day}/{n}.ndjson"
        f"?se={until}&sig={_signature(scope, str(day), n, until)}"
        for n in range(len(parts))
    ]
    return answer({"download_links": signed, "report_day": str(day)})


def file(world: World, request: Request) -> Response:
    """A file behind a signed link; who sends a token beside it is refused."""
    scope, day = request.path_params["scope"], request.path_params["day"]
    part = int(request.path_params["part"])
    until = request.query_params.get("se", "")
    if "authorization" in request.headers:
        return storage_refusal(400, "InvalidAuthenticationInfo")
    if request.query_params.get("sig") != _signature(scope, day, part, until):
        return storage_refusal(403, "AuthenticationFailed")
    if world.present.timestamp() > int(until):
        return storage_refusal(403, "AuthenticationFailed")
    rows = files(world, scope, date.fromisoformat(day))[part]
    return Response(
        b"".join(msgspec.json.encode(row) + b"\n" for row in rows),
        headers={"content-type": "application/x-ndjson"},
    )


def files(world: World, scope: str, day: date) -> list[list[Row]]:
    """The rows of each file of a day's report; none if there is no report."""
    oldest = max(FIRST_DAY, world.present.date() - timedelta(days=_KEEPS_DAYS))
    if day < oldest:
        return []
    first = timeline.index(day)
    found = activity(world).of(first, first + 1)
    rows = [_row(world, day, found, n) for n in range(len(found.day))]
    if scope == "enterprise" and rows:
        # Activity is credited to every organisation that a person is in.
        again = [
            {**row, "organization_id": _SECOND_ORGANISATION}
            for row, account in zip(rows, found.account, strict=True)
            if account % 4 == 0
        ]
        return [part for part in (again, rows) if part]
    if len(rows) < _LARGE:
        return [rows] if rows else []
    return [rows[::2], rows[1::2]]


def activity(world: World) -> Activity:
    """What reports say at the present."""
    return world.once(
        "copilot activity", lambda: activity_at(world.company, world.present)
    )


def _signature(scope: str, day: str, part: int, until: str) -> str:
    return hashlib.sha256(f"{scope}/{day}/{part}/{until}".encode()).hexdigest()


def _row(world: World, day: date, found: Activity, n: int) -> Row:
    account = accounts(world.company)[int(found.account[n])]
    count: dict[str, int] = dict(zip(COUNTS, map(int, found.counts[n]), strict=True))
    totals = {
        "user_initiated_interaction_count": count["interactions"],
        "code_generation_activity_count": count["generated"],
        "code_acceptance_activity_count": count["accepted"],
        "loc_suggested_to_add_sum": count["suggested"],
        "loc_suggested_to_delete_sum": 0,
        "loc_added_sum": count["added"],
        "loc_deleted_sum": count["deleted"],
    }
    has_cli, has_app = bool(found.has_cli[n]), bool(found.has_app[n])
    row: Row = {
        "day": str(day),
        "organization_id": _FIRST_ORGANISATION,
        "enterprise_id": _ENTERPRISE_ID,
        "user_id": account.user_id,
        "user_login": account.login(day),
        **totals,
        "chat_panel_agent_mode": count["interactions"],
        "used_agent": account.person is None,
        "used_chat": account.person is not None,
        "used_cli": has_cli,
        "totals_by_ide": [{"ide": "vscode", **totals}],
        "totals_by_feature": [{"feature": "code_completion", **totals}],
        "etl_id": "green",
        "day_partition": str(day),
        "entity_id_partition": int(_FIRST_ORGANISATION),
    }
    if day >= CREDITS_IN_REPORTS_SINCE:
        row["ai_credits_used"] = count["credits"] / 100
    if has_cli:
        row["totals_by_cli"] = {
            "session_count": count["cli_sessions"],
            **_tool(count, "cli"),
            "prompt_count": count["cli_prompts"],
            "last_known_cli_version": {"cli_version": "1.0.8"},
        }
    if has_app:
        row["totals_by_copilot_app"] = _tool(count, "app")
    return row


def _tool(count: dict[str, int], name: str) -> Row:
    requests = count[f"{name}_requests"]
    prompt, output = count[f"{name}_input"], count[f"{name}_output"]
    usage = {
        "output_tokens_sum": output,
        "prompt_tokens_sum": prompt,
        "avg_tokens_per_request": (prompt + output) / max(requests, 1),
    }
    return {"request_count": requests, "token_usage": usage}

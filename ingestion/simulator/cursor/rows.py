"""Rows of the answers, under the vendor's own names."""

from datetime import UTC, datetime, timedelta
from typing import Any

from ingestion.simulator import timeline
from ingestion.simulator.cursor import activity, commits, events
from ingestion.simulator.cursor.answers import cents
from ingestion.simulator.cursor.events import Events
from ingestion.simulator.cursor.models import MODELS
from ingestion.simulator.cursor.team import Account
from ingestion.simulator.usage import Integers

_VERSION = "2.4.0"


def event_rows(known: tuple[Account, ...], shown: Events) -> list[dict[str, Any]]:
    """An event each; tokens only where the call is metered by them."""
    columns = zip(
        shown.at_ms.tolist(), shown.account.tolist(), shown.model.tolist(),
        shown.kind.tolist(), shown.is_metered.tolist(), shown.is_headless.tolist(),
        shown.tokens.tolist(), shown.model_pico.tolist(), shown.charged_pico.tolist(),
        strict=True,
    )  # fmt: skip
    rows: list[dict[str, Any]] = []
    for at, place, model, kind, metered, headless, tokens, cost, charge in columns:
        account = known[place]
        row: dict[str, Any] = {
            "timestamp": str(at),
            "userEmail": account.email,
            "model": MODELS[model].name,
            "kind": events.KINDS[kind],
            "maxMode": metered and headless,
            "requestsCosts": 0 if kind == events.ERRORED else 1,
            "isTokenBasedCall": metered,
            "isChargeable": kind == events.ON_DEMAND,
            "isHeadless": headless,
            "chargedCents": cents(charge),
            "isFreeBugbot": False,
        }
        if metered:
            row["tokenUsage"] = {
                "inputTokens": tokens[0],
                "outputTokens": tokens[1],
                "cacheWriteTokens": tokens[2],
                "cacheReadTokens": tokens[3],
                "totalCents": cents(cost),
            }
        if charge:
            row["cursorTokenFee"] = cents(sum(tokens) * events.FEE_PICO)
        if account.service_account_id is not None:
            row["serviceAccountId"] = account.service_account_id
        rows.append(row)
    return rows


def day_rows(
    known: tuple[Account, ...], found: activity.Days, chosen: Integers
) -> list[dict[str, Any]]:
    """A member's day each, of the rows chosen."""
    counts = {name: values[chosen].tolist() for name, values in found.counts.items()}
    heads = zip(
        found.account[chosen].tolist(), found.day[chosen].tolist(),
        found.is_active[chosen].tolist(), found.model[chosen].tolist(), strict=True,
    )  # fmt: skip
    return [
        {
            "userId": known[place].user_id,
            "day": timeline.day_at(day).isoformat(),
            "date": timeline.midnight_ms(day),
            "email": known[place].email,
            "isActive": active,
            **{name: values[number] for name, values in counts.items()},
            "mostUsedModel": MODELS[model].name if active else None,
            "clientVersion": _VERSION if active else None,
        }
        for number, (place, day, active, model) in enumerate(heads)
    ]


def commit_row(commit: commits.Commit) -> dict[str, Any]:
    """A commit on one branch."""
    tab, untab, composed, removed, written, erased = commit.lines
    return {
        "commitHash": commit.hash,
        "userId": commit.account.user_id,
        "userEmail": commit.account.email,
        "repoName": commit.repository,
        "branchName": commit.branch,
        "isPrimaryBranch": commit.branch == "main",
        "commitSource": commit.source,
        "totalLinesAdded": tab + composed + written,
        "totalLinesDeleted": untab + removed + erased,
        "tabLinesAdded": tab,
        "tabLinesDeleted": untab,
        "composerLinesAdded": composed,
        "composerLinesDeleted": removed,
        "nonAiLinesAdded": written,
        "nonAiLinesDeleted": erased,
        "message": commit.message,
        "commitTs": _iso(commit.committed_ms),
        "createdAt": _iso(commit.noticed_ms),
    }


def _iso(milliseconds: int) -> str:
    whole, rest = divmod(milliseconds, 1000)
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=whole)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{rest:03d}Z"

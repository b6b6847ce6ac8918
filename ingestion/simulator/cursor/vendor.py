"""The team as the simulator serves it, and its truth."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false, reportUnknownArgumentType=false
# pyarrow ships no types.

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.cursor import activity, commits, events, reports
from ingestion.simulator.cursor.answers import refusal
from ingestion.simulator.cursor.keys import ENTERPRISE_KEY, TEAMS_KEY
from ingestion.simulator.cursor.models import (
    IS_IN_BOOK,
    MODELS,
    TOKEN_CLASSES,
    aliases,
    unit_prices,
)
from ingestion.simulator.cursor.routes import routes
from ingestion.simulator.cursor.team import STARTS_ON, accounts, links
from ingestion.simulator.totals import dates
from ingestion.simulator.usage import Integers
from ingestion.simulator.vendor import Controls, Example, SimulatedVendor, truth_table
from ingestion.window import Window

_NONE = len(TOKEN_CLASSES)
_CLASSES = (*TOKEN_CLASSES, "none")
_EXAMPLES = "vendors/cursor/cursor_examples.json"


def settings(url: str, folder: Path) -> Mapping[str, object]:
    """The team's part of the configuration."""
    return {
        "base_url": url,
        "plan": "enterprise",
        "seat_usd_per_month": 40,
        "starts_on": STARTS_ON,
    }


def expected(company: Company, at: datetime, window: Window) -> Controls:
    """Control sums of every table, by the connector's column names."""
    first, last = timeline.index(window.first), timeline.index(window.last)
    shown = events.served(company, at)
    used = shown.take((shown.day >= first) & (shown.day <= last))
    tokens = used.tokens.sum(axis=0)
    days = activity.days(company, at, first, last)
    made = [c for c in commits.served(company, at) if first <= c.day <= last]
    today = at.date()
    known = accounts(company)
    members = [account.is_member(today) for account in known]
    spent, overall = reports.cycle_spend(shown, today, len(known))
    return {
        "usage_events": {
            "rows": len(used),
            "input_tokens": int(tokens[0]),
            "output_tokens": int(tokens[1]),
            "cache_write_tokens": int(tokens[2]),
            "cache_read_tokens": int(tokens[3]),
            "model_cents": _cents(used.model_pico[used.is_metered]),
            "charged_cents": _cents(used.charged_pico),
        },
        "daily_usage": {
            "rows": len(days.day),
            "agent_requests": int(days.counts["agentRequests"].sum()),
            "accepted_lines_added": int(days.counts["acceptedLinesAdded"].sum()),
            "tabs_accepted": int(days.counts["totalTabsAccepted"].sum()),
        },
        "ai_code_commits": {
            "rows": len(made),
            "composer_lines_added": sum(commit.lines[2] for commit in made),
        },
        "members": {"rows": len(reports.listed(known, today))},
        "spend": {
            "rows": sum(members),
            "spend_cents": _cents(spent[members]),
            "overall_spend_cents": _cents(overall[members]),
        },
    }


def truth(company: Company, at: datetime | None) -> pa.Table:
    """Usage by day, account, model and token class; see `TRUTH`.

    Tokens cost what the price book says. A model that the book does not know has the
    vendor's own list cost in the row of class `none`, where also the charge stands.
    """
    shown = events.served(company, at)
    is_counted = shown.kind != events.OWN_KEY
    keys = np.stack([shown.day, shown.account, shown.model, is_counted], axis=1)
    groups, places = np.unique(keys, axis=0, return_inverse=True)
    places, size = places.reshape(-1), len(groups)
    tokens = np.zeros((size, len(TOKEN_CLASSES)), np.int64)
    np.add.at(tokens, places, shown.tokens)
    model_pico, charged = np.zeros(size, np.int64), np.zeros(size, np.int64)
    np.add.at(model_pico, places, shown.model_pico)
    np.add.at(charged, places, shown.charged_pico)
    is_stated = np.zeros(size, np.int64)
    np.add.at(is_stated, places, shown.is_metered)
    is_priced = IS_IN_BOOK[groups[:, 2]]
    costs = tokens * unit_prices(groups[:, 2], groups[:, 0])
    rows, classes = np.nonzero(tokens)
    every = np.concatenate([rows, np.arange(size)])
    return truth_table(
        {
            **_whose(company, groups[every]),
            "token_class": [_CLASSES[n] for n in (*classes, *np.full(size, _NONE))],
            "tokens": [*tokens[rows, classes].tolist(), *[None] * size],
            "list_cost_usd": [
                *_dollars(costs[rows, classes], is_priced[rows]),
                *_dollars(model_pico, ~is_priced & (is_stated > 0)),
            ],
            "billed_cost_usd": [
                *[None] * len(rows),
                *_dollars(charged, np.ones(size, np.bool_)),
            ],
            "is_counted": groups[every, 3] == 1,
        }
    )


def _whose(company: Company, groups: Integers) -> dict[str, object]:
    """The columns that say on what day, by whom and with which model."""
    known = accounts(company)
    chosen = [known[place] for place in groups[:, 1]]
    principals = [account.principal for account in chosen]
    return {
        "usage_date": dates(groups[:, 0]),
        "principal_type": [kind for kind, _, _ in principals],
        "principal_id": [id_ for _, id_, _ in principals],
        "attribution": [attribution for _, _, attribution in principals],
        "person_id": [account.person_id for account in chosen],
        "model": [MODELS[code].name for code in groups[:, 2]],
    }


def _dollars(pico: Integers, is_known: NDArray[np.bool_]) -> list[Decimal | None]:
    return [
        Decimal(int(amount)).scaleb(-12) if known else None
        for amount, known in zip(pico, is_known, strict=True)
    ]


def _cents(pico: Integers) -> Decimal:
    return Decimal(int(pico.sum())).scaleb(-10)


def _example(table: str, key: str, path: str, day: date | None = None) -> Example:
    days = None if day is None else Window(day, day)
    return Example(table, _EXAMPLES, f"/{key}", path, days)


VENDOR = SimulatedVendor(
    source="cursor",
    routes=routes,
    settings=settings,
    secrets={"CURSOR_API_KEY": ENTERPRISE_KEY},
    weak_secrets={"CURSOR_API_KEY": TEAMS_KEY},
    expected=expected,
    truth=truth,
    aliases=aliases(),
    links=links,
    refusal=refusal,
    row_fields=("usageEvents", "data", "items", "teamMembers", "teamMemberSpend"),
    # A page is asked for by its number; the vendor says where it is in this object.
    cursor_fields=("pagination",),
    examples=(
        _example(
            "usage_events", "events", "/teams/filtered-usage-events", date(2025, 11, 20)
        ),
        _example(
            "daily_usage", "daily_usage", "/teams/daily-usage-data", date(2026, 11, 20)
        ),
        _example(
            "ai_code_commits", "ai_commits", "/analytics/ai-code/commits",
            date(2026, 11, 20),
        ),
        _example("members", "members", "/teams/members"),
        _example("spend", "spend", "/teams/spend"),
    ),
)  # fmt: skip

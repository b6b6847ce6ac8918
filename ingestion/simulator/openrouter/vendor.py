"""The account as the simulator serves it, and its truth."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# pyarrow ships no types.

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.openrouter.account import (
    CALLS_KEY,
    CLASSES,
    HORIZON_DAYS,
    KEY,
    MODELS,
    PREVIEW,
    STARTS_ON,
    key_hash,
    report,
)
from ingestion.simulator.openrouter.routes import dollars, reasoning, refusal, routes
from ingestion.simulator.totals import MONEY, dates
from ingestion.simulator.vendor import (
    Controls,
    Example,
    KeyOwner,
    SimulatedVendor,
    truth_table,
)
from ingestion.window import Window


def settings(url: str, folder: Path) -> Mapping[str, Any]:
    """The account's part of the configuration."""
    return {"base_url": url, "starts_on": STARTS_ON}


def expected(company: Company, at: datetime, window: Window) -> Controls:
    """Control sums of the rows; usage of a deleted key is in the row of no key."""
    found = report(company)
    oldest = at.date() - timedelta(days=HORIZON_DAYS)
    newest = at.date() - timedelta(days=1)
    first, last = max(window.first, oldest), min(window.last, newest)
    shown = found.shown(at).within(first, last)
    uncached, cached, output = map(int, shown.tokens.sum(axis=0))
    return {
        "activity": {
            "rows": len(shown.day),
            "requests": int(shown.requests.sum()),
            "prompt_tokens": uncached + cached,
            "cached_tokens": cached,
            "completion_tokens": output,
            "reasoning_tokens": int(reasoning(shown.tokens).sum()),
            "usage_usd": dollars(shown.charged.sum()),
            "byok_usage_usd": dollars(shown.byok.sum()),
        }
    }


def truth(company: Company, at: datetime | None) -> pa.Table:
    """Tokens by day, key, model and class; see `TRUTH`.

    Tokens cost what the price book says. Of the model that it lacks the vendor's amount
    stands in a row of class `none`.
    """
    found = report(company)
    shown = found.shown(at).within(STARTS_ON, timeline.LAST_DAY)
    rows, classes = np.nonzero(shown.tokens)
    stated = np.flatnonzero(shown.model == PREVIEW)
    every = np.concatenate([rows, stated])
    is_priced = shown.model[rows] != PREVIEW
    pico = shown.pico[rows, classes]
    charged = shown.charged[stated]
    owners = [found.accounts[n] for n in shown.account[every]]
    listed = [owner.is_listed(at) for owner in owners]
    persons = [owner.person and owner.person.person_id for owner in owners]
    costs = [
        *(dollars(p) if k else None for p, k in zip(pico, is_priced, strict=True)),
        *(dollars(p) for p in charged),
    ]
    return truth_table(
        {
            "usage_date": dates(shown.day[every]),
            "principal_type": ["api_key" if is_ else "unknown" for is_ in listed],
            "principal_id": [
                owner.key_hash if is_ else ""
                for owner, is_ in zip(owners, listed, strict=True)
            ],
            "attribution": [owner.attribution for owner in owners],
            "person_id": pa.array(persons, pa.string()),
            "model": [MODELS[n][0] for n in shown.model[every]],
            "token_class": [
                *(CLASSES[n] for n in classes),
                *["none"] * len(stated),
            ],
            "tokens": [
                *shown.tokens[rows, classes].tolist(),
                *[None] * len(stated),
            ],
            "list_cost_usd": pa.array(costs, MONEY),
            "billed_cost_usd": pa.array(
                [*[None] * len(rows), *(dollars(p) for p in charged)], MONEY
            ),
            "is_counted": ~shown.is_own[every],
        }
    )


def key_owners(company: Company) -> Sequence[KeyOwner]:
    """Whose keys they are, as far as somebody wrote it down."""
    since = date(2026, 10, 20)
    found = [
        KeyOwner(each.key_hash, "personal", each.person.person_id, None, since)
        for each in report(company).accounts
        if each.person is not None
    ]
    return [
        *found,
        KeyOwner(key_hash(company, "summaries"), "shared", None, "summaries", since),
    ]


_SHOWN = Window(date(2026, 11, 20), date(2026, 11, 20))

VENDOR = SimulatedVendor(
    source="openrouter",
    routes=routes,
    settings=settings,
    secrets={"OPENROUTER_MANAGEMENT_KEY": KEY},
    weak_secrets={"OPENROUTER_MANAGEMENT_KEY": CALLS_KEY},
    expected=expected,
    truth=truth,
    key_owners=key_owners,
    refusal=refusal,
    examples=(
        Example(
            "activity",
            "vendors/other/other_vendor_examples.json",
            "/openrouter_activity",
            "/activity",
            _SHOWN,
        ),
        Example("activity", "", "", "/keys", _SHOWN, made='{"data": []}'),
    ),
)

"""The workspace as the simulator serves it, and its truth."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false, reportUnknownArgumentType=false
# pyarrow ships no types.

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa

from ingestion.simulator import timeline
from ingestion.simulator.accounts import Link
from ingestion.simulator.codex.routes import (
    KEY,
    PATH,
    UNSCOPED_KEY,
    WORKSPACE_ID,
    routes,
)
from ingestion.simulator.codex.rows import (
    CREDITS_A_DOLLAR,
    TOKEN_CLASSES,
    TOKEN_FIELDS,
    TOKENS_FROM,
    actors,
    served,
)
from ingestion.simulator.company import Company
from ingestion.simulator.habits import HABITS
from ingestion.simulator.openai.members import links_of
from ingestion.simulator.openai.parameters import refusal
from ingestion.simulator.totals import MONEY, dates
from ingestion.simulator.vendor import Controls, Example, SimulatedVendor, truth_table
from ingestion.window import Window


def settings(url: str, folder: Path) -> Mapping[str, object]:
    """The workspace's part of the configuration."""
    return {
        "base_url": url,
        "workspace_id": WORKSPACE_ID,
        "usd_per_credit": str(Decimal(1) / CREDITS_A_DOLLAR),
        "starts_on": HABITS["codex"].starts_on,
    }


def expected(company: Company, at: datetime, window: Window) -> Controls:
    """Control sums of the usage table, by the connector's column names."""
    rows = served(company, at)
    first, last = timeline.index(window.first), timeline.index(window.last)
    rows = rows.take((rows.day >= first) & (rows.day <= last))
    told = rows.tokens[rows.day >= TOKENS_FROM].sum(axis=0)
    tokens = dict(zip(TOKEN_FIELDS, map(int, told), strict=True))
    return {
        "usage": {
            "rows": len(rows),
            **tokens,
            "text_total_tokens": sum(tokens.values()),
            "credits": Decimal(int(rows.credits.sum())).scaleb(-3),
            "threads": int(rows.threads.sum()),
            "turns": int(rows.turns.sum()),
            "lines_added": int(rows.added.sum()),
        }
    }


def truth(company: Company, at: datetime | None) -> pa.Table:
    """Tokens and credits by day, principal and class; see `TRUTH`. Tokens are of no
    one model and have no price; what the credits cost stands beside them."""
    rows = served(company, at)
    told = np.where(rows.day[:, None] >= TOKENS_FROM, rows.tokens, 0)
    places, classes = np.nonzero(np.column_stack([told, rows.credits]))
    is_credit = classes == len(TOKEN_CLASSES)
    paid = [
        Decimal(int(credits)).scaleb(-3) / CREDITS_A_DOLLAR if is_paid else None
        for credits, is_paid in zip(rows.credits[places], is_credit, strict=True)
    ]
    tokens = np.column_stack([told, rows.credits])[places, classes]
    owners = [actors(company)[n] for n in rows.actor[places]]
    persons = [owner.member.person_id if owner.member else None for owner in owners]
    return truth_table(
        {
            "usage_date": dates(rows.day[places]),
            "principal_type": [owner.kind for owner in owners],
            "principal_id": [owner.user_id for owner in owners],
            "attribution": [owner.attribution for owner in owners],
            "person_id": pa.array(persons, pa.string()),
            "token_class": [(*TOKEN_CLASSES, "none")[n] for n in classes],
            "tokens": pa.array(tokens, pa.int64(), mask=is_credit),
            "list_cost_usd": pa.array(paid, MONEY),
        }
    )


def links(company: Company) -> Sequence[Link]:
    """The users whom no e-mail resolves, as the identity provider knows them."""
    listed = [actor.member for actor in actors(company) if actor.member]
    return links_of(company, "codex", listed)


VENDOR = SimulatedVendor(
    source="codex",
    routes=routes,
    settings=settings,
    secrets={"CODEX_ANALYTICS_KEY": KEY},
    weak_secrets={"CODEX_ANALYTICS_KEY": UNSCOPED_KEY},
    expected=expected,
    truth=truth,
    links=links,
    refusal=refusal,
    cursor_fields=("next_page",),
    examples=(
        Example(
            "usage",
            "vendors/openai/codex_enterprise_analytics_synthetic.json",
            "/response",
            PATH.format(workspace=WORKSPACE_ID),
            Window(date(2025, 11, 20), date(2025, 11, 20)),
        ),
    ),
)

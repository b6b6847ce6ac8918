"""The organisation as the simulator serves it, and its truth."""

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
from ingestion.simulator.anthropic.answers import refusal
from ingestion.simulator.anthropic_enterprise.activity import activity
from ingestion.simulator.anthropic_enterprise.routes import (
    ANALYTICS_KEY,
    CONSOLE_KEY,
    routes,
)
from ingestion.simulator.anthropic_enterprise.seats import (
    STARTS_ON,
    beyond_seat,
    seats,
    served,
)
from ingestion.simulator.company import Company
from ingestion.simulator.openai.members import links_of
from ingestion.simulator.prices import WEB_SEARCH_PICO
from ingestion.simulator.totals import dates, totals
from ingestion.simulator.usage import MODEL_ALIASES, MODELS
from ingestion.simulator.vendor import Controls, Example, SimulatedVendor, truth_table
from ingestion.window import Window

_SOURCE = "anthropic_enterprise"


def settings(url: str, folder: Path) -> Mapping[str, object]:
    """The organisation's part of the configuration."""
    return {"base_url": url, "starts_on": STARTS_ON}


def expected(company: Company, at: datetime, window: Window) -> Controls:
    """Control sums of every table, by the connector's column names."""
    first, last = timeline.index(window.first), timeline.index(window.last)
    used = served(company, at)
    used = used.take((used.day >= first) & (used.day <= last))
    uncached, read, short, long, output = map(int, used.tokens.sum(axis=0))
    did = activity(company, at, first, last)
    charged = beyond_seat(used)
    by_class = charged.tokens * charged.unit_prices()
    pico = int(by_class.sum() + (charged.searches * WEB_SEARCH_PICO).sum())
    lines = np.count_nonzero(by_class) + np.count_nonzero(charged.searches)
    return {
        "user_usage": {
            "rows": len(used),
            "uncached_input_tokens": uncached,
            "cache_read_input_tokens": read,
            "cache_creation_5m_input_tokens": short,
            "cache_creation_1h_input_tokens": long,
            "output_tokens": output,
            "total_tokens": uncached + read + short + long + output,
            "requests": int(used.requests.sum()),
            "web_search_requests": int(used.searches.sum()),
        },
        "user_cost": {"rows": int(lines), "amount_cents": Decimal(pico).scaleb(-10)},
        "user_activity": {
            "rows": len(did.day),
            "chat_messages": int(did.chats.sum()),
            "cowork_messages": int(did.coworks.sum()),
            "code_sessions": int(did.sessions.sum()),
            "web_searches": int(did.searches.sum()),
        },
    }


def truth(company: Company, at: datetime | None) -> pa.Table:
    """Tokens by day, seat user, model and class; see `TRUTH`. What goes beyond the
    seats is charged by line, not by token, and is no part of it."""
    used = served(company, at)
    found = totals(used, [used.principal, used.day, used.model])
    owners = [seats(company)[n] for n in found.keys[0]]
    size = len(owners)
    return truth_table(
        {
            "usage_date": dates(found.keys[1]),
            "principal_type": ["user"] * size,
            "principal_id": [owner.user_id for owner in owners],
            "attribution": [
                "person" if owner.person_id else "unattributed" for owner in owners
            ],
            "person_id": pa.array([o.person_id for o in owners], pa.string()),
            "model": [MODELS[n] for n in found.keys[2]],
            **found.columns(),
        }
    )


def links(company: Company) -> Sequence[Link]:
    """The users whom no e-mail resolves, as the identity provider knows them."""
    return links_of(company, _SOURCE, [s for s in seats(company) if s.person_id])


# The day that an instant of the official bodies stands for, which is of 2019.
_SHOWN = date(2026, 11, 20)

VENDOR = SimulatedVendor(
    source=_SOURCE,
    routes=routes,
    settings=settings,
    secrets={"ANTHROPIC_ANALYTICS_KEY": ANALYTICS_KEY},
    weak_secrets={"ANTHROPIC_ANALYTICS_KEY": CONSOLE_KEY},
    expected=expected,
    truth=truth,
    aliases={"anthropic": MODEL_ALIASES},
    links=links,
    refusal=refusal,
    cursor_fields=("next_page",),
    examples=tuple(
        Example(
            table,
            "vendors/anthropic/anthropic_admin_examples.json",
            f"/enterprise_analytics_{name}/examples/0",
            f"/v1/organizations/analytics/{path}",
            Window(_SHOWN, _SHOWN),
            {"2019-12-27T18:11:19.117Z": f"{_SHOWN}T00:00:00Z"},
        )
        for table, name, path in (
            ("user_usage", "usage_by_user", "user_usage_report"),
            ("user_cost", "cost_by_user", "user_cost_report"),
            ("user_activity", "users", "users"),
        )
    ),
)

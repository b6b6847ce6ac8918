"""The organisation as the simulator serves it, and its truth."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false, reportUnknownArgumentType=false
# pyarrow ships no types.

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa

from ingestion.simulator import timeline
from ingestion.simulator.anthropic.answers import refusal
from ingestion.simulator.anthropic.keys import ADMIN_KEY, DIRECTORY_KEY
from ingestion.simulator.anthropic.routes import routes
from ingestion.simulator.company import Company
from ingestion.simulator.totals import dates, totals
from ingestion.simulator.usage import MODEL_ALIASES, MODELS, Usage
from ingestion.simulator.vendor import TRUTH, Controls, KeyOwner, SimulatedVendor
from ingestion.window import Window


def settings(url: str, folder: Path) -> Mapping[str, object]:
    """The organisation's part of the configuration."""
    return {"base_url": url, "starts_on": timeline.AI_FIRST_DAY}


def expected(company: Company, at: datetime, window: Window) -> Controls:
    """Control sums of the usage table, by the connector's column names."""
    usage = company.revisions.as_served(at)
    first, last = timeline.index(window.first), timeline.index(window.last)
    kept = (usage.day >= first) & (usage.day <= last) & (usage.spans == 0)
    tokens = usage.take(kept).tokens.sum(axis=0)
    names = (
        "uncached_input_tokens", "cache_read_input_tokens",
        "cache_creation_5m_input_tokens", "cache_creation_1h_input_tokens",
        "output_tokens",
    )  # fmt: skip
    sums = {name: int(total) for name, total in zip(names, tokens, strict=True)}
    return {"usage": sums, "usage_by_key": sums}


def truth(company: Company, at: datetime | None) -> pa.Table:
    """Usage by day, actor, model and token class; see `TRUTH`."""
    served = company.usage if at is None else company.revisions.as_served(at)
    usage: Usage = served.take(served.model > 0)
    found = totals(usage, [usage.principal, usage.day, usage.model])
    actors = [company.principals[n] for n in found.keys[0]]
    size = len(actors)
    columns = found.columns()
    return (
        pa.table(
            {
                "usage_date": dates(found.keys[1]),
                "principal_type": [a.principal_type for a in actors],
                "principal_id": [a.principal_id for a in actors],
                "attribution": [a.attribution for a in actors],
                "person_id": [a.person_id for a in actors],
                "model": [MODELS[n] for n in found.keys[2]],
                **columns,
                "billed_cost_usd": pa.nulls(size, pa.decimal128(38, 12)),
                "is_counted": np.ones(size, np.bool_),
            }
        )
        .select(TRUTH.names)
        .cast(TRUTH)
    )


def key_owners(company: Company) -> Sequence[KeyOwner]:
    """The keys that somebody wrote down."""
    return [
        KeyOwner(
            key.api_key_id,
            key.purpose,
            key.owner_person_id,
            key.cost_pool,
            key.created_on,
        )
        for key in company.api_keys
        if key.purpose is not None
    ]


VENDOR = SimulatedVendor(
    source="anthropic",
    routes=routes,
    settings=settings,
    secrets={"ANTHROPIC_ADMIN_KEY": ADMIN_KEY},
    weak_secrets={"ANTHROPIC_ADMIN_KEY": DIRECTORY_KEY},
    expected=expected,
    truth=truth,
    aliases={"anthropic": MODEL_ALIASES},
    key_owners=key_owners,
    refusal=refusal,
    cursor_fields=("next_page", "last_id"),
)

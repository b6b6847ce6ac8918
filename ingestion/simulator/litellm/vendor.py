"""The proxy as the simulator serves it, and its truth."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false, reportUnknownArgumentType=false
# pyarrow ships no types.

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa

from ingestion.simulator.accounts import Link
from ingestion.simulator.company import Company
from ingestion.simulator.habits import HABITS
from ingestion.simulator.litellm.calls import (
    CLASSES,
    KEY,
    MODELS,
    POOL,
    VIEWER_KEY,
    calls,
    key_hash,
)
from ingestion.simulator.litellm.routes import refusal, routes
from ingestion.simulator.litellm.sums import groups
from ingestion.simulator.totals import MONEY, dates
from ingestion.simulator.vendor import (
    Controls,
    Example,
    KeyOwner,
    SimulatedVendor,
    truth_table,
)
from ingestion.window import Window


def settings(url: str, folder: Path) -> Mapping[str, object]:
    """The proxy's part of the configuration."""
    return {"base_url": url, "starts_on": HABITS["litellm"].starts_on}


def expected(company: Company, at: datetime, window: Window) -> Controls:
    """Control sums of the calls, which are those of the proxy's own sums too."""
    found = calls(company)
    kept = found.within(at, window)
    tokens, pico = found.tokens[kept], int(found.pico[kept].sum())
    both: dict[str, int | Decimal] = {
        "prompt_tokens": int(tokens[:, :3].sum()),
        "cache_read_tokens": int(tokens[:, 1].sum()),
        "cache_creation_tokens": int(tokens[:, 2].sum()),
        "completion_tokens": int(tokens[:, 3].sum()),
        "total_tokens": int(tokens.sum()),
        "spend_usd": Decimal(pico).scaleb(-12),
    }
    return {
        "spend_logs": {"rows": len(tokens), **both},
        "daily_activity": {
            "rows": len(groups(found, kept)),
            "requests": len(tokens),
            **both,
        },
    }


def truth(company: Company, at: datetime | None) -> pa.Table:
    """Tokens by call and class; see `TRUTH`."""
    found = calls(company)
    kept = np.flatnonzero(found.shown(at))
    places, classes = np.nonzero(found.tokens[kept])
    rows = kept[places]
    owners = [found.callers[n] for n in found.caller[rows]]
    persons = [owner.person and owner.person.person_id for owner in owners]
    cost = [Decimal(int(p)).scaleb(-12) for p in found.pico[rows, classes]]
    models = [MODELS[n] for n in found.model[rows]]
    return truth_table(
        {
            "usage_date": dates(found.day[rows]),
            "principal_type": [owner.principal[0] for owner in owners],
            "principal_id": [owner.principal[1] for owner in owners],
            "attribution": [owner.attribution for owner in owners],
            "person_id": pa.array(persons, pa.string()),
            "model": [name for name, *_ in models],
            "token_class": [CLASSES[n] for n in classes],
            "tokens": found.tokens[rows, classes],
            "list_cost_usd": pa.array(cost, MONEY),
            "is_counted": [is_counted for *_, is_counted in models],
        }
    )


def links(company: Company) -> Sequence[Link]:
    """Whose users they are: the proxy holds no e-mails."""
    return [
        Link("litellm", caller.user_id or "", caller.person.person_id, "directory_id",
             "single sign-on of the proxy", caller.person.positions[0].valid_from,
             caller.person.last_day)
        for caller in calls(company).callers
        if caller.person is not None
    ]  # fmt: skip


def key_owners(company: Company) -> Sequence[KeyOwner]:
    """The key of the nightly reports."""
    return [KeyOwner(key_hash(POOL), "product", None, "reports", date(2026, 10, 1))]


VENDOR = SimulatedVendor(
    source="litellm",
    routes=routes,
    settings=settings,
    secrets={"LITELLM_KEY": KEY},
    weak_secrets={"LITELLM_KEY": VIEWER_KEY},
    expected=expected,
    truth=truth,
    links=links,
    key_owners=key_owners,
    refusal=refusal,
    row_fields=("data", "results", "users", "keys"),
    examples=(
        Example(
            "daily_activity",
            "vendors/litellm/litellm_user_daily_activity_synthetic.json",
            "/response",
            "/user/daily/activity",
            Window(date(2026, 11, 20), date(2026, 11, 20)),
        ),
    ),
)

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
from ingestion.simulator.company import Company
from ingestion.simulator.habits import HABITS
from ingestion.simulator.openai.charges import (
    COST_DIMENSIONS,
    charges,
    cost_rows,
)
from ingestion.simulator.openai.members import (
    PROJECTS,
    actors,
    key_owners,
    keys,
    links,
    members,
)
from ingestion.simulator.openai.parameters import refusal
from ingestion.simulator.openai.prices import TOKEN_CLASSES
from ingestion.simulator.openai.reports import DIMENSIONS
from ingestion.simulator.openai.routes import ADMIN_KEY, DIRECTORY_KEY, routes
from ingestion.simulator.openai.rows import ALIASES, MODELS, SEARCHES, served
from ingestion.simulator.totals import MONEY, dates
from ingestion.simulator.vendor import Controls, Example, SimulatedVendor, truth_table
from ingestion.window import Window

_FILE = "vendors/openai/openai_examples.json"


def settings(url: str, folder: Path) -> Mapping[str, object]:
    """The organisation's part of the configuration."""
    return {"base_url": url, "starts_on": HABITS["openai"].starts_on}


def expected(company: Company, at: datetime, window: Window) -> Controls:
    """Control sums of every table, by the connector's column names."""
    rows = served(company, at)
    first, last = timeline.index(window.first), timeline.index(window.last)
    rows = rows.take((rows.day >= first) & (rows.day <= last))
    uncached, read, written, output = map(int, rows.tokens.sum(axis=0))
    charged = charges(company, rows)
    lines = cost_rows(company, charged, COST_DIMENSIONS, first, last + 1)
    listed = [m for m in members(company) if m.is_listed(at.date())]
    return {
        "usage": {
            "rows": len(rows),
            "input_tokens": uncached + read + written,
            "input_cached_tokens": read,
            "input_cache_write_tokens": written,
            "output_tokens": output,
            "num_model_requests": int(rows.requests.sum()),
            "num_requests": int(rows.units[rows.endpoint == SEARCHES].sum()),
        },
        "costs": {
            "rows": len(lines),
            "amount": Decimal(int(charged.pico.sum())).scaleb(-12),
        },
        "users": {"rows": len(listed)},
        "projects": {"rows": len(PROJECTS) + 1},
        "api_keys": {"rows": len(keys(company))},
    }


def truth(company: Company, at: datetime | None) -> pa.Table:
    """Tokens by day, principal, model and class; see `TRUTH`. The vendor charges by
    line item and not by principal, so nothing is billed to one."""
    rows = served(company, at)
    principals = [actor.principal for actor in actors(company)]
    stacked = np.stack([rows.actor, rows.day, rows.model], axis=1)
    groups, places = np.unique(stacked, axis=0, return_inverse=True)
    size = (len(groups), len(TOKEN_CLASSES))
    tokens, pico = np.zeros(size, np.int64), np.zeros(size, np.int64)
    np.add.at(tokens, places.reshape(-1), rows.tokens)
    np.add.at(pico, places.reshape(-1), rows.tokens * rows.unit_prices())
    at_group, classes = np.nonzero(tokens)
    found = groups[at_group]
    owners = [actors(company)[n] for n in found[:, 0]]
    cost = [Decimal(int(each)).scaleb(-12) for each in pico[at_group, classes]]
    return truth_table(
        {
            "usage_date": dates(found[:, 1]),
            "principal_type": [principals[n][0] for n in found[:, 0]],
            "principal_id": [principals[n][1] for n in found[:, 0]],
            "attribution": [owner.attribution for owner in owners],
            "person_id": pa.array([o.person_id for o in owners], pa.string()),
            "model": [MODELS[n] for n in found[:, 2]],
            "token_class": [TOKEN_CLASSES[n] for n in classes],
            "tokens": tokens[at_group, classes],
            "list_cost_usd": pa.array(cost, MONEY),
        }
    )


def _examples() -> Sequence[Example]:
    """The official bodies, and a made-up one of completions with more of its fields."""
    shown = Window(date(2024, 11, 1), date(2024, 11, 1))
    base = "/v1/organization"
    keys_of = "/~1organization~1projects~1{project_id}~1api_keys"
    return (
        Example(
            "usage",
            "vendors/openai/openai_populated_synthetic.json",
            "/usage",
            f"{base}/usage/completions",
            Window(date(2025, 11, 20), date(2025, 11, 21)),
        ),
        *(
            Example(
                "usage",
                _FILE,
                f"/~1organization~1usage~1{name}",
                f"{base}/usage/{name}",
                shown,
            )
            for name in DIMENSIONS
        ),
        Example("costs", _FILE, "/~1organization~1costs", f"{base}/costs", shown),
        Example("users", _FILE, "/~1organization~1users", f"{base}/users"),
        Example("projects", _FILE, "/~1organization~1projects", f"{base}/projects"),
        Example("api_keys", _FILE, "/~1organization~1projects", f"{base}/projects"),
        Example("api_keys", _FILE, keys_of, f"{base}/projects/proj_abc/api_keys"),
    )


VENDOR = SimulatedVendor(
    source="openai",
    routes=routes,
    settings=settings,
    secrets={"OPENAI_ADMIN_KEY": ADMIN_KEY},
    weak_secrets={"OPENAI_ADMIN_KEY": DIRECTORY_KEY},
    expected=expected,
    truth=truth,
    aliases={"openai": ALIASES},
    links=links,
    key_owners=key_owners,
    refusal=refusal,
    cursor_fields=("next_page", "last_id"),
    examples=tuple(_examples()),
)

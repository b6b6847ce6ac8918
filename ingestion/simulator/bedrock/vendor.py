"""The logs as the simulator writes them, and their truth."""

# pyarrow ships no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

import gzip
import shutil
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from ingestion.simulator import timeline
from ingestion.simulator.bedrock.calls import (
    ACCOUNT,
    CANONICAL,
    CI,
    CLASSES,
    COLUMNS,
    FOLDER,
    MODELS,
    REGION,
    Calls,
    calls,
    unit_prices,
)
from ingestion.simulator.bedrock.entries import entry
from ingestion.simulator.company import Company
from ingestion.simulator.vendor import TRUTH, Controls, KeyOwner, SimulatedVendor
from ingestion.window import Window

# Of the days before the first log nothing is known, so nothing is expected of them.
STARTS_ON: Final = date(2026, 10, 5)


def settings(url: str, folder: Path) -> Mapping[str, object]:
    """The logs' part of the configuration."""
    return {"folder": str(folder / FOLDER), "starts_on": STARTS_ON}


def write(company: Company, present: datetime, home: Path) -> None:
    """A gzip file per day of delivery, so that there are few."""
    root = home / FOLDER
    shutil.rmtree(root, ignore_errors=True)
    made = calls(company)
    files: dict[str, list[bytes]] = {}
    for n in np.flatnonzero(_is_shown(made, present)):
        told = entry(company.seed, made, int(n))
        at = timeline.instant(int(made.delivered[n]) * 1000)
        path = f"{at:%Y/%m/%d}/23/{at:%Y%m%d}T235959000Z_{n % 2}.json.gz"
        files.setdefault(path, []).append(told)
        if n % 19 == 0:  # logged again, in the other file of that day
            again = path.replace(f"_{n % 2}.", f"_{1 - n % 2}.")
            files.setdefault(again, []).append(told)
    base = root / "AWSLogs" / ACCOUNT / "BedrockModelInvocationLogs" / REGION
    base.mkdir(parents=True)
    for path, entries in files.items():
        target = base / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(gzip.compress(b"\n".join(entries) + b"\n", 1, mtime=0))


def expected(company: Company, at: datetime, window: Window) -> Controls:
    """Control sums of the invocations delivered until an instant."""
    made = calls(company)
    first, last = timeline.index(window.first), timeline.index(window.last)
    kept = _is_shown(made, at) & (made.day >= first) & (made.day <= last)
    sums = made.tokens[kept].sum(axis=0)
    named = {name: int(total) for name, total in zip(COLUMNS, sums, strict=True)}
    return {"invocations": {"rows": int(kept.sum()), **named}}


def truth(company: Company, at: datetime | None) -> pa.Table:
    """Usage by day, session or role, model and token class; see `TRUTH`."""
    made = calls(company)
    shown = np.ones(len(made.day), np.bool_) if at is None else _is_shown(made, at)
    keys = np.stack([made.day, made.session, made.model], axis=1)[shown]
    groups, places = np.unique(keys, axis=0, return_inverse=True)
    sums = np.zeros((len(groups), len(CLASSES)), np.int64)
    np.add.at(sums, places.reshape(-1), made.tokens[shown])
    rows, classes = np.nonzero(sums)
    day, session, model = groups[rows].T
    tokens = sums[rows, classes]
    pico = tokens * unit_prices(day, model)[np.arange(len(rows)), classes]
    who = [made.sessions[n] for n in session]
    is_user = ["@" in each.name for each in who]
    types = ["user" if user else "api_key" for user in is_user]
    ids = [w.name if user else w.role for w, user in zip(who, is_user, strict=True)]
    cost = [Decimal(int(amount)).scaleb(-12) for amount in pico]
    return pa.table(
        {
            "usage_date": [timeline.day_at(int(n)) for n in day],
            "principal_type": types,
            "principal_id": ids,
            "attribution": [each.attribution for each in who],
            "person_id": pa.array([each.person_id for each in who], pa.string()),
            "model": [MODELS[n] for n in model],
            "token_class": [CLASSES[n] for n in classes],
            "tokens": tokens,
            "list_cost_usd": pa.array(cost, pa.decimal128(38, 12)),
            "billed_cost_usd": pa.nulls(len(rows), pa.decimal128(38, 12)),
            "is_counted": np.ones(len(rows), np.bool_),
        }
    ).cast(TRUTH)


def key_owners(company: Company) -> Sequence[KeyOwner]:
    """CI's role; nobody wrote down what else the developers' role is used for."""
    return [KeyOwner(CI, "ci", None, "build", date(2026, 1, 1))]


def _is_shown(made: Calls, present: datetime) -> np.ndarray:
    return made.delivered <= timeline.epoch_ms(present) // 1000


VENDOR = SimulatedVendor(
    source="bedrock",
    settings=settings,
    secrets={},
    expected=expected,
    truth=truth,
    aliases={"aws": CANONICAL},
    write=write,
    key_owners=key_owners,
)

"""The telemetry as the simulator writes it, and its truth.

Claude Code's tokens are those that the vendor counts too, so they are not counted
again; Gemini CLI's are counted here alone.
"""

# pyarrow ships no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

import shutil
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa

from ingestion.simulator import prices, timeline
from ingestion.simulator.company import Company
from ingestion.simulator.habits import HABITS
from ingestion.simulator.otel.calls import (
    CLASSES,
    CLAUDE,
    FIRST_GEMINI,
    MODELS,
    THOUGHTS,
    Calls,
    calls,
    clients,
)
from ingestion.simulator.otel.lines import identity, sessions
from ingestion.simulator.provider_prices import pico_prices
from ingestion.simulator.randomness import unique_id
from ingestion.simulator.usage import MODEL_ALIASES, Integers
from ingestion.simulator.vendor import TRUTH, Controls, SimulatedVendor
from ingestion.window import Window

FOLDER = "telemetry"
_AGAIN_EVERY = 13  # sessions that a client sends twice
_ACTIVITY_POINTS = 2  # of a session: one of sessions, one of lines


def settings(url: str, folder: Path) -> Mapping[str, object]:
    """The telemetry's part of the configuration."""
    starts_on = HABITS["gemini_cli"].starts_on
    return {"folder": str(folder / FOLDER), "starts_on": starts_on}


def write(company: Company, present: datetime, home: Path) -> None:
    """A file per day of receipt. Some sessions come twice, as after a lost answer."""
    root = home / FOLDER
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    files: dict[str, list[bytes]] = {}
    for n, session in enumerate(sessions(company, _shown(company, present))):
        day = timeline.instant(session.received * 1000).date().isoformat()
        times = 2 if n % _AGAIN_EVERY == 0 else 1
        files.setdefault(day, []).extend(session.lines * times)
    for day, lines in files.items():
        target = root / day / f"{unique_id(company.seed, 'receiver', day)}.jsonl"
        target.parent.mkdir()
        target.write_bytes(b"\n".join(lines) + b"\n")


def expected(company: Company, at: datetime, window: Window) -> Controls:
    """Control sums of both tables for the telemetry received until an instant."""
    made = _shown(company, at)
    first, last = timeline.index(window.first), timeline.index(window.last)
    made = made.take((made.day >= first) & (made.day <= last))
    known = clients(company)
    has_events = np.array([client.sends == "both" for client in known])[made.client]
    is_claude = np.array([client.tool == CLAUDE for client in known])[made.client]
    points = (made.tokens[~has_events, :THOUGHTS] > 0).sum()
    uncached, read, written, output, thoughts = made.tokens.sum(axis=0)
    inclusive = made.tokens[~is_claude, 1].sum()  # Gemini's input holds its cache
    days = np.stack([made.client, made.day], axis=1)[is_claude]
    points_told = len(np.unique(days, axis=0)) * _ACTIVITY_POINTS
    return {
        "token_usage": {
            "rows": int(has_events.sum() + points),
            "input_tokens": int(uncached + inclusive),
            "cache_read_tokens": int(read),
            "cache_creation_tokens": int(written),
            "output_tokens": int(output - thoughts),
            "thoughts_tokens": int(thoughts),
        },
        "activity": {"rows": points_told},
    }


def truth(company: Company, at: datetime | None) -> pa.Table:
    """Usage by day, client's user, model and token class; see `TRUTH`."""
    made = calls(company) if at is None else _shown(company, at)
    known = clients(company)
    keys = np.stack([made.day, made.client, made.model], axis=1)
    groups, places = np.unique(keys, axis=0, return_inverse=True)
    sums = np.zeros((len(groups), len(CLASSES)), np.int64)
    np.add.at(sums, places.reshape(-1), made.tokens[:, :THOUGHTS])
    rows, classes = np.nonzero(sums)
    day, client, model = groups[rows].T
    tokens = sums[rows, classes]
    pico = tokens * _prices(day, model)[np.arange(len(rows)), classes]
    cost = [Decimal(int(amount)).scaleb(-12) for amount in pico]
    who = [known[n] for n in client]
    return pa.table(
        {
            "usage_date": [timeline.day_at(int(n)) for n in day],
            "principal_type": ["user" if w.person_id else "unknown" for w in who],
            "principal_id": _principals(company, day, client),
            "attribution": ["person" if w.person_id else "unattributed" for w in who],
            "person_id": pa.array([w.person_id for w in who], pa.string()),
            "model": [MODELS[n] for n in model],
            "token_class": [CLASSES[n] for n in classes],
            "tokens": tokens,
            "list_cost_usd": pa.array(cost, pa.decimal128(38, 12)),
            "billed_cost_usd": pa.nulls(len(rows), pa.decimal128(38, 12)),
            "is_counted": [w.tool != CLAUDE for w in who],
        }
    ).cast(TRUTH)


def _shown(company: Company, present: datetime) -> Calls:
    """The calls of sessions that were received by an instant: a session's day is told
    at once, when its last call was."""
    made = calls(company)
    keys = np.stack([made.client, made.day], axis=1)
    groups, places = np.unique(keys, axis=0, return_inverse=True)
    received = np.zeros(len(groups), np.int64)
    np.maximum.at(received, places.reshape(-1), made.received)
    return made.take(received[places.reshape(-1)] <= present.timestamp())


def _principals(company: Company, day: Integers, client: Integers) -> list[str]:
    """The id that the models make: the e-mail in lower case, or the installation."""
    known = clients(company)
    found: dict[tuple[int, int], str] = {}
    for key in {(int(d), int(c)) for d, c in zip(day, client, strict=True)}:
        told = identity(company, known[key[1]], key[0])
        email = told.get("user.email") or told.get("employee.email")
        own = told.get("user.id") or told.get("installation.id") or ""
        found[key] = email.lower() if email else own
    return [found[int(d), int(c)] for d, c in zip(day, client, strict=True)]


def _prices(day: Integers, model: Integers) -> Integers:
    """Pico-dollars per token, a row per call and a column per class."""
    keys, places = np.unique(
        np.stack([day, model], axis=1), axis=0, return_inverse=True
    )
    found = [_list_prices(int(d), int(m)) for d, m in keys]
    return np.array(found, np.int64).reshape(-1, len(CLASSES))[places.reshape(-1)]


def _list_prices(day: int, model: int) -> tuple[int, ...]:
    """By class; what is written to a cache for no stated time costs its usual price."""
    name, on = MODELS[model], timeline.day_at(day)
    if model >= FIRST_GEMINI:
        fields = ("input_mtok", "cache_read_mtok", "output_mtok")
        uncached, read, output = pico_prices("google", name, on, fields)
        return uncached, read, 0, output
    uncached, read, written, _, output = prices.list_prices(name, on, "standard", "")
    return uncached, read, written, output


VENDOR = SimulatedVendor(
    source="otel",
    settings=settings,
    secrets={},
    expected=expected,
    truth=truth,
    aliases={"anthropic": MODEL_ALIASES},
    write=write,
)

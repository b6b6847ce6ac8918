"""OpenRouter: keys of persons, a shared one, and one that was deleted since."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false, reportUnknownArgumentType=false
# pyarrow ships no types.

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import pyarrow as pa
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.emergence import Emergence, emergence, scaled
from ingestion.simulator.habits import users
from ingestion.simulator.people import Person
from ingestion.simulator.randomness import stream, unique_id
from ingestion.simulator.totals import MONEY, dates
from ingestion.simulator.usage import Integers
from ingestion.simulator.vendor import (
    TRUTH,
    Controls,
    Example,
    KeyOwner,
    SimulatedVendor,
)
from ingestion.simulator.world import World
from ingestion.window import Window

# They open nothing but this simulator. The second is a key for inference.
KEY: Final = "sk-or-v1-demo-management"
INFERENCE_KEY: Final = "sk-or-v1-demo-inference"
# The vendor keeps thirty days: the demo's first day is the oldest it still has.
STARTS_ON: Final = date(2027, 1, 7)
MODELS: Final = ("deepseek/deepseek-chat", "mistralai/mistral-large")
CLASSES: Final = ("input_uncached", "cache_read", "output")
_PICO: Final = (400_000, 40_000, 1_600_000)  # dollars of 10^-12 per token
_REVISION_DAYS: Final = 3


@dataclass(frozen=True)
class Holder:
    """Whose key it is; one that is not listed was deleted."""

    key_hash: str
    attribution: str
    person: Person | None = None
    is_listed: bool = True


@dataclass(frozen=True)
class Used:
    """Columns of equal length, a row a day, key and model."""

    holders: tuple[Holder, ...]
    day: Integers
    holder: Integers
    model: Integers
    tokens: Integers
    emergence: Emergence

    def shown(self, at: datetime | None) -> tuple[Integers, Integers]:
        """(positions of rows, their tokens by class) as reported at an instant."""
        is_shown, thousandths = self.emergence.shown(at)
        tokens = scaled(self.tokens, thousandths)
        rows = np.flatnonzero(is_shown & (tokens.sum(axis=1) > 0))
        return rows, tokens[rows]


@cache
def used(company: Company) -> Used:
    """Everything that will ever be reported from the vendor's first day on."""
    habits = users(company, "openrouter")
    holders = [
        Holder(_hash(user.person.person_id), "person", user.person) for user in habits
    ]
    holders += [
        Holder(_hash("playground"), "service"),
        Holder(_hash("deleted"), "unattributed", is_listed=False),
    ]
    random = stream(company.seed, "openrouter")
    spent = [user.dollars for user in habits]
    for dollars, chance in ((1.0, 0.8), (0.3, 0.4)):
        active = random.random(timeline.DAYS) < chance
        spent.append(np.where(active, dollars * random.lognormal(0, 0.4), 0.0))
    first = timeline.index(STARTS_ON)
    days = [np.flatnonzero(each[first:]) + first for each in spent]
    day = np.concatenate(days)
    dollars = np.concatenate([s[d] for s, d in zip(spent, days, strict=True)])
    holder = np.repeat(np.arange(len(days)), [len(each) for each in days])
    order = np.lexsort((holder, day))
    day, holder, dollars = day[order], holder[order], dollars[order]
    weights = random.gamma([4.0, 1.0, 5.0], 1, (len(day), 3))
    weights /= weights.sum(axis=1, keepdims=True)
    tokens = np.floor(dollars[:, None] * weights * 1e12 / np.array(_PICO))
    return Used(
        tuple(holders),
        day,
        holder,
        random.integers(0, len(MODELS), len(day)),
        1 + tokens.astype(np.int64),
        emergence(company.seed, "openrouter", day, _REVISION_DAYS),
    )


def _hash(name: str) -> str:
    return sha256(f"openrouter/{name}".encode()).hexdigest()


def routes(world: World) -> Sequence[Route]:
    """Activity of a day, and the keys."""

    async def endpoint(request: Request) -> Response:
        key = request.headers.get("authorization", "").removeprefix("Bearer ")
        if key not in {KEY, INFERENCE_KEY}:
            return refusal(401, "No auth credentials found", {})
        if key == INFERENCE_KEY:
            return refusal(403, "Only management keys can perform this operation", {})
        if request.url.path.endswith("/keys"):
            return _answer({"data": _keys(world.company)})
        try:
            day = date.fromisoformat(request.query_params.get("date", ""))
        except ValueError:
            return refusal(400, "date: a UTC day", {})
        today = world.present.date()
        if not today - timedelta(days=30) <= day < today:
            return refusal(400, "date: within the last 30 (completed) UTC days", {})
        return _answer({"data": _activity(world, day, request.query_params)})

    return [Route(path, endpoint, methods=["GET"]) for path in ("/activity", "/keys")]


def _keys(company: Company) -> list[dict[str, Any]]:
    return [
        {
            "hash": holder.key_hash,
            "name": f"key {number}",
            "disabled": False,
            "limit": None,
            "usage": 0.0,
        }
        for number, holder in enumerate(used(company).holders)
        if holder.is_listed
    ]


def _activity(
    world: World, day: date, query: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Rows of a day by model, of one key or of all together."""
    found = used(world.company)
    rows, tokens = found.shown(world.present)
    kept = found.day[rows] == timeline.index(day)
    wanted = query.get("api_key_hash")
    if wanted is not None:
        hashes = np.array([holder.key_hash for holder in found.holders])
        kept &= hashes[found.holder[rows]] == wanted
    rows, tokens = rows[kept], tokens[kept]
    return [
        _row(day, model, tokens[found.model[rows] == model])
        for model in np.unique(found.model[rows]).tolist()
    ]


def _row(day: date, model: int, tokens: Integers) -> dict[str, Any]:
    uncached, read, output = map(int, tokens.sum(axis=0))
    usd = _usd(tokens)
    return {
        "date": str(day),
        "model": MODELS[model],
        "model_permaslug": MODELS[model],
        "endpoint_id": unique_id("openrouter", model),
        "provider_name": "Example Inference",
        "usage": msgspec.Raw(format(usd, "f").encode()),
        "byok_usage_inference": 0.0,
        "requests": len(tokens),
        "prompt_tokens": uncached + read,
        "completion_tokens": output,
        "reasoning_tokens": output // 3,
        "cached_tokens": read,
    }


def _usd(tokens: Integers) -> Decimal:
    pico = sum(
        int(n) * price for n, price in zip(tokens.sum(axis=0), _PICO, strict=True)
    )
    return Decimal(pico).scaleb(-12)


def _answer(body: object) -> Response:
    named = {"content-type": "application/json"}
    return Response(msgspec.json.encode(body), 200, named)


def refusal(status: int, message: str, headers: Mapping[str, str]) -> Response:
    """A refusal as the vendor words it."""
    body = {"error": {"message": message, "code": status}}
    return Response(msgspec.json.encode(body), status, dict(headers))


def settings(url: str, folder: Path) -> Mapping[str, object]:
    """The organisation's part of the configuration."""
    return {"base_url": url, "starts_on": STARTS_ON}


def expected(company: Company, at: datetime, window: Window) -> Controls:
    """Control sums of the activity."""
    found = used(company)
    rows, tokens = found.shown(at)
    first, last = timeline.index(window.first), timeline.index(window.last)
    kept = (found.day[rows] >= first) & (found.day[rows] <= last)
    tokens = tokens[kept]
    return {
        "activity": {
            "prompt_tokens": int(tokens[:, :2].sum()),
            "cached_tokens": int(tokens[:, 1].sum()),
            "completion_tokens": int(tokens[:, 2].sum()),
            "requests": len(tokens),
            "usage_usd": _usd(tokens),
        }
    }


def truth(company: Company, at: datetime | None) -> pa.Table:
    """Tokens by day, key and class, and dollars beside them; see `TRUTH`."""
    found = used(company)
    rows, tokens = found.shown(at)
    paid = (tokens * np.array(_PICO)).sum(axis=1)
    places, classes = np.nonzero(np.column_stack([tokens, paid]))
    is_paid = classes == len(CLASSES)
    owners = [found.holders[n] for n in found.holder[rows[places]]]
    persons = [owner.person and owner.person.person_id for owner in owners]
    usd = [
        Decimal(int(paid[place])).scaleb(-12) if money else None
        for place, money in zip(places, is_paid, strict=True)
    ]
    counts = np.column_stack([tokens, paid])[places, classes]
    return (
        pa.table(
            {
                "usage_date": dates(found.day[rows[places]]),
                "principal_type": [
                    "api_key" if owner.is_listed else "unknown" for owner in owners
                ],
                "principal_id": [
                    owner.key_hash if owner.is_listed else "" for owner in owners
                ],
                "attribution": [owner.attribution for owner in owners],
                "person_id": pa.array(persons, pa.string()),
                "model": [MODELS[n] for n in found.model[rows[places]]],
                "token_class": [(*CLASSES, "none")[n] for n in classes],
                "tokens": pa.array(counts, pa.int64(), mask=is_paid),
                "list_cost_usd": pa.array(usd, MONEY),
                "billed_cost_usd": pa.array(usd, MONEY),
                "is_counted": np.ones(len(places), np.bool_),
            }
        )
        .select(TRUTH.names)
        .cast(TRUTH)
    )


def key_owners(company: Company) -> Sequence[KeyOwner]:
    """Persons' keys, and the one of the playground."""
    return [
        KeyOwner(
            holder.key_hash,
            "personal" if holder.person else "shared",
            holder.person and holder.person.person_id,
            None if holder.person else "playground",
            date(2026, 10, 1),
        )
        for holder in used(company).holders
        if holder.is_listed
    ]


VENDOR = SimulatedVendor(
    source="openrouter",
    routes=routes,
    settings=settings,
    secrets={"OPENROUTER_MANAGEMENT_KEY": KEY},
    weak_secrets={"OPENROUTER_MANAGEMENT_KEY": INFERENCE_KEY},
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
            Window(date(2026, 11, 20), date(2026, 11, 20)),
        ),
    ),
)

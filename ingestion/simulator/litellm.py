"""The LiteLLM proxy: calls to Gemini on Vertex, which nobody else counts, and a few to
Anthropic, which its own report counts.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false, reportUnknownArgumentType=false
# pyarrow ships no types.

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ingestion.simulator import timeline
from ingestion.simulator.accounts import Link
from ingestion.simulator.company import Company
from ingestion.simulator.emergence import Emergence, emergence
from ingestion.simulator.habits import HABITS, users
from ingestion.simulator.people import Person
from ingestion.simulator.provider_prices import PICO, pico_prices
from ingestion.simulator.randomness import stream, unique_id
from ingestion.simulator.totals import MONEY, dates
from ingestion.simulator.usage import Integers
from ingestion.simulator.vendor import TRUTH, Controls, KeyOwner, SimulatedVendor
from ingestion.simulator.world import World
from ingestion.window import Window

# They open nothing but this simulator. The second may list users and keys only.
KEY: Final = "sk-litellm-demo-master-key"
VIEWER_KEY: Final = "sk-litellm-demo-viewer-key"
# (model, provider of the proxy, provider in the price book, whether it counts here)
MODELS: Final = (
    ("gemini-2.5-flash", "vertex_ai", "google", True),
    ("gemini-2.5-pro", "vertex_ai", "google", True),
    ("claude-sonnet-4-6", "anthropic", "anthropic", False),
)
CLASSES: Final = ("input_uncached", "cache_read", "cache_write_unspecified", "output")
_FIELDS: Final = ("input_mtok", "cache_read_mtok", "cache_write_mtok", "output_mtok")
_VISITOR: Final = "visiting-analyst"
_POOL: Final = "reports"


@dataclass(frozen=True)
class Caller:
    """Who calls: a person's user, a user nobody knows, or a key without a user."""

    user_id: str | None
    api_key: str
    attribution: str
    person: Person | None = None

    @property
    def principal(self) -> tuple[str, str]:
        """Kind and id under which usage is reported."""
        if self.user_id is None:
            return "api_key", self.api_key
        return "user", self.user_id


@dataclass(frozen=True)
class Calls:
    """Columns of equal length, a row a call; `tokens` has a column per class."""

    callers: tuple[Caller, ...]
    day: Integers
    caller: Integers
    model: Integers
    tokens: Integers
    pico: Integers
    second: Integers
    emergence: Emergence

    def shown(self, at: datetime | None) -> NDArray[np.bool_]:
        """The calls that are logged at an instant: late ones come whole."""
        is_shown, thousandths = self.emergence.shown(at)
        return is_shown & (thousandths == 1000) & ~self.emergence.is_phantom


@cache
def calls(company: Company) -> Calls:
    """Every call, in the order of days and callers."""
    habits = users(company, "litellm")
    callers = [
        Caller(f"{user.person.person_id.lower()}@proxy", _hash(user.person.person_id),
               "person", user.person)
        for user in habits
    ]  # fmt: skip
    callers += [
        Caller(_VISITOR, _hash(_VISITOR), "unattributed"),
        Caller(None, _hash(_POOL), "service"),
    ]
    span = np.arange(timeline.index(HABITS["litellm"].starts_on), timeline.DAYS)
    parts = [(np.flatnonzero(user.dollars), user.dollars) for user in habits]
    random = stream(company.seed, "litellm")
    for dollars, chance in ((0.7, 0.3), (3.0, 0.9)):
        days = span[random.random(len(span)) < chance]
        spread = np.zeros(timeline.DAYS)
        spread[days] = dollars * random.lognormal(0, 0.4, len(days))
        parts.append((days, spread))
    day = np.concatenate([days for days, _ in parts])
    spent = np.concatenate([dollars[days] for days, dollars in parts])
    caller = np.repeat(np.arange(len(parts)), [len(days) for days, _ in parts])
    order = np.lexsort((caller, day))
    day, caller, spent = day[order], caller[order], spent[order]
    model = random.choice(len(MODELS), len(day), p=[0.6, 0.3, 0.1])
    prices = _prices(day, model)
    weights = random.gamma([4.0, 2.0, 0.6, 5.0], 1, (len(day), len(CLASSES)))
    weights = np.where(prices > 0, weights, 0)
    weights /= weights.sum(axis=1, keepdims=True)
    bought = spent[:, None] * weights * PICO / np.maximum(prices, 1)
    tokens = np.floor(bought).astype(np.int64)
    tokens[:, 3] += 1
    return Calls(
        tuple(callers),
        day,
        caller,
        model,
        tokens,
        tokens * prices,
        random.integers(7 * 3600, 19 * 3600, len(day)),
        emergence(company.seed, "litellm", day, 2),
    )


def _prices(day: Integers, model: Integers) -> Integers:
    """Pico-dollars per token of each call and class; 0 where a model has no class."""
    found: dict[tuple[int, int], tuple[int, ...]] = {}
    for key in set(zip(day.tolist(), model.tolist(), strict=True)):
        name, _, provider, has_writes = MODELS[key[1]]
        fields = tuple(f for f in _FIELDS if f != "cache_write_mtok" or not has_writes)
        priced = pico_prices(provider, name, timeline.day_at(key[0]), fields)
        by_field = dict(zip(fields, priced, strict=True))
        found[key] = tuple(by_field.get(field, 0) for field in _FIELDS)
    rows = [found[key] for key in zip(day.tolist(), model.tolist(), strict=True)]
    return np.array(rows, np.int64)


def _hash(name: str) -> str:
    return sha256(f"litellm/{name}".encode()).hexdigest()


def routes(world: World) -> Sequence[Route]:
    """Logs by page, and the lists of users and keys."""

    async def endpoint(request: Request) -> Response:
        key = request.headers.get("authorization", "").removeprefix("Bearer ")
        if key not in {KEY, VIEWER_KEY}:
            return refusal(401, "Authentication Error, invalid proxy key", {})
        path = request.url.path.rsplit("/litellm", 1)[-1]
        query = request.query_params
        if path == "/spend/logs/v2":
            if key == VIEWER_KEY:
                return refusal(403, "user not allowed to access this route", {})
            return _logs(world, query)
        rows = _users(world) if path == "/user/list" else _keys(world)
        number, size = int(query.get("page", "1")), 2
        total_pages = -(-len(rows) // size)
        part = rows[(number - 1) * size : number * size]
        if path == "/user/list":
            body = {"users": part, "total": len(rows), "page": number}
            return _answer({**body, "page_size": size, "total_pages": total_pages})
        body = {"keys": part, "total_count": len(rows), "current_page": number}
        return _answer({**body, "total_pages": total_pages})

    return [
        Route(path, endpoint, methods=["GET"])
        for path in ("/spend/logs/v2", "/user/list", "/key/list")
    ]


def _logs(world: World, query: Mapping[str, str]) -> Response:
    try:
        first = datetime.fromisoformat(query["start_date"])
        after = datetime.fromisoformat(query["end_date"])
    except (KeyError, ValueError):
        return refusal(400, "start_date and end_date are required", {})
    size, number = int(query.get("page_size", "50")), int(query.get("page", "1"))
    if not 1 <= size <= 1000:
        return refusal(400, "page_size: at most 1000", {})
    size = min(size, 7)  # so that a day has more than one page
    found = calls(world.company)
    low, high = timeline.index(first.date()), timeline.index(after.date())
    kept = found.shown(world.present) & (found.day >= low) & (found.day < high)
    rows = np.flatnonzero(kept)
    part = [_log(found, int(n)) for n in rows[(number - 1) * size : number * size]]
    return _answer(
        {
            "data": part,
            "total": len(rows),
            "page": number,
            "page_size": size,
            "total_pages": -(-len(rows) // size),
            "total_is_capped": False,
        }
    )


def _log(found: Calls, n: int) -> dict[str, Any]:
    caller = found.callers[int(found.caller[n])]
    model, provider, _, _ = MODELS[int(found.model[n])]
    uncached, read, written, output = map(int, found.tokens[n])
    at = datetime.combine(timeline.day_at(int(found.day[n])), datetime.min.time(), UTC)
    started = at + timedelta(seconds=int(found.second[n]))
    spend = Decimal(int(found.pico[n].sum())).scaleb(-12)
    return {
        "request_id": unique_id("litellm", n),
        "call_type": "acompletion",
        "api_key": caller.api_key,
        "spend": msgspec.Raw(format(spend, "f").encode()),
        "total_tokens": uncached + read + written + output,
        "prompt_tokens": uncached + read + written,
        "completion_tokens": output,
        "startTime": started,
        "endTime": started + timedelta(seconds=4),
        "model": f"{provider}/{model}",
        "model_group": model,
        "custom_llm_provider": provider,
        "user": caller.user_id or "",
        "metadata": {"additional_usage_values": _cached(provider, read, written)},
        "messages": {},
        "response": {},
        "team_id": None,
        "status": "success",
        "session_id": unique_id("litellm", "session", n),
    }


def _cached(provider: str, read: int, written: int) -> dict[str, Any]:
    """Counters of caches: only Anthropic's stand at the top."""
    if provider != "anthropic":
        return {"prompt_tokens_details": {"cached_tokens": read}}
    return {"cache_read_input_tokens": read, "cache_creation_input_tokens": written}


def _users(world: World) -> list[dict[str, Any]]:
    return [
        {
            "user_id": caller.user_id,
            "user_email": None,
            "user_role": "internal_user",
            "spend": 0.0,
            "max_budget": 100.0,
            "budget_duration": "30d",
            "budget_reset_at": "2027-03-01T00:00:00Z",
        }
        for caller in calls(world.company).callers
        if caller.user_id
    ]


def _keys(world: World) -> list[dict[str, Any]]:
    return [
        {
            "token": caller.api_key,
            "key_alias": caller.user_id or _POOL,
            "user_id": caller.user_id,
            "team_id": None,
            "spend": 0.0,
            "max_budget": None,
            "budget_duration": None,
            "budget_reset_at": None,
        }
        for caller in calls(world.company).callers
    ]


def _answer(body: object) -> Response:
    named = {"content-type": "application/json"}
    return Response(msgspec.json.encode(body), 200, named)


def refusal(status: int, message: str, headers: Mapping[str, str]) -> Response:
    """A refusal as the proxy words it."""
    body = {
        "error": {
            "message": message,
            "type": "auth_error" if status in {401, 403} else "internal_server_error",
            "param": "None",
            "code": str(status),
        }
    }
    return Response(msgspec.json.encode(body), status, dict(headers))


def settings(url: str, folder: Path) -> Mapping[str, object]:
    """The proxy's part of the configuration."""
    return {"base_url": url, "starts_on": HABITS["litellm"].starts_on}


def expected(company: Company, at: datetime, window: Window) -> Controls:
    """Control sums of the calls."""
    found = calls(company)
    first, last = timeline.index(window.first), timeline.index(window.last)
    kept = found.shown(at) & (found.day >= first) & (found.day <= last)
    tokens, pico = found.tokens[kept], int(found.pico[kept].sum())
    return {
        "spend_logs": {
            "rows": len(tokens),
            "prompt_tokens": int(tokens[:, :3].sum()),
            "cache_read_tokens": int(tokens[:, 1].sum()),
            "cache_creation_tokens": int(tokens[:, 2].sum()),
            "completion_tokens": int(tokens[:, 3].sum()),
            "total_tokens": int(tokens.sum()),
            "spend_usd": Decimal(pico).scaleb(-12),
        }
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
    return (
        pa.table(
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
                "billed_cost_usd": pa.nulls(len(rows), MONEY),
                "is_counted": [is_counted for *_, is_counted in models],
            }
        )
        .select(TRUTH.names)
        .cast(TRUTH)
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
    return [KeyOwner(_hash(_POOL), "product", None, "reports", date(2026, 10, 1))]


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
    row_fields=("data", "users", "keys"),
)

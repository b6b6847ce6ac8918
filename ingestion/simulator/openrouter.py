"""The OpenRouter account: a key a person, a shared one, one nobody wrote down, and one
that was deleted, whose usage stays in the account's.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# pyarrow ships no types.

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
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
from ingestion.simulator.company import Company
from ingestion.simulator.emergence import Emergence, emergence, scaled
from ingestion.simulator.habits import HABITS, users
from ingestion.simulator.limiter import Limiter
from ingestion.simulator.people import Person
from ingestion.simulator.provider_prices import PICO, pico_prices
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

# They open nothing but this simulator. The second is a key for calls of models.
KEY: Final = "openrouter-management-key-demo"
CALLS_KEY: Final = "openrouter-calls-key-demo"
STARTS_ON: Final = date(2027, 1, 7)
HORIZON_DAYS: Final = 30
REVISION_DAYS: Final = 3
PER_MINUTE: Final = 600
# A hundred at the vendor; fewer here, so that a small company has several pages.
KEYS_A_PAGE: Final = 4
DELETED_ON: Final = date(2027, 1, 20)
CLASSES: Final = ("input_uncached", "cache_read", "output")
_PRICES: Final = ("input_mtok", "cache_read_mtok", "output_mtok")
# (model, dated name, provider). The last one is in no price book.
MODELS: Final = (
    (
        "anthropic/claude-sonnet-4.5",
        "anthropic/claude-4.5-sonnet-20250929",
        "Anthropic",
    ),
    ("openai/gpt-5.2", "openai/gpt-5.2-20251211", "OpenAI"),
    ("qwen/qwen3-coder-next", "qwen/qwen3-coder-next-2025-02-03", "Alibaba"),
    ("openrouter/preview", "openrouter/preview", "Stealth"),
)
PREVIEW: Final = len(MODELS) - 1
_PREVIEW_PICO: Final = (500_000, 50_000, 2_000_000)
# OpenRouter's fee for calls with a key of one's own at Anthropic.
FEE_PERCENT: Final = 5


@dataclass(frozen=True)
class Account:
    """A key; `attribution` is whom its usage belongs to in truth."""

    name: str
    key_hash: str
    attribution: str
    person: Person | None = None
    has_own_key: bool = False

    def is_listed(self, at: datetime | None) -> bool:
        """Whether the key still exists at an instant."""
        if self.name != "prototype":
            return True
        return at is not None and at.date() < DELETED_ON


@dataclass(frozen=True)
class Report:
    """Columns of equal length in the order of day, account and model; `tokens` and
    `prices`, in pico-dollars a token, have a column per class."""

    accounts: tuple[Account, ...]
    day: Integers
    account: Integers
    model: Integers
    tokens: Integers
    prices: Integers
    emergence: Emergence

    def shown(self, at: datetime | None) -> "Shown":
        """The rows as reported at an instant; whole at the end of time."""
        is_shown, thousandths = self.emergence.shown(at)
        rows = np.flatnonzero(is_shown)
        tokens = scaled(self.tokens[rows], thousandths[rows])
        pico = tokens * self.prices[rows]
        owns = np.array([account.has_own_key for account in self.accounts])
        is_own = owns[self.account[rows]] & (self.model[rows] == 0)
        return Shown(
            self.day[rows], self.account[rows], self.model[rows], tokens, pico,
            is_own & (pico.sum(axis=1) > 0),
        )  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """Rows as reported. `is_own` are calls with a key of one's own at the provider."""

    day: Integers
    account: Integers
    model: Integers
    tokens: Integers
    pico: Integers
    is_own: NDArray[np.bool_]

    @property
    def charged(self) -> Integers:
        """What OpenRouter charges for each row, pico-dollars."""
        whole = self.pico.sum(axis=1)
        return np.where(self.is_own, whole * FEE_PERCENT // 100, whole)

    @property
    def byok(self) -> Integers:
        """What the provider charges for each row, pico-dollars."""
        return np.where(self.is_own, self.pico.sum(axis=1), 0)

    @property
    def requests(self) -> Integers:
        """Requests of each row."""
        return 1 + self.tokens.sum(axis=1) // 20_000

    def within(self, first: date, last: date) -> "Shown":
        """The rows of the days from `first` to `last`."""
        low, high = timeline.index(first), timeline.index(last)
        kept = (self.day >= low) & (self.day <= high)
        return Shown(*(column[kept] for column in vars(self).values()))


@cache
def report(company: Company) -> Report:
    """Everything that will ever be reported."""
    habits = users(company, "openrouter")
    accounts = [
        Account(
            f"own-{user.person.person_id.lower()}",
            _hash(company, user.person.person_id),
            "person",
            user.person,
            has_own_key=number == 0,
        )
        for number, user in enumerate(habits)
    ]
    accounts += [
        Account("summaries", _hash(company, "summaries"), "service"),
        Account("try-out", _hash(company, "try-out"), "unattributed"),
        Account("prototype", _hash(company, "prototype"), "unattributed"),
    ]
    random = stream(company.seed, "openrouter")
    days = np.arange(timeline.DAYS)
    first = timeline.index(HABITS["openrouter"].starts_on)
    spent = [user.dollars for user in habits]
    for dollars, until in ((2.0, None), (0.6, None), (0.9, DELETED_ON)):
        after = timeline.DAYS if until is None else timeline.index(until)
        is_used = (days >= first) & (days < after) & (random.random(len(days)) < 0.9)
        amounts = dollars * random.lognormal(0, 0.4, len(days))
        spent.append(np.where(is_used, amounts, 0.0))
    whole = np.stack(spent)
    account, day = np.nonzero(whole)
    model = random.choice(len(MODELS), len(day), p=[0.4, 0.3, 0.2, 0.1])
    has_second = random.random(len(day)) < 0.3
    second = np.flatnonzero(has_second)
    origin = np.concatenate([np.arange(len(day)), second])
    share = np.concatenate([np.where(has_second, 0.7, 1.0), np.full(len(second), 0.3)])
    models = np.concatenate([model, (model[second] + 1) % len(MODELS)])
    order = np.lexsort((models, account[origin], day[origin]))
    origin, share, models = origin[order], share[order], models[order]
    dollars = whole[account, day][origin] * share
    prices = _prices(day[origin], models)
    weights = random.gamma([12.0, 6.0, 15.0], 1, prices.shape)
    weights /= weights.sum(axis=1, keepdims=True)
    tokens = np.floor(dollars[:, None] * weights * PICO / prices).astype(np.int64)
    tokens[:, -1] += 1
    return Report(
        tuple(accounts),
        day[origin],
        account[origin],
        models,
        tokens,
        prices,
        # Taken back on the last day that is read again.
        replace(
            emergence(company.seed, "openrouter", day[origin], REVISION_DAYS),
            vanishes_after=REVISION_DAYS,
        ),
    )


def _prices(day: Integers, model: Integers) -> Integers:
    """Pico-dollars per token of each row and class."""
    pairs = np.stack([model, day], axis=1)
    combinations, places = np.unique(pairs, axis=0, return_inverse=True)
    found = [
        _PREVIEW_PICO
        if code == PREVIEW
        else pico_prices("openrouter", MODELS[code][0], timeline.day_at(at), _PRICES)
        for code, at in combinations.tolist()
    ]
    return np.array(found, np.int64)[places.reshape(-1)]


def _hash(company: Company, name: str) -> str:
    return sha256(f"openrouter/{company.seed}/{name}".encode()).hexdigest()


def _served(world: World) -> Shown:
    at = world.present
    return world.once("openrouter", lambda: report(world.company).shown(at))


def routes(world: World) -> Sequence[Route]:
    """A day's activity, and the keys."""
    limiter = Limiter(PER_MINUTE, world.throttles)

    async def endpoint(request: Request) -> Response:
        key = request.headers.get("authorization", "").removeprefix("Bearer ")
        if key not in {KEY, CALLS_KEY}:
            return refusal(401, "User not found.", {})
        if key == CALLS_KEY:
            return refusal(403, "Only management keys can perform this operation", {})
        if (seconds := limiter.retry_after()) is not None:
            return refusal(429, "Rate limit exceeded", {"retry-after": str(seconds)})
        query = request.query_params
        if request.url.path.endswith("/keys"):
            return _keys(world, query)
        return _activity(world, query)

    return [
        Route(f"/{name}", endpoint, methods=["GET"]) for name in ("activity", "keys")
    ]


def _activity(world: World, query: Mapping[str, str]) -> Response:
    """A day's usage of one key or of all, by model; one endpoint serves a model."""
    today = world.present.date()
    try:
        day = date.fromisoformat(query.get("date", ""))
    except ValueError:
        return refusal(400, "date: YYYY-MM-DD", {})
    if not today - timedelta(days=HORIZON_DAYS) <= day < today:
        said = f"date must be within the last {HORIZON_DAYS} (completed) UTC days"
        return refusal(400, said, {})
    shown = _served(world).within(day, day)
    known = report(world.company).accounts
    wanted = query.get("api_key_hash")
    is_asked = np.array([wanted in (None, each.key_hash) for each in known])
    rows: list[dict[str, Any]] = []
    for model in range(len(MODELS)):
        kept = is_asked[shown.account] & (shown.model == model)
        if np.any(kept):
            rows.append(_row(day, model, shown, kept))
    return Response(msgspec.json.encode({"data": rows}), 200)


def _row(
    day: date, model: int, shown: Shown, kept: NDArray[np.bool_]
) -> dict[str, Any]:
    name, dated, provider = MODELS[model]
    uncached, cached, output = map(int, shown.tokens[kept].sum(axis=0))
    return {
        "date": day,
        "model": name,
        "model_permaslug": dated,
        "endpoint_id": unique_id("openrouter", "endpoint", name),
        "provider_name": provider,
        "usage": _number(shown.charged[kept]),
        "byok_usage_inference": _number(shown.byok[kept]),
        "requests": int(shown.requests[kept].sum()),
        "prompt_tokens": uncached + cached,
        "completion_tokens": output,
        "reasoning_tokens": int(_reasoning(shown.tokens[kept]).sum()),
        "cached_tokens": cached,
    }


def _reasoning(tokens: Integers) -> Integers:
    return tokens[:, -1] * 3 // 10


def _number(pico: Integers) -> msgspec.Raw:
    return msgspec.Raw(format(_dollars(pico.sum()), "f").encode())


def _dollars(pico: Any) -> Decimal:
    return Decimal(int(pico)).scaleb(-12)


def _keys(world: World, query: Mapping[str, str]) -> Response:
    offset = query.get("offset", "0")
    if not offset.isdigit():
        return refusal(400, "offset: a whole number", {})
    if "workspace_id" in query:
        return Response(msgspec.json.encode({"data": []}), 200)
    accounts = report(world.company).accounts
    listed = [each for each in accounts if each.is_listed(world.present)]
    page = listed[int(offset) : int(offset) + KEYS_A_PAGE]
    return Response(msgspec.json.encode({"data": [_key(each) for each in page]}), 200)


def _key(account: Account) -> dict[str, Any]:
    return {
        "hash": account.key_hash,
        "name": account.name,
        "label": "sk-or-v1-0e6...1c96",
        "disabled": False,
        "limit": 100 if account.person else None,
        "limit_remaining": 74.5 if account.person else None,
        "limit_reset": "monthly" if account.person else None,
        "include_byok_in_limit": False,
        "usage": 25.5,
        "byok_usage": 0,
        "workspace_id": unique_id("openrouter", "workspace"),
        "creator_user_id": "user_demo",
        "created_at": datetime.combine(date(2026, 10, 20), time(8), UTC),
        "updated_at": None,
        "expires_at": None,
    }


def refusal(status: int, message: str, headers: Mapping[str, str]) -> Response:
    """A refusal as the vendor words it."""
    body = {"error": {"code": status, "message": message}}
    return Response(msgspec.json.encode(body), status, dict(headers))


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
            "reasoning_tokens": int(_reasoning(shown.tokens).sum()),
            "usage_usd": _dollars(shown.charged.sum()),
            "byok_usage_usd": _dollars(shown.byok.sum()),
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
        *(_dollars(p) if k else None for p, k in zip(pico, is_priced, strict=True)),
        *(_dollars(p) for p in charged),
    ]
    return (
        pa.table(
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
                    [*[None] * len(rows), *(_dollars(p) for p in charged)], MONEY
                ),
                "is_counted": ~shown.is_own[every],
            }
        )
        .select(TRUTH.names)
        .cast(TRUTH)
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
        KeyOwner(_hash(company, "summaries"), "shared", None, "summaries", since),
    ]


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
            Window(date(2026, 11, 20), date(2026, 11, 20)),
        ),
    ),
)

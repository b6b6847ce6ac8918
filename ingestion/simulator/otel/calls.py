"""Model calls that clients tell of: Claude Code's of the company's real usage, and
Gemini CLI's, which no vendor reports.

company's usage, dollars of the habit → calls of sessions, as columns of equal length
"""

from dataclasses import dataclass, fields
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.habits import HABITS, users
from ingestion.simulator.provider_prices import PICO, pico_prices
from ingestion.simulator.randomness import stream
from ingestion.simulator.usage import MODELS as CLAUDE_MODELS
from ingestion.simulator.usage import Integers

CLAUDE, GEMINI = "claude_code", "gemini_cli"
GEMINI_MODELS = ("gemini-3.1-pro-preview", "gemini-2.5-flash")
MODELS = (*(name or "" for name in CLAUDE_MODELS), *GEMINI_MODELS)
FIRST_GEMINI = len(CLAUDE_MODELS)
# As they are priced. Thoughts are output that Gemini counts apart.
CLASSES = ("input_uncached", "cache_read", "cache_write_unspecified", "output")
THOUGHTS = 4  # the column behind the classes
_CLAUDE_CLASSES = ((0,), (1,), (2, 3), (4,))
_CLAUDE_CODE = 1  # the product's code in the company's usage
_SHARES = np.array((3.0, 2.0, 3.0, 2.0))
_FIELDS = ("input_mtok", "cache_read_mtok", "output_mtok", "output_mtok")
_MOST_CALLS = 2  # of one session and model
_DAY_S = 86_400


@dataclass(frozen=True)
class Client:
    """Who tells: a person's client, or one that names nobody.

    sends: `both` events and metrics, or metrics of one temporality alone.
    """

    tool: str
    key: str
    person_id: str | None
    sends: str
    is_injected: bool = False
    is_other_case: bool = False


@dataclass(frozen=True)
class Calls:
    """Calls in order of client, day and time. `day` counts from the timeline's first;
    instants are epoch seconds; `tokens` has the classes and then the thoughts, which
    are part of output."""

    client: Integers
    day: Integers
    model: Integers
    at: Integers
    received: Integers
    tokens: Integers

    def take(self, rows: Integers | NDArray[np.bool_]) -> "Calls":
        """The calls chosen by positions or by a mask."""
        return Calls(*(getattr(self, field.name)[rows] for field in fields(self)))

    def shown(self, present_s: int) -> "Calls":
        """The calls that were received by an instant."""
        return self.take(self.received <= present_s)


@cache
def clients(company: Company) -> tuple[Client, ...]:
    """Every client; two name nobody."""
    found: list[Client] = []
    for number, user in enumerate(users(company, "claude_code_telemetry")):
        person_id = user.person.person_id
        sends = ("both", "delta", "cumulative")[number % 3]
        found.append(
            Client(CLAUDE, person_id, person_id, sends, number % 5 == 4, number == 1)
        )
    found.append(Client(CLAUDE, "runner", None, "both"))
    for number, user in enumerate(users(company, "gemini_cli")):
        person_id = user.person.person_id
        found.append(
            Client(GEMINI, person_id, person_id, "both", is_other_case=number == 2)
        )
    return (*found, Client(GEMINI, "guest", None, "both"))


@cache
def calls(company: Company) -> Calls:
    """Every call of every client."""
    parts: list[Calls] = []
    for number, client in enumerate(clients(company)):
        random = stream(company.seed, "telemetry", client.tool, client.key)
        made = _claude if client.tool == CLAUDE else _gemini
        day, model, tokens = made(company, client, random)
        parts.append(_timed(number, day, model, tokens, random))
    joined = Calls(
        *(
            np.concatenate([getattr(part, field.name) for part in parts])
            for field in fields(Calls)
        )
    )
    return joined.take(np.lexsort((joined.at, joined.day, joined.client)))


Made = tuple[Integers, Integers, Integers]


def _claude(company: Company, client: Client, random: np.random.Generator) -> Made:
    """The same tokens as the vendor's own usage has, on the days of telemetry."""
    usage = company.usage
    starts_on = HABITS["claude_code_telemetry"].starts_on
    kept = (usage.day >= timeline.index(starts_on)) & (usage.model > 0)
    if client.person_id is None:
        ids = {key.api_key_id for key in company.api_keys if key.purpose == "ci"}
        kept &= usage.day % 4 == 0
    else:
        ids = {m.user_id for m in company.members if m.person_id == client.person_id}
        kept &= usage.product == _CLAUDE_CODE
    numbers = [n for n, p in enumerate(company.principals) if p.principal_id in ids]
    chosen = usage.take(kept & np.isin(usage.principal, numbers))
    # Now and then a client was switched off.
    chosen = chosen.take(random.random(len(chosen)) < 0.95)
    summed = [chosen.tokens[:, columns].sum(axis=1) for columns in _CLAUDE_CLASSES]
    tokens = np.stack([*summed, np.zeros(len(chosen), np.int64)], axis=1)
    return chosen.day, chosen.model, tokens


def _gemini(company: Company, client: Client, random: np.random.Generator) -> Made:
    """Whole tokens for the day's dollars at list price."""
    found = users(company, "gemini_cli")
    own = [user for user in found if user.person.person_id == client.person_id]
    dollars = own[0].dollars if own else found[0].dollars * 0.3
    days = np.flatnonzero(dollars)
    model = np.where(random.random(len(days)) < 0.7, 0, 1)
    weights = random.gamma(_SHARES * 6, 1, (len(days), 4))
    weights *= (dollars[days] / weights.sum(axis=1))[:, None]
    prices = [
        pico_prices("google", GEMINI_MODELS[m], timeline.day_at(int(d)), _FIELDS)
        for d, m in zip(days, model, strict=True)
    ]
    bought = np.floor(weights / np.array(prices).reshape(-1, 4) * PICO).astype(np.int64)
    uncached, read, output, thoughts = bought.T
    nothing = np.zeros(len(days), np.int64)
    tokens = np.stack([uncached, read, nothing, output + thoughts, thoughts], axis=1)
    return days, model + FIRST_GEMINI, tokens


def _timed(
    number: int,
    day: Integers,
    model: Integers,
    tokens: Integers,
    random: np.random.Generator,
) -> Calls:
    """Each row as up to two calls at some time of the day. A tenth of the days comes
    late, from computers that were offline."""
    first = tokens // _MOST_CALLS
    day, model = np.tile(day, _MOST_CALLS), np.tile(model, _MOST_CALLS)
    tokens = np.concatenate([first, tokens - first])
    second = random.choice(np.arange(8 * 3600, 20 * 3600), len(day), replace=False)
    at = timeline.midnight_ms(0) // 1000 + day * _DAY_S + second
    is_late = random.random(timeline.DAYS) < 0.1
    days_late = np.where(is_late, random.integers(1, 4, timeline.DAYS), 0)[day]
    noon = at - second + days_late * _DAY_S + 12 * 3600
    received = np.where(days_late > 0, noon, at + 60)
    client = np.full(len(day), number)
    made = Calls(client, day, model, at, received, tokens)
    return made.take(tokens.sum(axis=1) > 0)

"""Calls of the company's sessions, bought for the dollars of the habit."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.habits import users
from ingestion.simulator.provider_prices import PICO, pico_prices
from ingestion.simulator.randomness import stream
from ingestion.simulator.usage import Integers

ACCOUNT, REGION = "123456789012", "eu-central-1"
DEVELOPERS, CI = "BedrockDev", "BedrockCI"
FOLDER = "bedrock-logs"
HAIKU = "global.anthropic.claude-haiku-4-5-20251001-v1:0"
SONNET = "eu.anthropic.claude-sonnet-4-5-20250929-v1:0"
MODELS = (SONNET, HAIKU)
CANONICAL = {SONNET: "regional.anthropic.claude-sonnet-4-5-20250929-v1:0", HAIKU: HAIKU}
CLASSES = ("input_uncached", "cache_read", "cache_write_unspecified", "output")
COLUMNS = (
    "input_tokens", "cache_read_input_tokens", "cache_write_input_tokens",
    "output_tokens",
)  # fmt: skip
_FIELDS = ("input_mtok", "cache_read_mtok", "cache_write_mtok", "output_mtok")
_SHARES = np.array((0.6, 4.0, 2.2, 2.4))
_MOST_CALLS = 3  # of one session, day and model
_DAY_S = 86_400
PROMPT = "a prompt that nobody may keep"


@dataclass(frozen=True)
class Session:
    """Who calls: a session of a role, and whose it is in truth."""

    role: str
    name: str
    attribution: str
    person_id: str | None


@dataclass(frozen=True)
class Calls:
    """Every call ever made, in order of time; columns of equal length. Instants are
    epoch seconds; `tokens` has a column per class."""

    session: Integers
    model: Integers
    invoked: Integers
    delivered: Integers
    tokens: Integers
    day: Integers
    sessions: tuple[Session, ...]


@cache
def calls(company: Company) -> Calls:
    """The calls of the company's sessions."""
    found = users(company, "bedrock")
    sessions: list[Session] = []
    parts: list[tuple[Integers, ...]] = []
    dollars = [(user.person.person_id, user.dollars) for user in found]
    if found:
        dollars += [("session", found[0].dollars * 0.15), ("ci", found[-1].dollars)]
    for who, spent in dollars:
        random = stream(company.seed, "bedrock", who)
        days = np.flatnonzero(spent)
        share = np.where(random.random(len(days)) < 0.3, 0.2, 0.0)
        day = np.repeat(np.tile(days, 2), _MOST_CALLS)
        model = np.repeat(np.array((0, 1)), len(days) * _MOST_CALLS)
        bought = np.concatenate([spent[days] * (1 - share), spent[days] * share])
        bought = np.repeat(bought / _MOST_CALLS, _MOST_CALLS)
        weights = random.gamma(_SHARES * 6, 1, (len(day), 4))
        weights *= (bought / weights.sum(axis=1))[:, None]
        tokens = np.floor(weights / unit_prices(day, model) * PICO).astype(np.int64)
        at = np.sort(random.integers(7 * 3600, _DAY_S, len(day)))
        at = timeline.midnight_ms(0) // 1000 + day * _DAY_S + random.permutation(at)
        late = np.where(random.random(len(day)) < 0.05, 10 * 3600, 300)
        session = np.array([_session(company, who, int(d), sessions) for d in day])
        kept = (tokens.sum(axis=1) > 0) & (bought > 0)
        columns = (session, model, at, at + late, tokens, day)
        parts.append(tuple(column[kept] for column in columns))
    joined = [np.concatenate(column) for column in zip(*parts, strict=True)]
    order = np.lexsort((joined[0], joined[2]))
    ordered = [column[order] for column in joined]
    return Calls(*ordered, sessions=tuple(sessions))


def unit_prices(day: Integers, model: Integers) -> Integers:
    """Pico-dollars per token, a row per call and a column per class."""
    keys, places = np.unique(
        np.stack([day, model], axis=1), axis=0, return_inverse=True
    )
    found = [
        pico_prices("aws", MODELS[m], timeline.day_at(int(d)), _FIELDS) for d, m in keys
    ]
    return np.array(found, np.int64).reshape(-1, 4)[places.reshape(-1)]


def _session(company: Company, who: str, day: int, known: list[Session]) -> int:
    """The position of the session that somebody has on a day; e-mails change."""
    if who == "ci":
        wanted = Session(CI, "build-agent", "service", None)
    elif who == "session":
        wanted = Session(DEVELOPERS, "botocore-session-17", "unattributed", None)
    else:
        person = next(p for p in company.people if p.person_id == who)
        email = person.position(timeline.day_at(day)).email
        # Single sign-on passes on what the directory has, here in another case.
        name = email.title() if person.number % 4 == 0 else email
        wanted = Session(DEVELOPERS, name, "person", who)
    if wanted not in known:
        known.append(wanted)
    return known.index(wanted)

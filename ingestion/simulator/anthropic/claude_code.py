"""The Claude Code report: a day's use by actor and terminal, with models inside."""

from dataclasses import dataclass
from datetime import date, datetime

import msgspec
import numpy as np

from ingestion.simulator import timeline
from ingestion.simulator.anthropic.dimensions import organization_id
from ingestion.simulator.anthropic.groups import cents
from ingestion.simulator.anthropic.parameters import (
    Cursor,
    Items,
    Parameters,
    invalid,
)
from ingestion.simulator.company import Company
from ingestion.simulator.consumption import HAIKU
from ingestion.simulator.usage import MODELS, PRODUCTS, Integers, Usage
from ingestion.simulator.world import World

TERMINALS = ("iTerm.app", "vscode", "non-interactive")
# Tools that change files, and how many proposals each makes a session.
TOOLS = {"edit_tool": 5, "multi_edit_tool": 2, "notebook_edit_tool": 1, "write_tool": 3}
COUNTS = ("sessions", "added", "removed", "commits", "pull_requests")
_CODE = PRODUCTS.index("claude_code")
_SCRIPTED = "ci"  # the key that runs it without a person
_LEFT_OUT_EVERY = 9  # the vendor leaves out every so many users, although they use it
_REQUESTS_A_SESSION, _TOKENS_A_LINE = 40, 900


@dataclass(frozen=True)
class Sessions:
    """A row per day, actor and terminal, and one per model of each; `place` says of
    which row a model is. `tokens` has a column per token class."""

    day: Integers
    principal: Integers
    terminal: Integers
    counts: dict[str, Integers]
    place: Integers
    model: Integers
    tokens: Integers
    pico: Integers

    @property
    def is_remote(self) -> Integers:
        """1 where it ran on a machine of the vendor."""
        return ((self.terminal == 1) & (self.day % 2 == 0)).astype(np.int64)

    def verdicts(self, tool: str) -> tuple[Integers, Integers]:
        """(accepted, rejected) proposals of a tool."""
        proposed = self.counts["sessions"] * TOOLS[tool]
        return proposed - proposed // 8, proposed // 8


def sessions(company: Company, usage: Usage) -> Sessions:
    """The report of these rows of usage."""
    used = usage.take(_is_reported(company, usage))
    is_key = np.array([p.principal_type == "api_key" for p in company.principals])
    is_second = (used.model == HAIKU) & ((used.day + used.principal) % 3 == 0)
    terminal = np.where(is_key[used.principal], 2, is_second.astype(np.int64))
    keys = np.stack([used.day, used.principal, terminal, used.model], axis=1)
    models, parts = np.unique(keys, axis=0, return_inverse=True)
    tokens = _sums(used.tokens, parts, len(models))
    pico = _sums((used.tokens * used.unit_prices()).sum(axis=1), parts, len(models))
    requests = _sums(used.requests, parts, len(models))
    rows, place = np.unique(models[:, :3], axis=0, return_inverse=True)
    place = place.reshape(-1)
    held = 1 + _sums(requests, place, len(rows)) // _REQUESTS_A_SESSION
    added = _sums(tokens[:, 4], place, len(rows)) // _TOKENS_A_LINE
    commits = held * 2 // 3
    counts = (held, added, added // 3, commits, commits // 4)
    return Sessions(
        rows[:, 0], rows[:, 1], rows[:, 2], dict(zip(COUNTS, counts, strict=True)),
        place, models[:, 3], tokens, pico,
    )  # fmt: skip


def report(world: World, items: Items) -> dict[str, object]:
    """Body of `/usage_report/claude_code`: one UTC day."""
    parameters = Parameters(items, ("starting_at", "limit", "page"))
    day = _day(parameters)
    limit = parameters.limit(1000, 20)
    cursor = parameters.cursor("claude_code", world.present)
    company = world.company

    def found() -> Sessions:
        usage = world.usage(cursor.at)
        return sessions(company, usage.take(usage.day == timeline.index(day)))

    shown = world.once(("claude_code", day, cursor.at), found)
    after = cursor.offset + limit
    has_more = after < len(shown.day)
    token = parameters.token("claude_code", Cursor(after, cursor.at))
    chosen = range(cursor.offset, min(after, len(shown.day)))
    return {
        "data": [_row(company, shown, row, cursor.at.date()) for row in chosen],
        "has_more": has_more,
        "next_page": token if has_more else None,
    }


def _is_reported(company: Company, usage: Usage) -> Integers:
    principals = company.principals
    names = {key.api_key_id: key.key_name for key in company.api_keys}
    scripted = [names.get(p.principal_id) == _SCRIPTED for p in principals]
    is_user = np.array([p.principal_type == "user" for p in principals])
    place = np.arange(len(principals))
    is_shown = is_user & (place % _LEFT_OUT_EVERY != _LEFT_OUT_EVERY - 1)
    found = (usage.product == _CODE) & is_shown[usage.principal]
    return np.flatnonzero(found | np.array(scripted)[usage.principal])


def _row(company: Company, shown: Sessions, row: int, today: date) -> dict[str, object]:
    counts = {name: int(values[row]) for name, values in shown.counts.items()}
    tools: dict[str, object] = {}
    for tool in TOOLS:
        accepted, rejected = shown.verdicts(tool)
        tools[tool] = {"accepted": int(accepted[row]), "rejected": int(rejected[row])}
    actor = _actor(company, int(shown.principal[row]), today)
    is_user = actor["type"] == "user_actor"
    start = datetime.combine(timeline.day_at(int(shown.day[row])), datetime.min.time())
    return {
        "actor": actor,
        "core_metrics": {
            "commits_by_claude_code": counts["commits"],
            "lines_of_code": {"added": counts["added"], "removed": counts["removed"]},
            "num_sessions": counts["sessions"],
            "pull_requests_by_claude_code": counts["pull_requests"],
        },
        "customer_type": "subscription" if is_user else "api",
        "date": f"{start:%Y-%m-%d}T00:00:00Z",
        "is_remote": bool(shown.is_remote[row]),
        "model_breakdown": [
            _model(shown, int(n)) for n in np.flatnonzero(shown.place == row)
        ],
        "organization_id": organization_id(company),
        "terminal_type": TERMINALS[int(shown.terminal[row])],
        "tool_actions": tools,
        "subscription_type": "enterprise" if is_user else None,
    }


def _actor(company: Company, number: int, today: date) -> dict[str, str]:
    """A user has nothing but an e-mail here, and a key nothing but its name."""
    principal_id = company.principals[number].principal_id
    for member in company.members:
        if member.user_id == principal_id:
            return {"email_address": member.email(today), "type": "user_actor"}
    name = next(k.key_name for k in company.api_keys if k.api_key_id == principal_id)
    return {"api_key_name": name, "type": "api_actor"}


def _model(shown: Sessions, number: int) -> dict[str, object]:
    uncached, read, short, long, output = map(int, shown.tokens[number])
    # A number of cents, where the other reports send text.
    amount = msgspec.Raw(cents(int(shown.pico[number])).encode())
    return {
        "estimated_cost": {"amount": amount, "currency": "USD"},
        "model": MODELS[int(shown.model[number])],
        "tokens": {
            "cache_creation": short + long,
            "cache_read": read,
            "input": uncached,
            "output": output,
        },
    }


def _sums(values: Integers, places: Integers, size: int) -> Integers:
    found = np.zeros((size, *values.shape[1:]), np.int64)
    np.add.at(found, places.reshape(-1), values)
    return found


def _day(parameters: Parameters) -> date:
    text = parameters.one("starting_at")
    if text is None:
        raise invalid("starting_at: Field required")
    try:
        if len(text) != 10:
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise invalid("starting_at: must be a day, YYYY-MM-DD") from None

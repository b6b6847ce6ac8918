"""How pools, service accounts and unknown actors consume."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from ingestion.simulator import timeline
from ingestion.simulator.consumption import (
    CHATTING,
    HAIKU,
    SONNET,
    Parts,
    model_codes,
    rows,
)
from ingestion.simulator.keys import ApiKey, service_account_id
from ingestion.simulator.principals import FEDERATED_ID, Principal
from ingestion.simulator.randomness import stream
from ingestion.simulator.usage import Usage


@dataclass(frozen=True)
class Plan:
    """How much and when a service consumes."""

    dollars_a_day: float
    weekday_chance: float
    weekend_chance: float
    starts_on: date = timeline.AI_FIRST_DAY
    is_small: bool = False
    batch_from: date | None = None


_KEY_PLANS = {
    "ci": Plan(14.0, 1.0, 0.3, is_small=True),
    "team-notebook": Plan(6.0, 0.8, 0.0),
    "assistant-production": Plan(22.0, 1.0, 1.0),
    # Keys that nobody wrote down, and a freelancer whom HR does not know.
    "test-123": Plan(5.0, 0.6, 0.1, date(2026, 7, 20)),
}
_CONTRACTOR = Plan(9.0, 0.5, 0.0, date(2026, 5, 6))
# Batch prices are in the catalogue from 2026-10-14 on.
_DOCUMENTATION = Plan(4.0, 1.0, 1.0, batch_from=date(2026, 11, 2))
_FEDERATED = Plan(7.0, 0.9, 0.1, date(2026, 3, 2), is_small=True)


def service_usage(
    seed: int, principals: tuple[Principal, ...], keys: tuple[ApiKey, ...]
) -> list[Usage]:
    """Usage of everything that is no person of the company."""
    code = {key.api_key_id: number + 1 for number, key in enumerate(keys)}
    by_name = {key.key_name: key for key in keys}
    by_id = {p.principal_id: number for number, p in enumerate(principals)}
    found = [
        _usage(seed, by_id[key.api_key_id], name, plan, _workspace(key),
               code[key.api_key_id])
        for name, plan in _KEY_PLANS.items()
        for key in [by_name[name]]
    ]  # fmt: skip
    contractor = next(
        number for number, p in enumerate(principals)
        if p.principal_type == "user" and p.person_id is None
    )  # fmt: skip
    documentation = by_name["documentation-batch"]
    found += [
        _usage(seed, contractor, "contractor", _CONTRACTOR, 0, 0),
        _usage(seed, by_id[service_account_id(seed)], "documentation", _DOCUMENTATION,
               _workspace(documentation), code[documentation.api_key_id]),
        _usage(seed, by_id[FEDERATED_ID], "federated", _FEDERATED, 2, 0),
    ]  # fmt: skip
    return [*found, _code_executions(found[-2])]


def _workspace(key: ApiKey) -> int:
    return 0 if key.workspace is None else key.workspace + 1


def _usage(
    seed: int, principal: int, name: str, plan: Plan, workspace: int, key: int
) -> Usage:
    """Usage of one actor by its plan; `workspace` and `key` are codes, 0 for none."""
    random = stream(seed, "usage", name)
    days = np.arange(timeline.index(plan.starts_on), timeline.DAYS)
    weekday = np.array([timeline.day_at(int(day)).weekday() for day in days])
    chance = np.where(weekday < 5, plan.weekday_chance, plan.weekend_chance)
    days = days[random.random(len(days)) < chance]
    dollars = plan.dollars_a_day * random.lognormal(0, 0.4, len(days))
    small = np.full(len(days), HAIKU)
    models = small if plan.is_small else model_codes(SONNET, days, 7)
    parts = Parts(days, models, dollars, np.ones(len(days), np.int64))
    usage = rows(parts, principal, CHATTING, random)
    start = timeline.index(plan.batch_from) if plan.batch_from else timeline.DAYS
    is_batch = usage.day >= start
    return replace(
        usage,
        tier=np.where(is_batch, 2, 1),
        product=np.where(is_batch, 5, 4),
        workspace=np.full(len(usage), workspace),
        api_key=np.full(len(usage), key),
    )


def _code_executions(usage: Usage) -> Usage:
    """A container hour or two on every fifth day, without model or product."""
    some = usage.take(usage.day % 5 == 0)
    none = np.zeros(len(some), np.int64)
    return replace(
        some,
        model=none,
        tier=none,
        context=none,
        geo=none,
        product=none,
        requests=none,
        searches=none,
        spans=1 + some.day % 2,
        tokens=np.zeros_like(some.tokens),
    )

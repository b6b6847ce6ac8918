"""Planted traits: ability, usage class, and what AI does to a person's outcome.

The distributions are those of the segment world (measurement specification, A.2), so
that what the marts recover can be compared with what that world predicts.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from ingestion.simulator import organisation, timeline
from ingestion.simulator.randomness import stream

CLASSES = ("fluent", "under", "heavy", "balanced")
_MIX = (0.25, 0.25, 0.10, 0.40)
# ln usage offset, ln gain and ln rework ratio: mean and deviation of each.
_EFFECTS = {
    "fluent": ((0.6, 0.4), (math.log(1.35), 0.07), (-0.1, 0.1)),
    "under": ((-1.8, 0.4), (0.0, 0.05), (0.0, 0.1)),
    "heavy": ((1.5, 0.35), (-0.03, 0.05), (math.log(1.8), 0.12)),
    "balanced": ((0.0, 0.35), (0.08, 0.05), (0.0, 0.1)),
}
SPEND_NORM = {
    "engineer": 0.0,
    "consultant": -0.6,
    "product": -0.3,
    "marketing": -0.6,
    "manager": -0.9,
}
ISSUE_RATE = {
    "engineer": 0.0,
    "consultant": 0.25,
    "product": -0.15,
    "marketing": 0.25,
    "manager": -0.4,
}
_ADOPTERS = {
    "engineer": 0.74,
    "consultant": 0.62,
    "product": 0.6,
    "marketing": 0.45,
    "manager": 0.35,
}


@dataclass(frozen=True)
class Traits:
    """What is true of a person; logarithms are natural, effects hold from adoption."""

    ability: float
    usage_class: str
    usage_offset: float
    gain: float
    rework: float
    has_ai_access: bool
    adopted_on: date | None


def traits(
    seed: int, person_id: str, role: str, hired_on: date, last_day: date | None
) -> Traits:
    """The traits of one person; who never adopts has class `none` and no effects."""
    random = stream(seed, "traits", person_id)
    ability = float(random.normal(0, 0.30))
    usage_class = CLASSES[int(random.choice(len(CLASSES), p=_MIX))]
    offset, gain, rework = (
        float(random.normal(mean, deviation))
        for mean, deviation in _EFFECTS[usage_class]
    )
    adopted_on = _adopted_on(person_id, role, hired_on, last_day, random)
    has_access = adopted_on is not None or (
        bool(random.random() < 0.4)
        and (last_day is None or last_day > timeline.AI_FIRST_DAY)
    )
    if adopted_on is None:
        return Traits(ability, "none", 0.0, 0.0, 0.0, has_access, None)
    return Traits(ability, usage_class, offset, gain, rework, has_access, adopted_on)


def _adopted_on(
    person_id: str,
    role: str,
    hired_on: date,
    last_day: date | None,
    random: np.random.Generator,
) -> date | None:
    """First day of AI use: mostly January 2026, for some later in the year."""
    adopts = random.random() < _ADOPTERS[role]
    early = random.random() < 0.6
    after = int(random.integers(1, 20) if early else random.integers(20, 260))
    # People whose stories are about AI accounts must have used AI.
    told = {
        organisation.MOVER,
        organisation.REHIRED,
        organisation.TWO_EMAILS,
        organisation.OLD_VENDOR_EMAIL,
        organisation.RENAMED,
        *organisation.NAMESAKES,
        *organisation.LEAVERS,
    }
    if person_id in told:
        adopts, after = True, min(after, 40)
    start = timeline.AI_FIRST_DAY + timedelta(days=after)
    if person_id == organisation.REHIRED:
        start = organisation.CAME_BACK_ON + timedelta(days=4)
    start = max(start, hired_on + timedelta(days=10))
    late = last_day is not None and start > last_day - timedelta(days=30)
    return start if adopts and not late and start <= timeline.LAST_DAY else None

"""Late and revised days: what the vendor shows of the true usage at a given present.

A day is complete for most rows the morning after, for all after 30 days. Until then
some rows grow, some are still missing, those of personal keys stand under the key
before they move to its user, and now and then a row shows that later vanishes.
"""

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from ingestion.simulator import timeline
from ingestion.simulator.keys import ApiKey
from ingestion.simulator.principals import Principal
from ingestion.simulator.randomness import stream
from ingestion.simulator.usage import GEOS, Integers, Usage, joined

FINAL_AFTER_DAYS = 30
# Days after which a key's usage is reported under the user it acts for.
MOVES_AFTER_DAYS = 6
VANISHES_AFTER_DAYS = 12
_PHANTOM_EVERY = 9


@dataclass(frozen=True)
class Revisions:
    """The true usage and, for each of its rows, how it comes to light."""

    usage: Usage
    complete_after: Integers
    is_missing_first: Integers
    early_principal: Integers
    phantoms: Usage

    def as_served(self, present: datetime) -> Usage:
        """The rows and tokens that the vendor reports at `present`."""
        today = timeline.index(present.date())
        share_of_today = present.hour / 24
        age = today - self.usage.day
        partial = 0.5 + 0.5 * age / np.maximum(self.complete_after, 1)
        partial = np.where(age == 0, 0.8 * share_of_today, partial)
        is_complete = (age >= self.complete_after) & (age > 0)
        share = np.where(is_complete, 1.0, np.minimum(partial, 1.0))
        is_listed = (age >= 0) & (share > 0)
        is_listed &= is_complete | (self.is_missing_first == 0) | (age > 1)
        moved = age >= MOVES_AFTER_DAYS
        served = replace(
            self.usage,
            principal=np.where(moved, self.usage.principal, self.early_principal),
            **{
                name: _scaled(getattr(self.usage, name), share, is_complete)
                for name in ("tokens", "requests", "searches", "spans")
            },
        )
        phantom_age = today - self.phantoms.day
        is_shown = (phantom_age > 0) & (phantom_age < VANISHES_AFTER_DAYS)
        is_listed &= (served.tokens.sum(axis=1) > 0) | (served.spans > 0)
        return joined([served.take(is_listed), self.phantoms.take(is_shown)])


def revisions(
    seed: int,
    usage: Usage,
    principals: tuple[Principal, ...],
    keys: tuple[ApiKey, ...],
) -> Revisions:
    """How each row of the true usage comes to light."""
    random = stream(seed, "revisions")
    size = len(usage)
    kinds = random.choice(4, size, p=[0.72, 0.14, 0.09, 0.05])
    spans = np.array([[1, 1], [2, 2], [3, 8], [9, FINAL_AFTER_DAYS]])[kinds]
    complete_after = random.integers(spans[:, 0], spans[:, 1] + 1)
    missing = (kinds > 0) & (random.random(size) < 0.2)
    number = {p.principal_id: position for position, p in enumerate(principals)}
    key_actor = np.array([0, *(number[key.api_key_id] for key in keys)])
    is_user = np.array([p.principal_type == "user" for p in principals])
    moves = (usage.api_key > 0) & is_user[usage.principal]
    return Revisions(
        usage=usage,
        complete_after=complete_after,
        is_missing_first=missing.astype(np.int64),
        early_principal=np.where(moves, key_actor[usage.api_key], usage.principal),
        phantoms=_phantoms(usage),
    )


def _phantoms(usage: Usage) -> Usage:
    """On every ninth day one row shows in a second region and is taken back."""
    real = usage.take(usage.model > 0)
    days, first = np.unique(real.day, return_index=True)
    rows = real.take(first[days % _PHANTOM_EVERY == 0])
    return replace(rows, geo=GEOS.index("us") + GEOS.index("global") - rows.geo)


def _scaled(
    values: Integers, share: NDArray[np.float64], is_complete: NDArray[np.bool_]
) -> Integers:
    """Whole parts of the values; the exact value where the row is complete."""
    if values.ndim == 2:
        share, is_complete = share[:, None], is_complete[:, None]
    return np.where(is_complete, values, np.floor(values * share).astype(np.int64))

"""What every member did on a day, beside the events: lines, completions, requests."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.cursor import events as calls
from ingestion.simulator.cursor.models import MODELS
from ingestion.simulator.cursor.team import accounts
from ingestion.simulator.randomness import stream
from ingestion.simulator.usage import Integers

# Counts that the vendor sends, by its own names, and how many there are a call.
COUNTS = {
    "totalLinesAdded": 46,
    "totalLinesDeleted": 21,
    "acceptedLinesAdded": 30,
    "acceptedLinesDeleted": 13,
    "totalApplies": 3,
    "totalAccepts": 2,
    "totalRejects": 1,
    "totalTabsShown": 19,
    "totalTabsAccepted": 8,
    "chatRequests": 1,
    "cmdkUsages": 1,
}
_BY_KIND = {
    "subscriptionIncludedReqs": calls.INCLUDED,
    "usageBasedReqs": calls.ON_DEMAND,
    "apiKeyReqs": calls.OWN_KEY,
}


@dataclass(frozen=True)
class Days:
    """A row per member and day of a range, ordered by both: positions in `accounts`,
    days of the timeline, counts by the vendor's names, and the model used most (-1 for
    none)."""

    account: Integers
    day: Integers
    counts: dict[str, Integers]
    model: Integers

    @property
    def is_active(self) -> NDArray[np.bool_]:
        """Whether there was any call."""
        return self.counts["agentRequests"] > 0


def days(company: Company, present: datetime, first: int, last: int) -> Days:
    """The members' days `first` to `last` as the vendor counts them at an instant."""
    last = min(last, timeline.index(present.date()))
    span = np.arange(first, last + 1)
    is_member = _membership(company)[:, np.clip(span, 0, timeline.DAYS - 1)]
    account, place = np.nonzero(is_member)
    shown = calls.served(company, present)
    kept = shown.take((shown.day >= first) & (shown.day <= last))
    shape = (len(accounts(company)), max(len(span), 1))
    cells = (kept.account, kept.day - first)
    called = _counted(shape, cells)
    counts = {
        name: called * share for name, share in _shares(company, span, COUNTS).items()
    }
    counts["agentRequests"] = called
    counts["composerRequests"] = counts["bugbotUsages"] = np.zeros(shape, np.int64)
    for name, kind in _BY_KIND.items():
        mine = kept.kind == kind
        counts[name] = _counted(shape, (cells[0][mine], cells[1][mine]))
    by_model = np.zeros((*shape, len(MODELS)), np.int64)
    np.add.at(by_model, (*cells, kept.model), 1)
    model = np.where(called > 0, by_model.argmax(axis=2), -1)
    chosen = (account, place)
    return Days(
        account,
        span[place] if len(span) else np.zeros(0, np.int64),
        {name: values[chosen] for name, values in counts.items()},
        model[chosen],
    )


def _counted(shape: tuple[int, int], cells: tuple[Integers, Integers]) -> Integers:
    found = np.zeros(shape, np.int64)
    np.add.at(found, cells, 1)
    return found


def _shares(
    company: Company, span: Integers, counts: dict[str, int]
) -> dict[str, Integers]:
    """How many of each there are a call, for every account and day of the span."""
    return {name: _drawn(company, name, most)[:, span] for name, most in counts.items()}


@cache
def _drawn(company: Company, name: str, mean: int) -> Integers:
    """Accepted and rejected parts follow from separate draws but stay below what was
    shown, since each is drawn between half and all of its mean."""
    random = stream(company.seed, "cursor", "activity", name)
    shape = (len(accounts(company)), timeline.DAYS)
    return random.integers((mean + 1) // 2, mean + 1, shape)


@cache
def _membership(company: Company) -> NDArray[np.bool_]:
    """Who is a member on which day: a row per account, a column per day."""
    found = np.zeros((len(accounts(company)), timeline.DAYS), np.bool_)
    for place, account in enumerate(accounts(company)):
        if account.service_account_id is None:
            end = timeline.DAYS
            if account.removed_on is not None:
                end = timeline.index(account.removed_on)
            found[place, max(0, timeline.index(account.added_on)) : max(0, end)] = True
    return found

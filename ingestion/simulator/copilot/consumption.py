"""What is consumed: credits by day, account and model, and activity by day and person.

Quantities are whole hundredths of a credit, so that all money is exact.
"""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.copilot.accounts import accounts
from ingestion.simulator.emergence import Emergence, emergence, scaled
from ingestion.simulator.randomness import stream
from ingestion.simulator.usage import Integers

MODELS = ("Claude Sonnet 4.5", "GPT-5", "Gemini 2.5 Pro")
# An account number of its own for usage that GitHub's billing gives to no user it
# names: people who use Copilot without a seat and without telemetry.
_NOBODY_EVERY = 11  # days
CREDITS_IN_REPORTS_SINCE = date(2026, 6, 19)
REPORTED_AFTER = 2  # whole days until a day's report exists
_INCLUDED = 1900 * 100  # hundredths of a credit a seat and month, pooled
_CENTS = 100 * 100  # hundredths of a credit a dollar
# Dollars a token of the CLI, as a blend over models and cached input.
_CLI_PROMPT, _CLI_OUTPUT = 1e-6, 1.5e-5


@dataclass(frozen=True)
class Credits:
    """Credits as billed, in the order of days; columns of equal length."""

    day: Integers
    account: Integers
    model: Integers
    gross: Integers
    discount: Integers

    def of(self, first: int, after: int) -> "Credits":
        """The rows of days [first, after)."""
        start, end = np.searchsorted(self.day, [first, after])
        return _taken(self, slice(int(start), int(end)))

    def take(self, rows: NDArray[np.bool_]) -> "Credits":
        """The rows of a mask."""
        return _taken(self, rows)


@dataclass(frozen=True)
class Activity:
    """Days of persons as reported, in the order of days; columns of equal length.

    `counts` has a column per name of `COUNTS`.
    """

    day: Integers
    account: Integers
    has_cli: NDArray[np.bool_]
    has_app: NDArray[np.bool_]
    counts: Integers

    def of(self, first: int, after: int) -> "Activity":
        """The rows of days [first, after)."""
        start, end = np.searchsorted(self.day, [first, after])
        rows = slice(int(start), int(end))
        return Activity(*[getattr(self, f.name)[rows] for f in fields(self)])

    def count(self, name: str) -> Integers:
        """A column of `counts`."""
        return self.counts[:, COUNTS.index(name)]


COUNTS = (
    "credits", "interactions", "generated", "accepted", "suggested", "added", "deleted",
    "cli_sessions", "cli_requests", "cli_prompts", "cli_input", "cli_output",
    "app_requests", "app_input", "app_output",
)  # fmt: skip


def nobody(company: Company) -> int:
    """The number of the account that is nobody's."""
    return len(accounts(company))


def credits_at(company: Company, at: datetime | None) -> Credits:
    """Credits as billed at an instant, or in the end (None)."""
    found, comes = _credits(company)
    is_shown, thousandths = comes.shown(at)
    grown = replace(
        found,
        gross=scaled(found.gross, thousandths),
        discount=scaled(found.discount, thousandths),
    )
    return grown.take(is_shown & (grown.gross > 0))


def activity_at(company: Company, at: datetime | None) -> Activity:
    """Activity as reported at an instant, or in the end (None)."""
    found, comes = _activity(company)
    is_shown, thousandths = comes.shown(at)
    if at is not None:
        is_shown &= found.day <= timeline.index(at.date()) - REPORTED_AFTER
    grown = scaled(found.counts, thousandths)
    rows = is_shown
    return Activity(
        found.day[rows],
        found.account[rows],
        found.has_cli[rows],
        found.has_app[rows],
        grown[rows],
    )


@cache
def _credits(company: Company) -> tuple[Credits, Emergence]:
    """All credits, and how they come to light."""
    people = accounts(company)
    dollars = np.stack([account.dollars for account in people])
    account, day = np.nonzero(dollars)
    spent = dollars[account, day]
    every = np.arange(timeline.DAYS)
    lost = every[(every % _NOBODY_EVERY == 0) & (dollars.sum(axis=0) > 0)]
    account = np.concatenate([account, np.full(len(lost), len(people))])
    day = np.concatenate([day, lost])
    spent = np.concatenate([spent, np.full(len(lost), 0.42)])

    random = stream(company.seed, "copilot models")
    weights = random.dirichlet((1.2, 0.8, 0.5), len(day))
    weights[random.random(weights.shape) < 0.35] = 0
    weights[:, 0] += 0.05
    weights /= weights.sum(axis=1, keepdims=True)
    gross = np.floor(spent[:, None] * weights * _CENTS).astype(np.int64)
    row, model = np.nonzero(gross)
    order = np.lexsort((model, account[row], day[row]))
    row, model = row[order], model[order]
    found = Credits(day[row], account[row], model, gross[row, model], 0 * row)
    found = replace(found, discount=_included(company, found))
    return found, emergence(company.seed, "copilot credits", found.day, 7)


def _included(company: Company, found: Credits) -> Integers:
    """What the month's pool of all seats covers, first come first served."""
    days = [timeline.day_at(int(day)) for day in found.day]
    months = np.array([day.year * 12 + day.month for day in days])
    covered = np.zeros(len(days), np.int64)
    for month in np.unique(months):
        rows = np.flatnonzero(months == month)
        first = days[int(rows[0])].replace(day=1)
        seats = sum(account.has_seat(first) for account in accounts(company))
        before = np.cumsum(found.gross[rows]) - found.gross[rows]
        covered[rows] = np.clip(seats * _INCLUDED - before, 0, found.gross[rows])
    return covered


@cache
def _activity(company: Company) -> tuple[Activity, Emergence]:
    """All activity, and how it comes to light."""
    people = accounts(company)
    dollars = np.stack([account.dollars for account in people])
    day, account = np.nonzero(dollars.T)
    spent = dollars[account, day]
    size = len(day)
    random = stream(company.seed, "copilot activity")
    is_person = np.array([each.person is not None for each in people])[account]
    interactions = np.where(is_person, 1 + random.poisson(6 + spent), 0)
    generated = interactions + random.poisson(18, size)
    accepted = random.binomial(generated, 0.3)
    suggested = generated * random.integers(1, 9, size)
    added = accepted * random.integers(1, 7, size) + random.poisson(5 * spent)
    has_cli = is_person & (account % 3 == 0) & (random.random(size) < 0.6)
    has_app = is_person & (account % 7 == 1) & (random.random(size) < 0.3)
    cli = np.where(has_cli, spent * random.uniform(0.1, 0.6, size), 0)
    app = np.where(has_app, spent * random.uniform(0.05, 0.2, size), 0)
    prompts = np.where(has_cli, 1 + random.poisson(3, size), 0)
    counts = np.stack(
        [
            _reported_credits(company, day, account),
            interactions,
            generated,
            accepted,
            suggested,
            added,
            random.binomial(added, 0.2),
            np.where(has_cli, 1 + prompts // 3, 0),
            prompts * 4,
            prompts,
            _bought(0.6 * cli, _CLI_PROMPT),
            _bought(0.4 * cli, _CLI_OUTPUT),
            np.where(has_app, 1 + random.poisson(2, size), 0),
            _bought(0.6 * app, _CLI_PROMPT),
            _bought(0.4 * app, _CLI_OUTPUT),
        ],
        axis=1,
    ).astype(np.int64)
    comes = emergence(company.seed, "copilot activity", day, 9)
    # Who has no seat is known from the reports alone, so these rows never vanish.
    lasting = [a.person is None or a.seat_to is not None for a in people]
    is_phantom = comes.is_phantom & ~np.array(lasting)[account]
    found = Activity(day, account, has_cli, has_app, counts)
    return found, replace(comes, is_phantom=is_phantom)


def _bought(dollars: NDArray[np.float64], price: float) -> Integers:
    return np.floor(dollars / price).astype(np.int64)


def _reported_credits(company: Company, day: Integers, account: Integers) -> Integers:
    """The billed credits of each day and account, as the report sums them."""
    billed = credits_at(company, None)
    sums = np.zeros((timeline.DAYS, len(accounts(company)) + 1), np.int64)
    np.add.at(sums, (billed.day, billed.account), billed.gross)
    return sums[day, account]


def _taken(found: Credits, rows: NDArray[np.bool_] | slice) -> Credits:
    return Credits(*[getattr(found, field.name)[rows] for field in fields(found)])

"""Changes that no person of the company wrote: bots, CI, and a freelancer."""

from datetime import date

import numpy as np

from ingestion.simulator import organisation, timeline
from ingestion.simulator.change import (
    BOT_EMAIL,
    BOT_NAME,
    REPOSITORIES,
    Author,
    Change,
)
from ingestion.simulator.randomness import stream

_HOUR_MS = 3_600_000


def _machine_change(
    repository: str, kind: str, author: Author, merged_ms: int
) -> Change:
    return Change(
        repository,
        0,
        kind,
        "shared",
        author,
        merged_ms - _HOUR_MS,
        merged_ms,
        None,
        None,
    )


def machine_changes(seed: int) -> list[Change]:
    """Dependency updates a few times a month, and a release of CI each month."""
    random = stream(seed, "bots")
    bot = Author(None, BOT_NAME, BOT_EMAIL, 0)
    ci = Author(None, "works-ci", organisation.CI_EMAIL, 0)
    found: list[Change] = []
    for repository in REPOSITORIES:
        for day in np.sort(random.integers(0, timeline.DAYS, 110)):
            at = timeline.midnight_ms(int(day)) + int(random.integers(3, 6) * _HOUR_MS)
            found.append(_machine_change(repository, "lock_file", bot, at))
        for day in range(27, timeline.DAYS, 30):
            at = timeline.midnight_ms(day) + 20 * _HOUR_MS
            found.append(_machine_change(repository, "generated", ci, at))
    return found


def freelance_changes(seed: int) -> list[Change]:
    """The freelancer's work, which no people file explains."""
    random = stream(seed, "freelancer")
    author = Author(
        None, organisation.CONTRACTOR_NAME, organisation.CONTRACTOR_EMAIL, 60
    )
    first = timeline.index(date(2026, 5, 11))
    days = np.sort(random.integers(first, timeline.DAYS, 40))
    return [
        _machine_change(
            "platform", "source", author, timeline.midnight_ms(int(day)) + 13 * _HOUR_MS
        )
        for day in days
    ]

"""What reached each repository's default branch: the plan behind its commits."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from ingestion.simulator import timeline
from ingestion.simulator.accounts import git_email
from ingestion.simulator.calendars import offsets
from ingestion.simulator.change import MERGING, Author, Change
from ingestion.simulator.machines import freelance_changes, machine_changes
from ingestion.simulator.organisation import TEAM_BY_NAME
from ingestion.simulator.outcomes import Issue
from ingestion.simulator.people import Person
from ingestion.simulator.randomness import stream

_HOUR_MS = 3_600_000


def changes(
    seed: int, people: tuple[Person, ...], issues: tuple[Issue, ...]
) -> tuple[Change, ...]:
    """All changes by repository and time; numbers count from 1 in each repository."""
    drafts = [
        *_of_issues(seed, people, issues),
        *machine_changes(seed),
        *freelance_changes(seed),
    ]
    drafts.sort(key=lambda change: (change.merged_ms, change.repository, change.team))
    counts: defaultdict[str, int] = defaultdict(int)
    numbered: list[Change] = []
    for draft in drafts:
        counts[draft.repository] += 1
        numbered.append(replace(draft, number=counts[draft.repository]))
    return tuple(_with_targets(numbered))


def _of_issues(
    seed: int, people: tuple[Person, ...], issues: tuple[Issue, ...]
) -> list[Change]:
    """None, one or two changes an issue of an engineer, some of them undone."""
    random = stream(seed, "changes")
    by_id = {person.person_id: person for person in people}
    found: list[Change] = []
    for issue in issues:
        person = by_id.get(issue.worker or "")
        if person is None or not issue.started_ms or not issue.done_ms:
            continue
        position = person.position(timeline.instant(issue.done_ms).date())
        if TEAM_BY_NAME[position.team].repository is None:
            continue
        draws = random.random(8)
        count = int(draws[0] > 0.25) + int(draws[0] > 0.80)
        for part in range(count):
            change = _change(issue, person, part, count, random)
            if count == 1:
                change = _paired(change, people, draws)
            found.append(change)
            found += _reverted(change, person, random)
    return found


def _change(
    issue: Issue, person: Person, part: int, parts: int, random: np.random.Generator
) -> Change:
    draws = random.random(8)
    span = issue.done_ms - issue.started_ms
    merged = issue.started_ms + int(span * (part + 0.75 + 0.2 * draws[0]) / parts)
    authored = issue.started_ms + int(span * (part + 0.3 + 0.3 * draws[1]) / parts)
    if draws[2] < 0.02:
        # Rebased work keeps the date it was first written.
        authored -= 3 * timeline.DAY_MS
    at = timeline.instant(merged)
    position = person.position(at.date())
    team = TEAM_BY_NAME[position.team]
    repository = "tooling" if draws[3] < 0.07 else team.repository
    is_sloppy = draws[4] < (0.25 if position.team == "isle" else 0.035)
    return Change(
        repository=repository or "tooling",
        number=0,
        kind=_kind(draws[5]),
        team=position.team,
        author=_author(person, at, draws[6]),
        authored_ms=authored,
        merged_ms=merged,
        issue_id=None if is_sloppy else issue.issue_id,
        issue_key=None if is_sloppy else issue.key(merged),
        assistant=_assistant(person, at, draws[7]),
    )


def _kind(draw: float) -> str:
    limits = ((0.01, "lock_file"), (0.017, "vendored"), (0.027, "generated"),
              (0.035, "binary"), (0.09, "documentation"))  # fmt: skip
    return next((kind for limit, kind in limits if draw < limit), "source")


def _author(person: Person, at: datetime, draw: float) -> Author:
    day = at.date()
    place = min(max(timeline.index(day), 0), timeline.DAYS - 1)
    minutes = int(offsets(person.location)[place])
    return Author(
        person.person_id, person.full_name, git_email(person, day, draw), minutes
    )


def _assistant(person: Person, at: datetime, draw: float) -> str | None:
    """The trailer an assistant leaves, by its exact address."""
    adopted_on = person.traits.adopted_on
    if adopted_on is None or at.date() < adopted_on or draw > 0.45:
        return None
    named = ("Claude", "Claude Opus 4.8 (1M context)", "Claude Sonnet 5")
    name = named[int(draw * 100) % 3]
    if draw < 0.02:
        return "Cursor <cursoragent@cursor.com>"
    return f"{name} <noreply@anthropic.com>"


def _paired(
    change: Change, people: tuple[Person, ...], draws: NDArray[np.float64]
) -> Change:
    """With a team mate as co-author, or as second author in a merged branch."""
    if draws[1] > 0.12 or change.kind != "source":
        return change
    at = timeline.instant(change.merged_ms)
    mates = [
        p
        for p in people
        if p.position(at.date()).team == change.team
        and p.position(at.date()).holds_on(at.date())
        and p.person_id != change.author.person_id
    ]
    if not mates:
        return change
    partner = _author(mates[int(draws[2] * len(mates))], at, draws[3])
    is_branch = change.repository == MERGING and draws[4] < 0.7
    share = 0.0 if not is_branch else 0.45 if draws[5] < 0.6 else 0.03
    return replace(change, partner=partner, partner_share=share)


def _reverted(
    change: Change, person: Person, random: np.random.Generator
) -> list[Change]:
    """The author's own revert within two weeks, likelier where rework is planted."""
    draws = random.random(2)
    adopted_on = person.traits.adopted_on
    at = timeline.instant(change.merged_ms).date()
    rework = person.traits.rework if adopted_on and at >= adopted_on else 0.0
    if change.kind != "source" or draws[0] > 0.02 * float(np.exp(rework)):
        return []
    later = change.merged_ms + int((2 + 300 * draws[1]) * _HOUR_MS)
    return [
        replace(
            change,
            kind="revert",
            authored_ms=later - _HOUR_MS // 2,
            merged_ms=later,
            partner=None,
            partner_share=0.0,
            assistant=None,
        )
    ]


def _with_targets(numbered: list[Change]) -> list[Change]:
    """Reverts with the number of what they undo: their author's last in that issue."""
    newest: dict[tuple[str, str, int | None], int] = {}
    for place, change in enumerate(numbered):
        key = (change.repository, change.author.name, change.issue_id)
        if change.kind == "revert":
            numbered[place] = replace(change, reverts=newest.get(key))
        elif change.kind == "source":
            newest[key] = change.number
    return numbered

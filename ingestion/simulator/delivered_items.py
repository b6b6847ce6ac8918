"""The truth about work that is not code: its items, and who delivered them."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# pyarrow ships no types.

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import pyarrow as pa

from ingestion.simulator import deliverables, organisation, timeline
from ingestion.simulator.company import Company
from ingestion.simulator.delivery import listed, shares
from ingestion.simulator.engagements import PORTFOLIOS
from ingestion.simulator.totals import INSTANT, TEXT, WHOLE_NUMBER, table

# A slip of the hand that is corrected within this time is no return.
_SLIP_MS = 300_000
_JIRA_PROJECT = "JUN"


@dataclass(frozen=True)
class Shown:
    """One item as its feed shows it; epoch milliseconds, 0 for never."""

    feed: str
    item_id: str
    project: str
    authors: tuple[str | None, ...]
    started_ms: int
    delivered_ms: int
    returned_n: int
    rating: int | None


def items(company: Company, at_ms: int) -> pa.Table:
    """One row per item of any feed: its course, and what its client said."""
    rows = [
        (
            item.feed,
            item.item_id,
            item.project,
            _instant(item.started_ms),
            _instant(item.delivered_ms),
            item.returned_n,
            item.rating,
        )
        for item in _shown(company, at_ms)
    ]
    return table(
        rows,
        ("feed", TEXT),
        ("item_id", TEXT),
        ("project", TEXT),
        ("started_at", INSTANT),
        ("delivered_at", INSTANT),
        ("returned_n", WHOLE_NUMBER),
        ("rating", WHOLE_NUMBER),
    )


def credits(company: Company, at_ms: int) -> pa.Table:
    """One row per delivered item and person with a share of its credit.

    Credit is in millionths and sums to one million; what nobody has who worked here on
    that day is one row without a person.
    """
    rows: list[tuple[object, ...]] = []
    for item in _shown(company, at_ms):
        if not item.delivered_ms:
            continue
        at = timeline.instant(item.delivered_ms)
        persons = [_employed(company, who, at) for who in item.authors] or [None]
        held: dict[str | None, int] = {}
        for person, credit in shares(persons):
            held[person] = held.get(person, 0) + credit
        rows += [
            (item.feed, item.item_id, person, at, credit)
            for person, credit in held.items()
        ]
    return table(
        rows,
        ("feed", TEXT),
        ("item_id", TEXT),
        ("person_id", TEXT),
        ("delivered_at", INSTANT),
        ("credit_millionths", WHOLE_NUMBER),
    )


def _shown(company: Company, at_ms: int) -> Iterator[Shown]:
    for portfolio in PORTFOLIOS:
        for item in deliverables.listed(company, portfolio, at_ms):
            done = item.delivered_ms(at_ms)
            yield Shown(
                feed=portfolio.feed,
                item_id=item.item_id,
                project=item.project,
                authors=item.authors,
                started_ms=portfolio.shown_ms(item.started_ms),
                delivered_ms=portfolio.shown_ms(done) if done else 0,
                returned_n=item.returned_n(at_ms),
                rating=item.rating_at(at_ms),
            )
    for issue in listed(company, at_ms):
        is_item = issue.project == _JIRA_PROJECT and issue.kind in (
            deliverables.JIRA_TYPES
        )
        is_dropped = issue.resolution not in (None, "Done") and issue.done_ms <= at_ms
        if not is_item or (is_dropped and issue.done_ms):
            continue
        is_back = 0 < issue.reopened_ms <= at_ms
        is_slip = issue.reopened_ms - issue.done_ms < _SLIP_MS
        yield Shown(
            feed=deliverables.JIRA_FEED,
            item_id=str(issue.issue_id),
            project=issue.project,
            authors=(issue.worker,) if issue.worker else (),
            started_ms=issue.started_ms if issue.started_ms <= at_ms else 0,
            delivered_ms=issue.delivered_ms(at_ms),
            returned_n=int(is_back and not is_slip),
            rating=None,
        )


def _employed(company: Company, person_id: str | None, at: datetime) -> str | None:
    """The person if they worked here on the day of the organisation."""
    if person_id is None:
        return None
    day = at.astimezone(ZoneInfo(organisation.TIME_ZONE)).date()
    person = company.people[organisation.person_number(person_id)]
    return person_id if any(p.holds_on(day) for p in person.positions) else None


def _instant(at_ms: int) -> datetime | None:
    return timeline.instant(at_ms) if at_ms else None

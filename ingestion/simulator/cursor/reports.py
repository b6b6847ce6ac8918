"""Bodies of the five endpoints."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import numpy as np

from ingestion.simulator import timeline
from ingestion.simulator.cursor import activity, commits, events
from ingestion.simulator.cursor.answers import MOST_DAYS, Asked, Refused, cents
from ingestion.simulator.cursor.events import Events
from ingestion.simulator.cursor.rows import commit_row, day_rows, event_rows
from ingestion.simulator.cursor.team import Account, accounts
from ingestion.simulator.usage import Integers
from ingestion.simulator.world import World

Body = Mapping[str, Any]


def usage_events(world: World, asked: Asked) -> Body:
    """Events of a range whose end is included, newest first."""
    first, last = asked.range()
    number, size = asked.page(10)
    shown = _served(world)
    start = int(np.searchsorted(shown.at_ms, first, side="left"))
    stop = int(np.searchsorted(shown.at_ms, last, side="right"))
    chosen = np.arange(stop - 1, start - 1, -1)[(number - 1) * size : number * size]
    pages = max(1, -(-(stop - start) // size))
    return {
        "totalUsageEventsCount": stop - start,
        "pagination": {
            "numPages": pages,
            "currentPage": number,
            "pageSize": size,
            "hasNextPage": number < pages,
            "hasPreviousPage": number > 1,
        },
        "usageEvents": event_rows(accounts(world.company), shown.take(chosen)),
        "period": {"startDate": first, "endDate": last},
    }


def daily_usage(world: World, asked: Asked) -> Body:
    """Days of all members, active or not; a page holds the days of its members."""
    first, last = asked.range()
    number, size = asked.page(1000)
    span = [(at - timeline.midnight_ms(0)) // timeline.DAY_MS for at in (first, last)]
    found = activity.days(world.company, world.present, max(0, span[0]), span[1])
    members = np.unique(found.account)
    kept = members[(number - 1) * size : number * size]
    pages = max(1, -(-len(members) // size))
    return {
        "data": day_rows(
            accounts(world.company), found, np.flatnonzero(np.isin(found.account, kept))
        ),
        "period": {"startDate": first, "endDate": last},
        "pagination": {
            "page": number,
            "pageSize": size,
            "totalUsers": len(members),
            "totalPages": pages,
            "hasNextPage": number < pages,
            "hasPreviousPage": number > 1,
        },
    }


def ai_code_commits(world: World, asked: Asked) -> Body:
    """Commits of a range of days, the last included, newest first."""
    first, last = (_day(asked, name) for name in ("startDate", "endDate"))
    if last - first > MOST_DAYS:
        raise Refused(400, f"Date range cannot exceed {MOST_DAYS} days")
    number, size = asked.page(100)
    shown = world.once(
        "cursor commits", lambda: commits.served(world.company, world.present)
    )
    found = [commit for commit in shown if first <= commit.day <= last]
    return {
        "items": [
            commit_row(commit) for commit in found[(number - 1) * size : number * size]
        ],
        "totalCount": len(found),
        "page": number,
        "pageSize": size,
    }


def members(world: World, asked: Asked) -> Body:
    """All members there ever were, removed ones included."""
    today = world.present.date()
    return {
        "teamMembers": [
            {
                "id": account.user_id,
                "name": account.name,
                "email": account.email,
                "role": account.role,
                "isRemoved": not account.is_member(today),
            }
            for account in listed(accounts(world.company), today)
        ]
    }


def spend(world: World, asked: Asked) -> Body:
    """What the members of today spent in the cycle of today."""
    number, size = asked.page(100)
    today = world.present.date()
    spent, overall = cycle_spend(_served(world), today, len(accounts(world.company)))
    found = [
        (place, account)
        for place, account in enumerate(accounts(world.company))
        if account.is_member(today)
    ]
    found.sort(key=lambda each: str(each[1].user_id))
    start = datetime.combine(events.cycle_start(today), time(), UTC)
    return {
        "teamMemberSpend": [
            {
                "userId": account.user_id,
                "name": account.name,
                "email": account.email,
                "role": account.role,
                "spendCents": cents(int(spent[place])),
                "overallSpendCents": cents(int(overall[place])),
                "fastPremiumRequests": 0,
                "hardLimitOverrideDollars": 0,
                "monthlyLimitDollars": None,
                "effectivePerUserLimitDollars": 500,
            }
            for place, account in found[(number - 1) * size : number * size]
        ],
        "subscriptionCycleStart": timeline.epoch_ms(start),
        "totalMembers": len(found),
        "totalPages": max(1, -(-len(found) // size)),
    }


def listed(known: tuple[Account, ...], today: date) -> list[Account]:
    """The accounts that were ever members until a day."""
    return [
        account
        for account in known
        if account.service_account_id is None and account.added_on <= today
    ]


def cycle_spend(shown: Events, today: date, size: int) -> tuple[Integers, Integers]:
    """(on demand, with included usage) in pico-dollars of each account in the cycle."""
    first = timeline.index(events.cycle_start(today))
    mine = shown.take((shown.day >= first) & (shown.kind != events.OWN_KEY))
    spent, overall = np.zeros(size, np.int64), np.zeros(size, np.int64)
    np.add.at(spent, mine.account, mine.charged_pico)
    included = np.where(mine.kind == events.INCLUDED, mine.model_pico, 0)
    np.add.at(overall, mine.account, mine.charged_pico + included)
    return spent, overall


def _served(world: World) -> Events:
    return world.once(
        "cursor events", lambda: events.served(world.company, world.present)
    )


def _day(asked: Asked, name: str) -> int:
    try:
        return timeline.index(date.fromisoformat(asked.text(name)))
    except ValueError:
        raise Refused(400, f"{name} must be a date as YYYY-MM-DD") from None

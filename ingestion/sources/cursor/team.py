"""The team's members and what each spent in the current billing cycle."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from msgspec import Struct

from ingestion.decoding import Shape
from ingestion.http import Api
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.cursor.connection import Plan
from ingestion.sources.cursor.listing import PAGE_SIZE, Listed, listed
from ingestion.sources.cursor.numbers import amounts, instants, user_id
from ingestion.sources.cursor.tables import MEMBERS, SPEND

MEMBERS_PATH: Final = "/teams/members"
SPEND_PATH: Final = "/teams/spend"
UNPAID_ROLE: Final = "free-owner"


class Member(Struct, gc=False):
    """A member, perhaps a former one."""

    id: int | str
    email: str | None
    role: str
    isRemoved: bool
    name: str | None = None


class Members(Struct):
    """All members; the vendor does not page them."""

    teamMembers: list[Member]


class MemberSpend(Struct, gc=False):
    """What a member spent in the cycle, in cents; limits are in dollars."""

    userId: int | str
    email: str | None
    spendCents: Decimal
    overallSpendCents: Decimal | None = None
    fastPremiumRequests: int | None = None
    role: str | None = None
    monthlyLimitDollars: Decimal | None = None
    effectivePerUserLimitDollars: Decimal | None = None


class Spend(Struct):
    """A page of members' spend."""

    teamMemberSpend: list[MemberSpend]
    subscriptionCycleStart: int
    totalPages: int


TEAM: Final = Shape(Members, MEMBERS.path)
CYCLE: Final = Shape(Spend, SPEND.path)
_UNREAD: Final = frozenset(
    {
        "totalMembers",
        "teamMemberSpend[].name",
        "teamMemberSpend[].hardLimitOverrideDollars",
    }
)


def members(
    api: Api, plan: Plan = "enterprise", seat_usd_per_month: Decimal | None = None
) -> Iterator[Page]:
    """The one page of `cursor/members`."""
    body = api.get(MEMBERS_PATH).body
    found = TEAM.read(body).teamMembers
    has_seat = [not m.isRemoved and m.role != UNPAID_ROLE for m in found]
    yield Page(
        {
            "user_id": [user_id(member.id) for member in found],
            "email": [member.email for member in found],
            "full_name": [member.name for member in found],
            "role": [member.role for member in found],
            "is_removed": [member.isRemoved for member in found],
            "plan": [plan] * len(found),
            "seat_usd_per_month": amounts(
                seat_usd_per_month if paid else None for paid in has_seat
            ),
        },
        body=redact(body),
        unknown_fields=TEAM.unknown_fields(body),
    )


def spend(api: Api) -> Iterator[Page]:
    """Pages of `cursor/spend`: the current billing cycle."""

    def fetch(number: int) -> Listed[MemberSpend]:
        asked = {"sortBy": "user", "sortDirection": "asc"}
        body = api.post(
            SPEND_PATH, {**asked, "page": number, "pageSize": PAGE_SIZE}
        ).body
        answer = CYCLE.read(body)
        return Listed(answer.teamMemberSpend, body, number < answer.totalPages)

    for found in listed(f"POST {SPEND_PATH}", fetch):
        cycle = CYCLE.read(found.body).subscriptionCycleStart
        yield Page(
            _spend_columns(found.rows, cycle),
            body=redact(found.body),
            unknown_fields=CYCLE.unknown_fields(found.body) - _UNREAD,
        )


def _spend_columns(
    rows: Sequence[MemberSpend], cycle_start: int
) -> dict[str, list[Any]]:
    return {
        "user_id": [user_id(row.userId) for row in rows],
        "cycle_started_at": instants([cycle_start] * len(rows)),
        "email": [row.email for row in rows],
        "role": [row.role for row in rows],
        "spend_cents": amounts(row.spendCents for row in rows),
        "overall_spend_cents": amounts(row.overallSpendCents for row in rows),
        "fast_premium_requests": [row.fastPremiumRequests for row in rows],
        "monthly_limit_dollars": amounts(row.monthlyLimitDollars for row in rows),
        "effective_limit_dollars": amounts(
            row.effectivePerUserLimitDollars for row in rows
        ),
    }

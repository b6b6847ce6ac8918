"""Users of the AI vendor's organisation over time."""

from dataclasses import dataclass
from datetime import date, timedelta

from ingestion.simulator import names, organisation, timeline
from ingestion.simulator.people import Person
from ingestion.simulator.randomness import identifier, stream

ADMIN = "P059"
# When a leaver's account is removed, in days after the last day of work.
REMOVED_AFTER = timedelta(days=3)


@dataclass(frozen=True)
class Member:
    """A user of the vendor's organisation over time."""

    user_id: str
    person_id: str | None
    full_name: str
    emails: tuple[tuple[date, str], ...]
    role: str
    added_on: date
    removed_on: date | None

    def email(self, day: date) -> str:
        """The e-mail shown on a day: the newest that already holds."""
        known = [email for since, email in self.emails if since <= day]
        return known[-1] if known else self.emails[0][1]

    def is_listed(self, day: date) -> bool:
        """Whether the directory lists the member on a day."""
        return self.added_on <= day and not self.is_deleted(day)

    def is_deleted(self, day: date) -> bool:
        """Whether the member was removed by a day."""
        return self.removed_on is not None and self.removed_on <= day


def members(seed: int, people: tuple[Person, ...]) -> tuple[Member, ...]:
    """Every person with AI access, and the contractor."""
    found = [_member(seed, person) for person in people if person.traits.has_ai_access]
    contractor = Member(
        identifier("user", seed, "contractor"),
        None,
        organisation.CONTRACTOR_NAME,
        ((date(2026, 5, 4), organisation.CONTRACTOR_EMAIL),),
        "user",
        date(2026, 5, 4),
        None,
    )
    return (*found, contractor)


def _member(seed: int, person: Person) -> Member:
    emails = [(p.valid_from, p.email) for p in person.positions]
    if person.person_id == organisation.TWO_EMAILS:
        emails = [(timeline.FIRST_DAY, emails[0][1].title())]
    if person.person_id == organisation.OLD_VENDOR_EMAIL:
        old = names.email(person.full_name, names.OLD_DOMAIN)
        emails = [(timeline.FIRST_DAY, old)]
    random = stream(seed, "member", person.person_id)
    earliest = max(date(2025, 11, 3), person.positions[-1].valid_from)
    last = person.last_day
    return Member(
        user_id=identifier("user", seed, person.person_id),
        person_id=person.person_id,
        full_name=person.full_name,
        emails=tuple(emails),
        role="admin" if person.person_id == ADMIN else _role(random.random()),
        added_on=earliest + timedelta(days=int(random.integers(0, 10))),
        removed_on=None if last is None else last + REMOVED_AFTER,
    )


def _role(draw: float) -> str:
    return "developer" if draw < 0.3 else "claude_code_user" if draw < 0.7 else "user"

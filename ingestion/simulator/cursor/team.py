"""Who is in the team: members by e-mail, and one account that serves no person."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from ingestion.simulator import names, organisation
from ingestion.simulator.accounts import Link
from ingestion.simulator.company import Company
from ingestion.simulator.habits import HABITS, User, users
from ingestion.simulator.people import Person
from ingestion.simulator.randomness import identifier

STARTS_ON = HABITS["cursor"].starts_on
_REMOVED_AFTER = timedelta(days=3)
_CONTRACTOR_FROM = date(2026, 5, 6)
_SERVICE_FROM = date(2026, 4, 6)


@dataclass(frozen=True)
class Account:
    """A member or the service account, and whom its usage belongs to in truth.

    `email` is as Cursor shows it; `links_by` is how HR vouches for an e-mail that is
    not the person's own at work.
    """

    user_id: int | str
    name: str
    email: str
    role: str
    added_on: date
    removed_on: date | None = None
    person_id: str | None = None
    service_account_id: str | None = None
    links_by: str | None = None

    @property
    def principal(self) -> tuple[str, str, str]:
        """(principal type, principal id, attribution) as the models find them."""
        if self.service_account_id is not None:
            return "service_account", self.service_account_id, "service"
        attribution = "person" if self.person_id else "unattributed"
        return "user", self.email.lower(), attribution

    def is_member(self, day: date) -> bool:
        """Whether it is a member of the team on a day."""
        is_removed = self.removed_on is not None and self.removed_on <= day
        return (
            self.service_account_id is None and self.added_on <= day and not is_removed
        )


@cache
def tool_users(company: Company) -> tuple[User, ...]:
    """The persons who use Cursor."""
    return users(company, "cursor")


@cache
def accounts(company: Company) -> tuple[Account, ...]:
    """An account per user in the order of `tool_users`, then the contractor's, the
    service account, and those without usage."""
    found = [_account(company.seed, user) for user in tool_users(company)]
    contractor = Account(
        identifier("user", company.seed, "cursor", "contractor"),
        organisation.CONTRACTOR_NAME,
        organisation.CONTRACTOR_EMAIL,
        "member",
        _CONTRACTOR_FROM,
    )
    # Its events carry the e-mail of the admin who made it.
    service = Account(
        0,
        "nightly-agent",
        found[0].email,
        "service",
        _SERVICE_FROM,
        service_account_id=identifier("sa", company.seed, "cursor", "nightly"),
    )
    return (*found, contractor, service, *_idle(company, found))


def contractor_place(company: Company) -> int:
    """Where the contractor stands in `accounts`; the service account is next."""
    return len(tool_users(company))


def links(company: Company) -> list[Link]:
    """What HR vouches for: accounts under an e-mail that is not the one at work."""
    people = {person.person_id: person for person in company.people}
    found: list[Link] = []
    for account in accounts(company):
        if account.person_id is not None and account.links_by is not None:
            person = people[account.person_id]
            found.append(
                Link("cursor", account.email.lower(), person.person_id,
                     account.links_by, "confirmed by the person",
                     person.positions[0].valid_from, person.last_day)
            )  # fmt: skip
    return found


def _account(seed: int, user: User) -> Account:
    person = user.person
    email, links_by = _email(person, user.starts_on)
    last = person.last_day
    is_numeric = person.number % 2 == 0
    return Account(
        user_id=510_000 + 37 * person.number
        if is_numeric
        else identifier("user", seed, "cursor", person.person_id),
        name=person.full_name,
        email=email,
        role="member",
        added_on=max(STARTS_ON, user.starts_on - timedelta(days=4)),
        removed_on=None if last is None else last + _REMOVED_AFTER,
        person_id=person.person_id,
        links_by=links_by,
    )


def _email(person: Person, day: date) -> tuple[str, str | None]:
    """(e-mail that Cursor shows, method of HR's link to it if it needs one). Cursor
    keeps the e-mail of the day somebody joined."""
    official = person.position(day).email
    if person.person_id == organisation.OLD_VENDOR_EMAIL:
        old = names.email(person.full_name, names.OLD_DOMAIN)
        return old, "directory_id"
    if person.number % 16 == 3:
        return names.email(person.full_name, "mail.example"), "operator"
    is_renamed = any(position.email != official for position in person.positions)
    shown = official.title() if person.number % 5 == 0 else official
    return shown, "verified_alias" if is_renamed else None


def _idle(company: Company, found: list[Account]) -> list[Account]:
    """The owner, who needs no seat, and a member from before the first report."""
    taken = {account.person_id for account in found}
    people = [
        person
        for person in company.people
        if person.person_id not in taken and person.positions[0].role == "engineer"
    ]
    owner = next(person for person in people if person.last_day is None)
    former = next(
        (p for p in people if p.last_day is not None and p.last_day < STARTS_ON), None
    )
    idle = [
        Account(
            identifier("user", company.seed, "cursor", "owner"), owner.full_name,
            owner.position(STARTS_ON).email, "free-owner", STARTS_ON,
            person_id=owner.person_id,
        )
    ]  # fmt: skip
    if former is not None:
        idle.append(
            Account(
                499_001, former.full_name, former.positions[-1].email, "member",
                date(2025, 3, 3), former.last_day, former.person_id,
            )
        )  # fmt: skip
    return idle

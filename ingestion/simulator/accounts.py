"""Accounts outside the AI vendor: Jira users, Git authors, and HR's links to both."""

from dataclasses import dataclass
from datetime import date, timedelta

from ingestion.simulator import names, organisation
from ingestion.simulator.members import Member
from ingestion.simulator.people import Person
from ingestion.simulator.randomness import stream, unique_id

AUTOMATION = "712020:automation"
MARKETPLACE_APP = "712020:insights"
# Hidden from the directory call, which filters only after it has cut the page.
CUSTOMERS = 3
SHOWS_EMAIL = ("P002", "P021", "P056", "P083", "P115")
# Commits under the code host's private address, or now and then a private one.
PRIVATE_ADDRESS = ("P003", "P016", "P026", "P037", "P045", "P054", "P064", "P070")
SECOND_ADDRESS = ("P006", "P018", "P052", "P067")


@dataclass(frozen=True)
class JiraAccount:
    """A Jira account over time; `closed_on` is when it was deactivated."""

    account_id: str
    account_type: str
    display_name: str
    person_id: str | None
    email: str | None
    opened_on: date
    closed_on: date | None


@dataclass(frozen=True)
class Link:
    """A row of accounts.csv."""

    source: str
    account: str
    person_id: str
    method: str
    evidence: str | None
    valid_from: date
    valid_to: date | None


def jira_accounts(seed: int, people: tuple[Person, ...]) -> tuple[JiraAccount, ...]:
    """Persons in order of id, the returned one twice, then apps and customers."""
    found: list[JiraAccount] = []
    for person in people:
        stays = _stays(person)
        for number, (first, last) in enumerate(stays):
            found.append(
                JiraAccount(
                    account_id=f"712020:{unique_id(seed, person.person_id, number)}",
                    account_type="atlassian",
                    display_name=person.full_name,
                    person_id=person.person_id,
                    email=_shown_email(person),
                    opened_on=first,
                    closed_on=last,
                )
            )
    start = date(2020, 1, 1)
    apps = [
        JiraAccount(AUTOMATION, "app", "Automation for Jira", None, None, start, None),
        JiraAccount(MARKETPLACE_APP, "app", "Insight Charts", None, None, start, None),
    ]
    customers = [
        JiraAccount(f"qm:{unique_id(seed, 'customer', n)}", "customer",
                    f"Customer {n + 1}", None, None, start, None)
        for n in range(CUSTOMERS)
    ]  # fmt: skip
    return (*found, *apps, *customers)


def jira_account_on(accounts: list[JiraAccount], day: date) -> JiraAccount:
    """The account a person works with on a day."""
    return next(
        (a for a in accounts if a.closed_on is None or day <= a.closed_on), accounts[-1]
    )


def git_email(person: Person, day: date, draw: float) -> str:
    """The address a person commits with; `draw` in [0, 1) picks among several."""
    official = person.position(day).email
    if person.person_id in PRIVATE_ADDRESS:
        return _private_address(person)
    if person.person_id in SECOND_ADDRESS and draw < 0.15:
        return _second_address(person)
    if person.person_id == organisation.TWO_EMAILS:
        if day <= organisation.OLD_DOMAIN_UNTIL:
            return names.email(person.full_name, names.OLD_DOMAIN)
        return official.title().replace("Works.Example", "works.example")
    # Git is configured by hand: the old address lives on for a while.
    recent = day - timedelta(days=14)
    return person.position(recent).email if draw < 0.5 else official


def links(
    people: tuple[Person, ...],
    accounts: tuple[JiraAccount, ...],
    members: tuple[Member, ...],
) -> list[Link]:
    """What HR vouches for: most Jira accounts, and what no e-mail resolves."""
    by_id = {person.person_id: person for person in people}
    hidden = {*SHOWS_EMAIL, *organisation.UNLINKED_IN_JIRA}
    found = [
        Link("jira", a.account_id, a.person_id, "directory_id", "identity provider",
             a.opened_on, a.closed_on)
        for a in accounts
        if a.person_id and a.person_id not in hidden
    ]  # fmt: skip
    told = {*organisation.LEAVERS, organisation.RENAMED, organisation.REHIRED,
            organisation.OLD_VENDOR_EMAIL}  # fmt: skip
    for member in members:
        if member.person_id in told:
            person = by_id[member.person_id or ""]
            stay = _stays(person)[-1]
            found.append(Link("anthropic", member.user_id, person.person_id,
                              "directory_id", "identity provider", *stay))  # fmt: skip
    for person in people:
        for account, method in _git_links(person):
            first, last = person.positions[0].valid_from, person.last_day
            found.append(Link("git", account, person.person_id, method,
                              "confirmed by the person", first, last))  # fmt: skip
    return found


def _git_links(person: Person) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if person.person_id in PRIVATE_ADDRESS:
        found.append((_private_address(person), "verified_alias"))
    if person.person_id in SECOND_ADDRESS:
        found.append((_second_address(person), "operator"))
    if person.person_id == organisation.TWO_EMAILS:
        old = names.email(person.full_name, names.OLD_DOMAIN)
        found.append((old, "verified_alias"))
    if person.person_id == organisation.RENAMED:
        found.append((person.positions[0].email, "verified_alias"))
    return found


def _stays(person: Person) -> list[tuple[date, date | None]]:
    """First and last day of each stretch of employment."""
    positions = person.positions
    if person.person_id == organisation.REHIRED:
        return [(p.valid_from, p.valid_to) for p in positions]
    return [(positions[0].valid_from, positions[-1].valid_to)]


def _shown_email(person: Person) -> str | None:
    return person.positions[-1].email if person.person_id in SHOWS_EMAIL else None


def login(person: Person) -> str:
    """The login of a person at a code host."""
    return person.positions[0].email.split("@")[0].replace(".", "-")


def _private_address(person: Person) -> str:
    number = 1_000_000 + 7919 * person.number
    return f"{number}+{login(person)}@users.noreply.forge.example"


def _second_address(person: Person) -> str:
    random = stream(0, "address", person.full_name)
    return f"{login(person)}{int(random.integers(10, 99))}@mail.example"

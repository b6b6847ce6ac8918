"""Users, projects and API keys of the organisation, and what uses it for whom."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from ingestion.simulator import organisation
from ingestion.simulator.accounts import Link
from ingestion.simulator.company import Company
from ingestion.simulator.habits import users
from ingestion.simulator.members import Member
from ingestion.simulator.randomness import identifier
from ingestion.simulator.vendor import KeyOwner

CREATED_ON = date(2025, 10, 6)
PROJECTS = ("Default project", "Assistant", "Automation")
DEFAULT, ASSISTANT, AUTOMATION = range(len(PROJECTS))
# Their e-mail at the vendor never or not always is the one that HR knows.
_TOLD = (
    *organisation.LEAVERS,
    organisation.RENAMED,
    organisation.REHIRED,
    organisation.OLD_VENDOR_EMAIL,
)


@dataclass(frozen=True)
class Key:
    """An API key of a project; `owner` is a user's or a service account's id."""

    key_id: str
    name: str
    project: int
    owner_type: str
    owner_id: str
    purpose: str
    person_id: str | None = None
    cost_pool: str | None = None


@dataclass(frozen=True)
class Actor:
    """What one row of usage is reported under, and whom it belongs to in truth."""

    user_id: str | None
    key_id: str | None
    project: int
    attribution: str
    person_id: str | None = None

    @property
    def principal(self) -> tuple[str, str]:
        """(type, id) of the principal as the models find it."""
        if self.user_id is not None:
            return "user", self.user_id
        return ("unknown", "") if self.key_id is None else ("api_key", self.key_id)


@cache
def members(company: Company) -> tuple[Member, ...]:
    """Who uses the API, and the freelancer that HR does not know."""
    known = {m.person_id: m for m in company.members}
    persons = [user.person.person_id for user in users(company, "openai")]
    return tuple(
        replace(
            known[person_id],
            user_id=_id(company, "user-", person_id or "contractor"),
            role="reader",
        )
        for person_id in [*persons, None]
    )


@cache
def keys(company: Company) -> tuple[Key, ...]:
    """A key per user, the second one of whom also has an older key that names no user;
    then the keys of the product and of continuous integration."""
    found = [
        Key(
            key_id=_id(company, "key_", m.person_id or "contractor"),
            name=f"laptop-{number}",
            project=DEFAULT,
            owner_type="user",
            owner_id=m.user_id,
            purpose="personal",
            person_id=m.person_id,
        )
        for number, m in enumerate(members(company), start=1)
    ]
    legacy = replace(found[1], key_id=_id(company, "key_", "legacy"), name="old-script")
    services = [
        Key(
            key_id=_id(company, "key_", name),
            name=name,
            project=project,
            owner_type="service_account",
            owner_id=_id(company, "svc_acct_", name),
            purpose=purpose,
            cost_pool=pool,
        )
        for name, project, purpose, pool in (
            ("assistant-backend", ASSISTANT, "product", "assistant"),
            ("shared-ci", AUTOMATION, "ci", "engineering-ci"),
        )
    ]
    return (*found, legacy, *services)


@cache
def actors(company: Company) -> tuple[Actor, ...]:
    """One per member, then the older key, the product, continuous integration, and what
    names neither user nor key."""
    held = keys(company)
    people = [
        Actor(
            user_id=m.user_id,
            key_id=key.key_id,
            project=key.project,
            attribution="person" if m.person_id else "unattributed",
            person_id=m.person_id,
        )
        for m, key in zip(members(company), held, strict=False)
    ]
    legacy, product, ci = held[-3:]
    return (
        *people,
        Actor(None, legacy.key_id, DEFAULT, "person", legacy.person_id),
        Actor(None, product.key_id, ASSISTANT, "service"),
        Actor(None, ci.key_id, AUTOMATION, "service"),
        Actor(None, None, DEFAULT, "unattributed"),
    )


def project_id(company: Company, number: int) -> str:
    """The vendor's id of one of `PROJECTS`."""
    return _id(company, "proj_", PROJECTS[number])


def links(company: Company) -> Sequence[Link]:
    """The users whom no e-mail resolves, as the identity provider knows them."""
    return links_of(company, "openai", members(company))


def links_of(company: Company, source: str, listed: Sequence[Member]) -> list[Link]:
    """Links of a vendor's users whose e-mail is not, or not always, that of HR."""
    people = {person.person_id: person for person in company.people}
    told = [m for m in listed if m.person_id in _TOLD]
    return [
        Link(
            source,
            m.user_id,
            person.person_id,
            "directory_id",
            "identity provider",
            person.positions[0].valid_from,
            person.last_day,
        )
        for m in told
        for person in [people[m.person_id or ""]]
    ]


def key_owners(company: Company) -> Sequence[KeyOwner]:
    """The older key and those of services; other keys say their user themselves."""
    return [
        KeyOwner(key.key_id, key.purpose, key.person_id, key.cost_pool, CREATED_ON)
        for key in keys(company)[-3:]
    ]


def _id(company: Company, prefix: str, name: str) -> str:
    """An id such as `user-Wcz1FkmYMm4gnmykNKUu3Q`."""
    return f"{prefix}{identifier('openai', company.seed, prefix, name)[9:]}"

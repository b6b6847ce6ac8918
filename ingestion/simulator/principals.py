"""Who and what uses the AI vendor: users, keys, service accounts, federated actors."""

from dataclasses import dataclass
from datetime import date, timedelta

from ingestion.simulator import names, organisation, timeline
from ingestion.simulator.people import Person
from ingestion.simulator.randomness import identifier, stream

# When a leaver's account is removed, in days after the last day of work.
REMOVED_AFTER = timedelta(days=3)
CI_OWNER, PRODUCT_OWNER, SHARED_OWNER = "P059", "P012", "P031"
# These call the API with a key of their own. The last two keys are older than
# principals, so the vendor reports the key and not the user.
KEY_HOLDERS = ("P002", "P015", "P023", "P032", "P043", "P060", "P005", "P035")
OLD_KEY_HOLDERS = KEY_HOLDERS[-2:]
FEDERATED_SUBJECT = "repo:example-works/platform:ref:refs/heads/main"
FEDERATED_ISSUER = "https://token.actions.githubusercontent.com"
# The vendor gives no single id; this is the one that the connector makes.
FEDERATED_ID = f"oidc:{FEDERATED_ISSUER}:{FEDERATED_SUBJECT}"
WORKSPACES = ("Claude Code", "Automation", "Product")


@dataclass(frozen=True)
class Principal:
    """One actor as the vendor reports it, and whom its usage belongs to in truth.

    `attribution` is person, service or unattributed.
    """

    principal_type: str
    principal_id: str
    attribution: str
    person_id: str | None = None


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


@dataclass(frozen=True)
class ApiKey:
    """An API key; `purpose` None is a key that nobody wrote down."""

    api_key_id: str
    key_name: str
    purpose: str | None
    owner_person_id: str | None
    principal_id: str | None
    principal_type: str | None
    created_by_id: str
    created_on: date
    workspace: int | None
    status: str = "active"
    cost_pool: str | None = None


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
        role="admin" if person.person_id == CI_OWNER else _role(random.random()),
        added_on=earliest + timedelta(days=int(random.integers(0, 10))),
        removed_on=None if last is None else last + REMOVED_AFTER,
    )


def _role(draw: float) -> str:
    return "developer" if draw < 0.3 else "claude_code_user" if draw < 0.7 else "user"


def service_account_id(seed: int) -> str:
    """The account of the nightly documentation job."""
    return identifier("svac", seed, "documentation")


def workspace_id(seed: int, number: int) -> str:
    """Vendor's id of one of `WORKSPACES`."""
    return identifier("wrkspc", seed, WORKSPACES[number])


def api_keys(seed: int, members: tuple[Member, ...]) -> tuple[ApiKey, ...]:
    """All keys: personal ones first, then pools, an archived one and a mystery."""
    by_person = {m.person_id: m.user_id for m in members if m.person_id}
    admin = by_person.get(CI_OWNER, members[0].user_id)
    leaver = by_person[next(p for p in organisation.LEAVERS if p in by_person)]
    personal = [
        _personal_key(seed, p, by_person[p]) for p in KEY_HOLDERS if p in by_person
    ]

    def key(name: str, purpose: str | None, **more: object) -> ApiKey:
        values: dict[str, object] = {
            "owner_person_id": None,
            "principal_id": None,
            "principal_type": None,
            "created_by_id": admin,
            "created_on": date(2025, 11, 10),
            "workspace": 1,
        }
        identity = identifier("apikey", seed, name)
        # The keyword values are those of ApiKey, which a mapping cannot show.
        return ApiKey(identity, name, purpose, **(values | more))  # type: ignore[arg-type]

    return (
        *personal,
        key("ci", "ci", owner_person_id=CI_OWNER, cost_pool="engineering-ci"),
        key(
            "team-notebook",
            "shared",
            owner_person_id=SHARED_OWNER,
            cost_pool="delta",
            workspace=None,
        ),
        key(
            "assistant-production",
            "product",
            owner_person_id=PRODUCT_OWNER,
            cost_pool="product-assistant",
            workspace=2,
        ),
        key(
            "documentation-batch",
            "product",
            cost_pool="documentation",
            principal_id=service_account_id(seed),
            principal_type="service_account",
        ),
        key("old-ci", "ci", cost_pool="engineering-ci", status="archived"),
        key(
            "test-123",
            None,
            created_by_id=leaver,
            created_on=date(2026, 7, 20),
            workspace=None,
        ),
    )


def _personal_key(seed: int, person_id: str, user_id: str) -> ApiKey:
    is_old = person_id in OLD_KEY_HOLDERS
    return ApiKey(
        api_key_id=identifier("apikey", seed, person_id),
        key_name=f"scratch-{person_id.lower()}",
        purpose="personal",
        owner_person_id=person_id,
        principal_id=None if is_old else user_id,
        principal_type=None if is_old else "user",
        created_by_id=user_id,
        created_on=date(2025, 12, 1),
        workspace=None,
    )


def principals(
    seed: int, members: tuple[Member, ...], keys: tuple[ApiKey, ...]
) -> tuple[Principal, ...]:
    """Every actor that usage can be reported under."""
    users = [
        Principal(
            "user",
            m.user_id,
            "person" if m.person_id else "unattributed",
            m.person_id,
        )
        for m in members
    ]
    by_purpose = {"personal": "person", None: "unattributed"}
    key_actors = [
        Principal(
            "api_key",
            k.api_key_id,
            by_purpose.get(k.purpose, "service"),
            k.owner_person_id if k.purpose == "personal" else None,
        )
        for k in keys
    ]
    return (
        *users,
        *key_actors,
        Principal("service_account", service_account_id(seed), "service"),
        Principal("federated", FEDERATED_ID, "service"),
    )

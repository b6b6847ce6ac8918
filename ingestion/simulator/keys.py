"""API keys of the vendor's organisation, and what they are for."""

from dataclasses import dataclass, replace
from datetime import date

from ingestion.simulator import organisation
from ingestion.simulator.members import ADMIN, Member
from ingestion.simulator.randomness import identifier

WORKSPACES = ("Claude Code", "Automation", "Product")
CODE, AUTOMATION, PRODUCT = range(len(WORKSPACES))
# These call the API with a key of their own. The last two keys are older than
# principals, so the vendor reports the key and not the user.
KEY_HOLDERS = ("P002", "P015", "P023", "P032", "P043", "P060", "P005", "P035")
OLD_KEY_HOLDERS = KEY_HOLDERS[-2:]


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


def service_account_id(seed: int) -> str:
    """The account of the nightly documentation job."""
    return identifier("svac", seed, "documentation")


def workspace_id(seed: int, number: int) -> str:
    """Vendor's id of one of `WORKSPACES`."""
    return identifier("wrkspc", seed, WORKSPACES[number])


def api_keys(seed: int, members: tuple[Member, ...]) -> tuple[ApiKey, ...]:
    """All keys: personal ones first, then pools, an archived one and a mystery."""
    users = {m.person_id: m.user_id for m in members if m.person_id}
    personal = [_personal(seed, p, users[p]) for p in KEY_HOLDERS if p in users]
    documentation = replace(
        _pool(seed, "documentation-batch", "product", None, "documentation"),
        principal_id=service_account_id(seed),
        principal_type="service_account",
    )
    old = _pool(seed, "old-ci", "ci", None, "engineering-ci")
    pools = [
        _pool(seed, "ci", "ci", ADMIN, "engineering-ci"),
        _pool(seed, "team-notebook", "shared", "P031", "delta", None),
        _pool(seed, "assistant-production", "product", "P012", "assistant", PRODUCT),
        documentation,
        replace(old, status="archived"),
    ]
    # Made by somebody who left, for something nobody remembers.
    leaver = users[next(p for p in organisation.LEAVERS if p in users)]
    mystery = replace(
        _pool(seed, "test-123", None, None, None, None),
        created_by_id=leaver,
        created_on=date(2026, 7, 20),
    )
    admin = users.get(ADMIN, members[0].user_id)
    made = [replace(key, created_by_id=admin) for key in pools]
    return (*personal, *made, mystery)


def _pool(
    seed: int,
    name: str,
    purpose: str | None,
    owner: str | None,
    cost_pool: str | None,
    workspace: int | None = AUTOMATION,
) -> ApiKey:
    """A key that acts for no user; who made it is filled in later."""
    return ApiKey(
        api_key_id=identifier("apikey", seed, name),
        key_name=name,
        purpose=purpose,
        owner_person_id=owner,
        principal_id=None,
        principal_type=None,
        created_by_id="",
        created_on=date(2025, 11, 10),
        workspace=workspace,
        cost_pool=cost_pool,
    )


def _personal(seed: int, person_id: str, user_id: str) -> ApiKey:
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

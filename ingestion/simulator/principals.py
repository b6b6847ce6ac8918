"""Actors that AI usage is reported under, and whom it belongs to in truth."""

from dataclasses import dataclass

from ingestion.simulator.keys import ApiKey, service_account_id
from ingestion.simulator.members import Member

FEDERATED_SUBJECT = "repo:example-works/platform:ref:refs/heads/main"
FEDERATED_ISSUER = "https://token.actions.githubusercontent.com"
# The vendor gives no single id; this is the one that the connector makes.
FEDERATED_ID = f"oidc:{FEDERATED_ISSUER}:{FEDERATED_SUBJECT}"


@dataclass(frozen=True)
class Principal:
    """One actor as the vendor reports it, and whom its usage belongs to in truth.

    `attribution` is person, service or unattributed.
    """

    principal_type: str
    principal_id: str
    attribution: str
    person_id: str | None = None


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

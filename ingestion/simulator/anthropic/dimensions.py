"""What usage can be grouped by: a code for every row, and what each code is called."""

from datetime import date

import msgspec
import numpy as np

from ingestion.simulator.company import Company
from ingestion.simulator.keys import WORKSPACES, workspace_id
from ingestion.simulator.members import Member
from ingestion.simulator.principals import (
    FEDERATED_ISSUER,
    FEDERATED_SUBJECT,
    Principal,
)
from ingestion.simulator.randomness import unique_id
from ingestion.simulator.usage import (
    CONTEXTS,
    GEOS,
    MODELS,
    PRODUCTS,
    TIERS,
    Integers,
    Usage,
)

# In the order of the vendor's answers; the unsimulated ones are always null.
NAMES: tuple[str, ...] = (
    "actor",
    "actor_type",
    "agent_id",
    "api_key_id",
    "claude_tag_category",
    "claude_tag_user_id",
    "context_window",
    "deployment_id",
    "environment_id",
    "inference_geo",
    "model",
    "organization_id",
    "product",
    "rbac_group_id",
    "service_tier",
    "session_id",
    "slack_channel_id",
    "speed",
    "user_profile_id",
    "workspace_id",
)
_ACTOR_TYPES = {
    "user": "user_actor",
    "service_account": "service_account_actor",
    "api_key": "api_actor",
    "federated": "federated_actor",
}
_COLUMNS = {
    "actor": "principal",
    "api_key_id": "api_key",
    "context_window": "context",
    "inference_geo": "geo",
    "model": "model",
    "product": "product",
    "service_tier": "tier",
    "workspace_id": "workspace",
}


def organization_id(company: Company) -> str:
    """The vendor's id of the organisation, a UUID."""
    return unique_id(company.seed, "organisation")


class Dimensions:
    """Codes and labels at a day: users are named as the directory has them then."""

    def __init__(self, company: Company, today: date) -> None:
        members = {member.user_id: member for member in company.members}
        principals = company.principals
        types = [_ACTOR_TYPES[p.principal_type] for p in principals]
        self._type_codes = np.array([_type_code(name) for name in types])
        keys = [key.api_key_id for key in company.api_keys]
        spaces = [workspace_id(company.seed, n) for n in range(len(WORKSPACES))]
        actors = [msgspec.Raw(_actor(p, members, today)) for p in principals]
        self.principal_ids = [p.principal_id for p in principals]
        self.is_deleted = [
            p.principal_id in members and members[p.principal_id].is_deleted(today)
            for p in principals
        ]
        self.labels: dict[str, list[object]] = {
            **{name: [None] for name in NAMES},
            "actor": list(actors),
            "actor_type": list(_ACTOR_TYPES.values()),
            "api_key_id": [None, *keys],
            "context_window": list(CONTEXTS),
            "inference_geo": list(GEOS),
            "model": list(MODELS),
            "organization_id": [organization_id(company)],
            "product": list(PRODUCTS),
            "service_tier": list(TIERS),
            "speed": ["standard"],
            "workspace_id": [None, *spaces],
        }

    def codes(self, name: str, usage: Usage) -> Integers:
        """The position in `labels[name]` of each row."""
        if name == "actor_type":
            return self._type_codes[usage.principal]
        if name in _COLUMNS:
            return getattr(usage, _COLUMNS[name])
        return np.zeros(len(usage), np.int64)


def _type_code(name: str) -> int:
    return list(_ACTOR_TYPES.values()).index(name)


def _actor(principal: Principal, members: dict[str, Member], today: date) -> bytes:
    """The vendor's JSON of an actor; a deleted user has neither e-mail nor name."""
    kind = principal.principal_type
    body: dict[str, object] = {"type": _ACTOR_TYPES[kind]}
    if kind == "user":
        member = members[principal.principal_id]
        is_deleted = member.is_deleted(today)
        body |= {
            "user_id": member.user_id,
            "email_address": None if is_deleted else member.email(today),
            "name": None if is_deleted else member.full_name,
            "deleted": is_deleted,
        }
    elif kind == "federated":
        provider = {"type": "oidc", "issuer": FEDERATED_ISSUER}
        body |= {"provider": provider, "subject": FEDERATED_SUBJECT}
    elif kind == "service_account":
        body["service_account_id"] = principal.principal_id
    else:
        body["api_key_id"] = principal.principal_id
    return msgspec.json.encode(body)

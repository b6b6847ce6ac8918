"""Who a row of usage belongs to at the vendor: its principal.

Anthropic resolves user → service account → federated identity → API key, and so do we
with the older report, which names all of them side by side.
"""

from typing import Final, NamedTuple

from msgspec import Struct

TYPES: Final = {
    "user_actor": "user",
    "service_account_actor": "service_account",
    "api_actor": "api_key",
    "federated_actor": "federated",
}
NEEDS: Final = {
    "user_actor": "user_id",
    "service_account_actor": "service_account_id",
    "api_actor": "api_key_id",
    "federated_actor": "provider",
}


class Principal(NamedTuple):
    """A principal; `email` and `is_deleted` are None where the vendor says nothing."""

    type: str
    id: str
    email: str | None = None
    is_deleted: bool | None = None


UNKNOWN: Final = Principal("unknown", "")


class Provider(Struct, gc=False):
    """The identity provider of a federated actor: aws, azure, gcp or oidc."""

    type: str
    issuer: str | None = None
    account_id: str | None = None
    signed_principal: str | None = None
    subscription_id: str | None = None
    project_number: str | None = None


class Actor(Struct, gc=False):
    """Any kind of actor. The docs of August 2026 say `email`, the SDK of November 2026
    `email_address`."""

    type: str
    user_id: str | None = None
    email_address: str | None = None
    email: str | None = None
    deleted: bool | None = None
    service_account_id: str | None = None
    api_key_id: str | None = None
    provider: Provider | None = None
    subject: str | None = None


NOBODY: Final = Actor("")  # an actor without any id, where the vendor names none


def principal_id(actor: Actor) -> str | None:
    """The id of an actor; None if it lacks the one that its kind must have.

    A kind of actor that is new to us has all ids it came with, so that its tokens are
    kept and shown as unattributed.
    """
    needed = NEEDS.get(actor.type)
    if needed is None:
        return f"{actor.type}:{_joined(actor)}" if actor is not NOBODY else ""
    return None if getattr(actor, needed) is None else _joined(actor)


def legacy_principal(
    account_id: str | None, service_account_id: str | None, api_key_id: str | None
) -> Principal:
    """The principal of a row of the older report, which sends no e-mail."""
    if account_id is not None:
        return Principal("user", account_id)
    if service_account_id is not None:
        return Principal("service_account", service_account_id)
    if api_key_id is not None:
        return Principal("api_key", api_key_id)
    return UNKNOWN


def _joined(actor: Actor) -> str:
    """The ids of an actor, colon between: `oidc:<issuer>:<subject>`, `svac_…`."""
    ids = [actor.user_id, actor.service_account_id, actor.api_key_id]
    if (provider := actor.provider) is not None:
        ids += [
            provider.type,
            provider.issuer,
            provider.account_id,
            provider.signed_principal,
            provider.subscription_id,
            provider.project_number,
        ]
    return ":".join(filter(None, [*ids, actor.subject]))

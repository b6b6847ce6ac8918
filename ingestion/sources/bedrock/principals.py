"""Whose call it was: the session of the assumed role, or what the request says.

An e-mail as session name is a person. Otherwise the role stands for the caller like an
API key: the register of key owners says whether it is a person's, a team's or CI's.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final, NamedTuple

_ASSUMED: Final = ":assumed-role/"
_IAM_USER: Final = ":user/"
_AWS_ITSELF: Final = "AWSServiceRoleFor"


class Caller(NamedTuple):
    """The principal of a call; `role` and `session` are None without a role."""

    type: str
    id: str
    email: str | None = None
    role: str | None = None
    session: str | None = None


def caller(
    arn: str | None,
    metadata: Mapping[str, Any] | None,
    person_key: str,
    person_roles: Collection[str],
) -> Caller:
    """Who called; `unknown` with whatever the log gives if nobody can be named."""
    role, session = _assumed(arn or "")
    if session is not None and "@" in session:
        return Caller("user", session, session, role, session)
    told = (metadata or {}).get(person_key)
    if isinstance(told, str) and told:
        return Caller("user", told, told if "@" in told else None, role, session)
    if role is not None:
        return Caller(*_by_role(role, session, person_roles), role, session)
    if arn is not None and _IAM_USER in arn:
        name = arn.rsplit("/", 1)[-1]
        email = name if "@" in name else None
        return Caller("user", email or f"user/{name}", email)
    return Caller("unknown", arn or "")


def _by_role(
    role: str, session: str | None, person_roles: Collection[str]
) -> tuple[str, str, None]:
    if role in person_roles and session is not None:
        return "user", f"{role}/{session}", None
    kind = "service_account" if role.startswith(_AWS_ITSELF) else "api_key"
    return kind, role, None


def _assumed(arn: str) -> tuple[str | None, str | None]:
    """(role, session) of an assumed role's ARN; (None, None) of any other."""
    _, found, rest = arn.partition(_ASSUMED)
    if not found:
        return None, None
    role, _, session = rest.partition("/")
    return role, session or None

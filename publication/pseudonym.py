"""Person keys: stable within one audience, and no use for joining two of them."""

import hmac
from functools import cache

from duckdb import DuckDBPyConnection

DIGITS = 32


def pseudonym(key: bytes, audience: str, person_id: str) -> str:
    """The audience's key of a person: 32 hexadecimal digits."""
    purpose_key = hmac.digest(key, f"tokenworth/person/{audience}".encode(), "sha256")
    return hmac.digest(purpose_key, person_id.encode(), "sha256").hex()[:DIGITS]


def fingerprint(key: bytes) -> str:
    """Names the key without giving it away, so that its change is noticed."""
    return hmac.digest(key, b"tokenworth/fingerprint", "sha256").hex()[:12]


def create_function(connection: DuckDBPyConnection, key: bytes, audience: str) -> None:
    """Make SQL's `person_key(person_id)` on the connection; null stays null."""

    @cache
    def person_key(person_id: str) -> str:
        return pseudonym(key, audience, person_id)

    connection.create_function(
        f"person_key_{audience}", person_key, ["VARCHAR"], "VARCHAR"
    )

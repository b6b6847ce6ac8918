"""Signing in as an installed App: a token of an hour for a signed statement."""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from msgspec import Struct
from requests import PreparedRequest

from ingestion.clock import Clock
from ingestion.decoding import Shape
from ingestion.errors import BadCredentials
from ingestion.http import Api, BearerAuth, HeaderAuth

EARLY: Final = timedelta(minutes=5)  # a token is renewed this long before its end
# A statement lasts ten minutes at most, and its start may not lie ahead of the host's.
_BEFORE, _AFTER = timedelta(minutes=1), timedelta(minutes=8)


class Granted(Struct, gc=False):
    """A token of the installation."""

    token: str
    expires_at: datetime


GRANTED: Final = Shape(Granted, "github/access_tokens")


class AppAuth(HeaderAuth):
    """The installation's token, asked for when first needed and before it ends."""

    def __init__(
        self,
        base_url: str,
        app_id: int,
        installation_id: int,
        private_key: str,
        clock: Clock,
        fixes: Mapping[int, str],
        sleep: Callable[[float], None],
    ) -> None:
        super().__init__("Authorization", "")
        self._base_url, self._app_id = base_url, app_id
        self._path = f"/app/installations/{installation_id}/access_tokens"
        self._key, self._clock = _rsa(private_key), clock
        self._fixes, self._sleep = fixes, sleep
        self._renewed_by: datetime | None = None

    def __call__(self, r: PreparedRequest) -> PreparedRequest:
        """The request with a token that is good for some minutes more."""
        now = self._clock.now()
        if self._renewed_by is None or now >= self._renewed_by:
            granted = self._granted(now)
            self._value, self._secrets = f"Bearer {granted.token}", (granted.token,)
            self._renewed_by = granted.expires_at - EARLY
        return super().__call__(r)

    @property
    def is_sendable(self) -> bool:
        """Always: the token is not there yet."""
        return True

    def masked(self, text: str) -> str:
        """The text without the token, if there is one by now."""
        return text if self._renewed_by is None else super().masked(text)

    def _granted(self, now: datetime) -> Granted:
        statement = signed(self._app_id, now, self._key)
        api = Api(
            "github",
            self._base_url,
            BearerAuth(statement),
            fixes={**self._fixes, 404: self._fixes[401]},
            sleep=self._sleep,
        )
        return GRANTED.read(api.post(self._path, {}).body)


def signed(app_id: int, now: datetime, key: RSAPrivateKey) -> str:
    """A JSON Web Token that says which App it is, signed with RS256."""
    head = {"alg": "RS256", "typ": "JWT"}
    claims = {
        "iat": int((now - _BEFORE).timestamp()),
        "exp": int((now + _AFTER).timestamp()),
        "iss": str(app_id),
    }
    text = f"{_part(msgspec.json.encode(head))}.{_part(msgspec.json.encode(claims))}"
    return f"{text}.{_part(key.sign(text.encode(), PKCS1v15(), SHA256()))}"


def _part(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _rsa(private_key: str) -> RSAPrivateKey:
    """The key of a PEM text, in which line breaks may be written as `\\n`."""
    try:
        pem = private_key.replace("\\n", "\n").encode()
        found: Any = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError):
        found = None
    if not isinstance(found, RSAPrivateKey):
        raise BadCredentials(
            "github",
            "the private key of the App is not an RSA key in PEM form.",
            fix="create a private key on the App's page, and put the whole file into "
            "the configured environment variable.",
        )
    return found

"""Credentials: put on a request, never into a text.

Each is an `AuthBase` for the session: requests replaces a bare `Authorization` header
by a matching entry of `~/.netrc`, and leaves these alone.
"""

from base64 import b64encode

from requests import PreparedRequest
from requests.auth import AuthBase


class HeaderAuth(AuthBase):
    """A secret sent as the value of one header."""

    def __init__(self, header: str, secret: str) -> None:
        self._header, self._value = header, secret
        self._secrets = (secret,)

    def __call__(self, r: PreparedRequest) -> PreparedRequest:
        """The request with the header."""
        r.headers[self._header] = self._value
        return r

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._header!r}, '[redacted]')"

    @property
    def is_sendable(self) -> bool:
        """Whether the secret can be a key at all: not empty, no spaces or breaks."""
        secret = self._secrets[0]
        return secret.isascii() and secret.isprintable() and secret.split() == [secret]

    def masked(self, text: str) -> str:
        """The text without this secret: vendors echo keys in their error messages."""
        for secret in self._secrets:
            text = text.replace(secret, "[redacted]")
        return text


class BearerAuth(HeaderAuth):
    """A token in the `Authorization` header."""

    def __init__(self, secret: str) -> None:
        super().__init__("Authorization", f"Bearer {secret}")
        self._secrets = (secret,)


class BasicAuth(HeaderAuth):
    """User and token, as Jira Cloud wants them; Cursor's key is a user without one."""

    def __init__(self, user: str, secret: str) -> None:
        encoded = b64encode(f"{user}:{secret}".encode()).decode()
        super().__init__("Authorization", f"Basic {encoded}")
        self._secrets = (secret or user, encoded)

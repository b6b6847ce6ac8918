"""The one HTTP client: waits, asks again, and says what a person has to fix.

path and parameters → `Api.get` → status, headers and body as received

Proxies and certificate bundles of the environment apply. `~/.netrc` does not: requests
reads it only for a session without credentials, and this one always carries an
`AuthBase`. Redirects are followed on the same host only, so that no credential leaves.
"""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import msgspec
import requests
from requests.adapters import BaseAdapter
from requests.auth import AuthBase

from ingestion.credentials import BasicAuth, BearerAuth, HeaderAuth
from ingestion.errors import (
    BadCredentials,
    Misconfigured,
    MissingPermission,
    TooMuch,
    Unavailable,
)
from ingestion.redaction import redacted_text
from ingestion.reply import (
    LONGEST_MESSAGE,
    is_secondary_throttle,
    is_throttle,
    told_wait,
    vendor_message,
)

__all__ = ["Answer", "Api", "BasicAuth", "BearerAuth", "HeaderAuth"]

TIMEOUT: Final = (5.0, 60.0)  # seconds to connect, seconds between bytes
RETRY_ON: Final = frozenset({429, 500, 502, 503, 504, 529})
GAVE_UP: Final = frozenset({502, 504})
LONGEST_BACKOFF: Final = 60.0  # seconds
SECONDARY_WAIT: Final = 60.0  # seconds, doubling, where a hidden limit names none
MOST_REDIRECTS: Final = 5
CHUNK: Final = 1 << 20  # bytes; the 10 KB of `.content` cost more than the decoding
REFUSALS: Final[dict[int, tuple[type[Misconfigured], str]]] = {
    401: (BadCredentials, "check that the configured key is complete and not expired."),
    403: (MissingPermission, "give the key's owner read access to this."),
    404: (Misconfigured, "check the configured address and the names in it."),
}
_CLOSING = {b"{": b"}", b"[": b"]"}


@dataclass(frozen=True)
class Answer:
    """A usable answer: status 200, 201 or 204."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Api:
    """One vendor's API behind one session, whose connections are used again."""

    def __init__(
        self,
        source: str,
        base_url: str,
        auth: AuthBase,
        *,
        headers: Mapping[str, str] | None = None,
        fixes: Mapping[int, str] | None = None,
        adapter: BaseAdapter | None = None,
        sleep: Callable[[float], None] = time.sleep,
        attempts: int = 6,
        timeout: tuple[float, float] = TIMEOUT,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        """`fixes` are sentences by status that tell what to do at this vendor."""
        if "@" in urlsplit(base_url).netloc:
            raise Misconfigured(
                source,
                "the address holds a user or password.",
                fix="give the plain address and the key apart from it.",
            )
        if isinstance(auth, HeaderAuth) and not auth.is_sendable:
            raise BadCredentials(
                source,
                "the key is empty or holds a space, a line break or a special sign.",
                fix="copy the key again, whole and without anything around it.",
            )
        self.source = source
        self._base_url, self._auth, self._fixes = base_url, auth, dict(fixes or {})
        self._sleep, self._jitter = sleep, jitter
        self._attempts, self._timeout = attempts, timeout
        self._session = requests.Session()
        self._session.auth = auth
        self._session.headers["user-agent"] = "tokenworth"
        self._session.headers.update(headers or {})
        if adapter is not None:
            self._session.mount("https://", adapter)
            self._session.mount("http://", adapter)

    def __repr__(self) -> str:
        return f"Api({self.source!r}, {self._base_url!r})"

    def get(self, path: str, params: Sequence[tuple[str, str]] = ()) -> Answer:
        """The usable answer; raises a SourceError otherwise."""
        return self._answer("GET", path, params=list(params))

    def post(
        self,
        path: str,
        body: Any,
        *,
        trouble: Callable[[Answer], str] | None = None,
        is_divisible: bool = False,
    ) -> Answer:
        """The answer to a JSON body; asked again like `get`, so for reading only.

        `trouble` says why an answer with status 200 is worth asking again, empty if it
        is not. A divisible question is not asked again after the vendor gave up on it:
        it raises TooMuch, so that less can be asked.
        """
        return self._answer(
            "POST",
            path,
            trouble,
            is_divisible,
            data=msgspec.json.encode(body),
            headers={"content-type": "application/json"},
        )

    def path_of(self, link: str) -> str:
        """The path of a link that the vendor gave; raises Unavailable if it leads to
        another host, where the key has no business."""
        if not link.startswith(self._base_url + "/"):
            raise Unavailable(
                self.source,
                "the link to the next page leads to another address; nothing of this "
                "pull was kept.",
                fix="put the vendor's current address into the configuration.",
            )
        return link.removeprefix(self._base_url)

    def _answer(
        self,
        method: str,
        path: str,
        told: Callable[[Answer], str] | None = None,
        is_divisible: bool = False,
        **request: Any,
    ) -> Answer:
        trouble = ""
        for attempt in range(self._attempts):
            wait = min(2.0**attempt, LONGEST_BACKOFF) * (0.5 + self._jitter() / 2)
            try:
                answer = self._once(method, path, **request)
            except requests.RequestException as error:
                trouble = _failure(error)
                if not trouble:
                    break
            else:
                trouble = self._trouble(answer) or (told(answer) if told else "")
                if not trouble:
                    return self._accepted(method, path, answer)
                if is_divisible and answer.status in GAVE_UP:
                    raise TooMuch(
                        self.source,
                        f"{method} {path}: {trouble}.",
                        fix="run again later; what landed before is kept.",
                    )
                if is_secondary_throttle(answer.status, answer.body):
                    wait = SECONDARY_WAIT * 2.0**attempt
                wait = told_wait(answer.headers) or wait
            if attempt + 1 < self._attempts:
                self._sleep(wait)
        if not trouble:
            raise Misconfigured(
                self.source,
                f"{method} {path}: the request cannot be sent.",
                fix="check the configured address; it starts with https://.",
            )
        raise Unavailable(
            self.source,
            f"{method} {path}: {trouble}, {self._attempts} times.",
            fix=self._fixes.get(503, "run again later; what landed before is kept."),
        )

    def _once(self, method: str, path: str, **request: Any) -> Answer:
        """One exchange, redirects on the same host included."""
        url = self._base_url + path
        for _ in range(MOST_REDIRECTS):
            with self._session.request(
                method,
                url,
                timeout=self._timeout,
                allow_redirects=False,
                stream=True,
                **request,
            ) as response:
                body = b"".join(response.iter_content(CHUNK))
                answer = Answer(response.status_code, response.headers, body)
            if not response.is_redirect:
                return answer
            target = urljoin(url, response.headers["location"])
            if urlsplit(target)[:2] != urlsplit(url)[:2]:
                raise Misconfigured(
                    self.source,
                    f"{method} {path}: redirected to another host, which was not "
                    "followed because the key would go with it.",
                    fix="put the vendor's current address into the configuration.",
                )
            url, request = target, {**request, "params": None}
        raise Misconfigured(
            self.source,
            f"{method} {path}: redirected more than {MOST_REDIRECTS} times.",
            fix="put the vendor's current address into the configuration.",
        )

    def _accepted(self, method: str, path: str, answer: Answer) -> Answer:
        """The answer if it is usable, else the error its status calls for."""
        if answer.status in (200, 201, 204):
            return answer
        kind, fix = REFUSALS.get(
            answer.status, (Misconfigured, "correct the configuration of this source.")
        )
        said = self._said(answer)
        raise kind(
            self.source,
            f"{method} {path}: status {answer.status}"
            + (f', the vendor says "{said}".' if said else "."),
            fix=self._fixes.get(answer.status, fix),
        )

    def _trouble(self, answer: Answer) -> str:
        """Why the answer is worth asking again; empty if it is not."""
        if answer.status in RETRY_ON or is_throttle(
            answer.status, answer.headers, answer.body
        ):
            said = self._said(answer)
            return f"status {answer.status}" + (f' "{said}"' if said else "")
        body = answer.body.strip()
        closing = _CLOSING.get(body[:1])
        if answer.status == 200 and closing is not None and body[-1:] != closing:
            return f"the JSON ended early, after {len(answer.body)} bytes"
        return ""

    def _said(self, answer: Answer) -> str:
        """The vendor's words for an error, without any secret, and cut."""
        words = vendor_message(answer.body)
        if isinstance(self._auth, HeaderAuth):
            words = self._auth.masked(words)
        return redacted_text(words)[:LONGEST_MESSAGE]


def _failure(error: requests.RequestException) -> str:
    """The kind of failure, empty if asking again cannot help. Never the error's own
    text, which shows the whole URL and sometimes a header."""
    failed = requests.exceptions
    if isinstance(error, failed.ConnectTimeout):
        return "no connection in time"
    if isinstance(error, failed.Timeout) or "timed out" in str(error):
        return "no answer in time"
    if isinstance(error, failed.SSLError):
        return "no secure connection, as with a certificate that is not trusted"
    if isinstance(error, failed.ConnectionError):
        return "no connection"
    if isinstance(error, failed.ChunkedEncodingError | failed.ContentDecodingError):
        return "the body ended early"
    return ""

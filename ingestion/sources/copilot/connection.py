"""The connection to an organisation or enterprise at GitHub, and to its reports."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Self

from pydantic import Field, model_validator
from requests import PreparedRequest
from requests.auth import AuthBase

from ingestion.clock import Clock
from ingestion.connector import SourceSettings, Surroundings
from ingestion.errors import (
    BadCredentials,
    Misconfigured,
    MissingPermission,
    SourceError,
    Unavailable,
)
from ingestion.http import Answer, Api, BearerAuth

LAG_DAYS: Final = 3  # GitHub: recent days are final within three full UTC days
_SLUG: Final = r"^[A-Za-z0-9._-]+$"
_KEY_FIX: Final = (
    "create a token of an organisation owner or enterprise administrator and put it "
    "into the configured environment variable; renew it if it has expired."
)
# GitHub answers 404 both for a wrong name and for a token that may not see it.
_NAMES_FIX: Final = "check the configured organisation or enterprise, and {}"
METRICS_FIX: Final = _NAMES_FIX.format(
    "turn on the policy “Copilot usage metrics” and give the token read:org "
    "(enterprise: read:enterprise), or “Copilot metrics: read” if it is fine-grained."
)
BILLING_FIX: Final = _NAMES_FIX.format(
    "let an administrator or billing manager make the token; fine-grained tokens need "
    "“Administration: read”."
)
SEATS_FIX: Final = _NAMES_FIX.format(
    "give the token manage_billing:copilot or read:org (enterprise: read:enterprise)."
)


class Copilot(SourceSettings):
    """One organisation or one enterprise; of an enterprise all organisations count."""

    organization: str | None = Field(default=None, pattern=_SLUG)
    enterprise: str | None = Field(default=None, pattern=_SLUG)
    base_url: str = "https://api.github.com"
    api_version: str = Field(default="2022-11-28", pattern=r"^\d{4}-\d\d-\d\d$")
    token_env: str = "GITHUB_TOKEN"  # noqa: S105 - the name of a variable
    seat_usd_per_month: Decimal | None = Field(default=None, ge=0, decimal_places=2)

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if (self.organization is None) == (self.enterprise is None):
            raise ValueError("name either organization or enterprise, and not both")
        return self


@dataclass(frozen=True)
class Account:
    """Whose Copilot it is, and the paths that tell of it."""

    slug: str
    is_enterprise: bool

    @property
    def reports(self) -> str:
        """Where a day's report of users is asked for."""
        return f"{self._copilot}/metrics/reports/users-1-day"

    @property
    def seats(self) -> str:
        """Where seats are listed."""
        return f"{self._copilot}/billing/seats"

    @property
    def credits(self) -> str:
        """Where AI credits are billed."""
        kind = "enterprises" if self.is_enterprise else "organizations"
        return f"/{kind}/{self.slug}/settings/billing/ai_credit/usage"

    @property
    def _copilot(self) -> str:
        kind = "enterprises" if self.is_enterprise else "orgs"
        return f"/{kind}/{self.slug}/copilot"


class LinkRefused(Unavailable):
    """A signed link that is refused: most likely it has expired."""


class Unsigned(AuthBase):
    """No credential at all; `~/.netrc` is not asked either."""

    def __call__(self, r: PreparedRequest) -> PreparedRequest:
        """The request as it is."""
        return r


class Links:
    """Files behind signed links. Such a link is a secret of its own: it is asked
    without the token, and no message shows it."""

    def __init__(self, sleep: Callable[[float], None] = time.sleep) -> None:
        self._api = Api("copilot", "", Unsigned(), sleep=sleep)

    def get(self, link: str) -> bytes:
        """The file; raises LinkRefused, or Unavailable if there is no answer."""
        try:
            return self._api.get(link).body
        except SourceError as error:
            kind = LinkRefused if isinstance(error, Misconfigured) else Unavailable
            said = error.problem.replace(link, "the report's signed link")
            fix = "run again; what landed before is kept."
        raise kind("copilot/user_days", said, fix=fix)


@dataclass(frozen=True)
class Connection:
    """The account, the present, and what the configuration says of both."""

    api: Api
    links: Links
    account: Account
    clock: Clock
    starts_on: date
    seat_usd_per_month: Decimal | None = None

    def get(self, path: str, params: Sequence[tuple[str, str]], fix: str) -> Answer:
        """The answer; raises MissingPermission with this `fix` for 403 and 404."""
        try:
            return self.api.get(path, params)
        except BadCredentials:
            raise
        except Misconfigured as error:
            if not isinstance(error, MissingPermission) and not is_not_found(error):
                raise
            problem = error.problem
        raise MissingPermission(self.api.source, problem, fix=fix)


def is_not_found(error: SourceError) -> bool:
    """Whether GitHub answered 404."""
    return "status 404" in error.problem


def connect(named: Copilot, around: Surroundings) -> Connection:
    """The connection that the configuration names."""
    api = Api(
        "copilot",
        named.base_url,
        BearerAuth(around.secret(named.token_env)),
        headers={
            "accept": "application/vnd.github+json",
            "x-github-api-version": named.api_version,
        },
        fixes={401: _KEY_FIX},
        sleep=around.sleep,
    )
    account = Account(
        named.organization or named.enterprise or "", named.enterprise is not None
    )
    return Connection(
        api,
        Links(around.sleep),
        account,
        around.clock,
        named.starts_on,
        named.seat_usd_per_month,
    )

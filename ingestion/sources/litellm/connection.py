"""The connection to a LiteLLM proxy, and what helps when it is refused."""

from dataclasses import dataclass
from typing import Final

from pydantic import Field

from ingestion.clock import Clock
from ingestion.connector import SourceSettings, Surroundings
from ingestion.http import Api, BearerAuth
from ingestion.sources.litellm.tables import SOURCE

FIXES: Final = {
    401: "put the proxy's master key, or a virtual key of an admin viewer, into the "
    "configured environment variable.",
    403: "use a virtual key of a user with the role proxy_admin_viewer.",
    404: "check base_url; the proxy must be new enough to have /spend/logs/v2.",
    422: "update the proxy: it must give pages of 1000 calls.",
}


class LiteLLM(SourceSettings):
    """A LiteLLM proxy. What it passed on to a vendor that is connected itself is
    compared with that vendor's own count and not added to it. `logs_kept_days` is the
    proxy's maximum_spend_logs_retention_period in days, if it has one."""

    base_url: str
    key_env: str = "LITELLM_KEY"
    logs_kept_days: int | None = Field(default=None, ge=2)


@dataclass(frozen=True)
class Connection:
    """The proxy, the present, and how long the proxy keeps its logs; None: for good."""

    api: Api
    clock: Clock
    logs_kept_days: int | None = None


def connect(named: LiteLLM, around: Surroundings) -> Connection:
    """The connection that the configuration names."""
    auth = BearerAuth(around.secret(named.key_env))
    api = Api(SOURCE, named.base_url, auth, fixes=FIXES, sleep=around.sleep)
    return Connection(api, around.clock, named.logs_kept_days)

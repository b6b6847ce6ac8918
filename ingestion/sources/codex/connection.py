"""The connection to a ChatGPT workspace, and what helps when it is refused."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Final

from pydantic import Field

from ingestion.clock import Clock
from ingestion.connector import SourceSettings, Surroundings
from ingestion.http import Api, BearerAuth

SCOPE: Final = "codex.enterprise.analytics.read"
FIXES: Final = {
    401: f"create a key with the scope {SCOPE} and put it into the configured "
    "environment variable.",
    403: f"give the key the scope {SCOPE}; the workspace needs the plan ChatGPT "
    "Enterprise.",
    404: "check workspace_id and base_url in the configuration; the workspace needs "
    "the plan ChatGPT Enterprise.",
    422: "check workspace_id in the configuration; if it is right, report the request.",
}


Price = Annotated[Decimal, Field(ge=0, max_digits=17, decimal_places=4)]


class Codex(SourceSettings):
    """Codex in a ChatGPT Enterprise workspace. Where the vendor sends credits and no
    dollars, they cost nothing that is known without a price."""

    base_url: str = "https://api.chatgpt.com"
    workspace_id: str
    key_env: str = "CODEX_ANALYTICS_KEY"
    usd_per_credit: Price | None = None


@dataclass(frozen=True)
class Connection:
    """The workspace, the present, and the price of a credit in US dollars, if any."""

    api: Api
    workspace_id: str
    clock: Clock
    usd_per_credit: Decimal | None = None


def connection(
    base_url: str, key: str, *, sleep: Callable[[float], None] = time.sleep
) -> Api:
    """The analytics API at `base_url`."""
    return Api("codex", base_url, BearerAuth(key), fixes=FIXES, sleep=sleep)


def connect(named: Codex, around: Surroundings) -> Connection:
    """The connection that the configuration names."""
    key = around.secret(named.key_env)
    api = connection(named.base_url, key, sleep=around.sleep)
    return Connection(api, named.workspace_id, around.clock, named.usd_per_credit)

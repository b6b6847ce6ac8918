"""The connection to an Anthropic organisation, and what helps when it is refused."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from ingestion.clock import Clock
from ingestion.connector import SourceSettings, Surroundings
from ingestion.http import Api, HeaderAuth

HEADERS: Final = {
    "anthropic-version": "2023-06-01",
    "anthropic-beta": "analytics-usage-cost-2026-08-24",
}
FIXES: Final = {
    401: "create an Admin API key (sk-ant-admin…) in the Console under Settings, "
    "Admin keys, and put it into the configured environment variable.",
    403: "use an Admin API key of the organisation; keys for messages may not read "
    "usage, cost or directories.",
}
ANALYTICS_FIX: Final = (
    "use an Admin API key of a Console or Enterprise organisation that has Usage "
    "& Cost Analytics (individual accounts have no Admin API), and ask the "
    "organisation's admin or Anthropic's support to enable it."
)


def connection(
    base_url: str, key: str, *, sleep: Callable[[float], None] = time.sleep
) -> Api:
    """The Admin API at `base_url` with an Admin API key."""
    return Api(
        "anthropic",
        base_url,
        HeaderAuth("x-api-key", key),
        headers=HEADERS,
        fixes=FIXES,
        sleep=sleep,
    )


class Anthropic(SourceSettings):
    """The Anthropic organisation."""

    base_url: str = "https://api.anthropic.com"
    key_env: str = "ANTHROPIC_ADMIN_KEY"


@dataclass(frozen=True)
class Connection:
    """The organisation, the present, and the first day it is expected to report."""

    api: Api
    clock: Clock
    starts_on: date


def connect(named: Anthropic, around: Surroundings) -> Connection:
    """The connection that the configuration names."""
    key = around.secret(named.key_env)
    api = connection(named.base_url, key, sleep=around.sleep)
    return Connection(api, around.clock, named.starts_on)

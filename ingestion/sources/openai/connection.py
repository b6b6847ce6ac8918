"""The connection to an OpenAI organisation, and what helps when it is refused."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ingestion.clock import Clock
from ingestion.connector import SourceSettings, Surroundings
from ingestion.http import Api, BearerAuth

FIXES: Final = {
    401: "create an admin key (sk-admin-…) in the platform's settings under "
    "Organization, Admin keys, and put it into the configured environment variable.",
    403: "use an admin key whose permissions include reading usage and the "
    "organisation; keys of a project may not read them.",
}


class OpenAI(SourceSettings):
    """The OpenAI organisation."""

    base_url: str = "https://api.openai.com"
    key_env: str = "OPENAI_ADMIN_KEY"


@dataclass(frozen=True)
class Connection:
    """The organisation, and the present."""

    api: Api
    clock: Clock


def connection(
    base_url: str, key: str, *, sleep: Callable[[float], None] = time.sleep
) -> Api:
    """The administration API at `base_url` with an admin key."""
    return Api("openai", base_url, BearerAuth(key), fixes=FIXES, sleep=sleep)


def connect(named: OpenAI, around: Surroundings) -> Connection:
    """The connection that the configuration names."""
    key = around.secret(named.key_env)
    api = connection(named.base_url, key, sleep=around.sleep)
    return Connection(api, around.clock)

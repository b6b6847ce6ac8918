"""The connection to the analytics of a Claude Enterprise organisation."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from ingestion.clock import Clock
from ingestion.connector import SourceSettings, Surroundings
from ingestion.errors import BadCredentials, Misconfigured, MissingPermission
from ingestion.http import Api, HeaderAuth
from ingestion.sources.anthropic_enterprise.tables import SOURCE

PLAN: Final = "a Claude Enterprise plan"
PERMISSION: Final = "an analytics key with the scope read:analytics"
FIX: Final = (
    "this needs a Claude Enterprise plan and a key with the scope read:analytics, "
    "which the primary owner creates at claude.ai/analytics/api-keys. An Admin API key "
    "of the Console (sk-ant-admin…) is for the source anthropic."
)
HEADERS: Final = {"anthropic-version": "2023-06-01"}
PATH: Final = "/v1/organizations/analytics"


class Enterprise(SourceSettings):
    """The organisation on the Claude Enterprise plan."""

    base_url: str = "https://api.anthropic.com"
    key_env: str = "ANTHROPIC_ANALYTICS_KEY"


@dataclass(frozen=True)
class Connection:
    """The organisation and the present."""

    api: Api
    clock: Clock


def connect(named: Enterprise, around: Surroundings) -> Connection:
    """The connection that the configuration names."""
    key = around.secret(named.key_env)
    return Connection(connection(named.base_url, key, sleep=around.sleep), around.clock)


def connection(
    base_url: str, key: str, *, sleep: Callable[[float], None] = time.sleep
) -> Api:
    """The API at `base_url` with an analytics key."""
    return Api(
        SOURCE,
        base_url,
        HeaderAuth("x-api-key", key),
        headers=HEADERS,
        fixes={401: FIX, 403: FIX},
        sleep=sleep,
    )


def body(api: Api, report: str, params: Sequence[tuple[str, str]]) -> bytes:
    """The answer of a report; raises MissingPermission naming the plan also where the
    vendor answers 404, as it does to organisations that do not have the report."""
    try:
        return api.get(f"{PATH}/{report}", params).body
    except (BadCredentials, MissingPermission):
        raise
    except Misconfigured as error:
        if "status 404" not in error.problem:
            raise
        raise MissingPermission(error.source, error.problem, fix=FIX) from None

"""The connection to a Cursor team, and what helps when it is refused."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from pydantic import Field

from ingestion.clock import Clock
from ingestion.connector import SourceSettings, Surroundings
from ingestion.http import Api, BasicAuth

Plan = Literal["enterprise", "teams"]
FIXES: Final = {
    401: "create an Admin API key in the team's dashboard under Settings, Admin API "
    "keys (only team admins can), and put it into the configured environment variable.",
    403: "use an Admin API key of the team, created by one of its admins; the key of a "
    "member may not read the team's usage.",
}
# The limit is 20 requests a minute and a refusal names no time to wait, so the waits,
# which double, have to outlast a whole minute.
ATTEMPTS: Final = 8


def connection(
    base_url: str, key: str, *, sleep: Callable[[float], None] = time.sleep
) -> Api:
    """The Admin API at `base_url`: the key is the user, and there is no password."""
    return Api(
        "cursor",
        base_url,
        BasicAuth(key, ""),
        fixes=FIXES,
        sleep=sleep,
        attempts=ATTEMPTS,
    )


class Cursor(SourceSettings):
    """A Cursor team. Its API tells neither plan nor price of a seat: `plan` says
    whether AI code tracking can be read, and without a price seats cost nothing known.
    """

    base_url: str = "https://api.cursor.com"
    key_env: str = "CURSOR_API_KEY"
    plan: Plan = "enterprise"
    seat_usd_per_month: Decimal | None = Field(default=None, ge=0)


@dataclass(frozen=True)
class Connection:
    """The team, the present, and what the configuration says of its plan."""

    api: Api
    clock: Clock
    plan: Plan
    seat_usd_per_month: Decimal | None
    starts_on: date


def connect(named: Cursor, around: Surroundings) -> Connection:
    """The connection that the configuration names."""
    key = around.secret(named.key_env)
    api = connection(named.base_url, key, sleep=around.sleep)
    return Connection(
        api, around.clock, named.plan, named.seat_usd_per_month, named.starts_on
    )

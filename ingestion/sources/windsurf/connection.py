"""The connection to a Windsurf team. The key is part of each request's JSON body."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Final

import msgspec
from pydantic import Field
from requests import PreparedRequest

from ingestion.clock import Clock
from ingestion.connector import SourceSettings, Surroundings
from ingestion.http import Api, HeaderAuth
from ingestion.sources.windsurf.tables import SOURCE

Price = Annotated[Decimal, Field(ge=0, max_digits=17, decimal_places=4)]
FIXES: Final = {
    401: "create a service key in the team's settings and put it into the configured "
    "environment variable.",
    403: "give the service key the permission Teams Read-only, and turn on analytics "
    "of individual members in the team's settings; the API needs the Enterprise plan.",
}


class ServiceKey(HeaderAuth):
    """A secret sent as a field of the JSON body, and in no header."""

    def __call__(self, r: PreparedRequest) -> PreparedRequest:
        """The request with the key in its body."""
        asked = r.body if isinstance(r.body, bytes) else b"{}"
        body: dict[str, Any] = msgspec.json.decode(asked)
        r.prepare_body(msgspec.json.encode({self._header: self._value, **body}), None)
        return r


class Windsurf(SourceSettings):
    """The Windsurf team. Credits cost nothing that is known without a price of one."""

    base_url: str = "https://server.codeium.com/api/v1"
    key_env: str = "WINDSURF_SERVICE_KEY"
    usd_per_credit: Price | None = None


@dataclass(frozen=True)
class Connection:
    """The team, the present, and the price of a credit in US dollars, if any."""

    api: Api
    clock: Clock
    usd_per_credit: Decimal | None


def connect(named: Windsurf, around: Surroundings) -> Connection:
    """The connection that the configuration names."""
    key = ServiceKey("service_key", around.secret(named.key_env))
    api = Api(SOURCE, named.base_url, key, fixes=FIXES, sleep=around.sleep)
    return Connection(api, around.clock, named.usd_per_credit)

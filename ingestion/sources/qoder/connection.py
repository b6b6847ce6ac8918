"""The connection to a Qoder organisation."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Final
from urllib.parse import quote

from pydantic import Field

from ingestion.clock import Clock
from ingestion.connector import SourceSettings, Surroundings
from ingestion.http import Api, BearerAuth
from ingestion.sources.qoder.tables import SOURCE

Price = Annotated[Decimal, Field(ge=0, max_digits=17, decimal_places=4)]
FIXES: Final = {
    401: "create an API key in the organisation's settings and put it into the "
    "configured environment variable.",
    403: "use an API key that an admin of this organisation created.",
    404: "check organization_id: it stands in the address of the organisation's "
    "settings.",
}


class Qoder(SourceSettings):
    """The Qoder organisation. Credits cost nothing that is known without a price."""

    base_url: str = "https://api.qoder.com"
    organization_id: str
    key_env: str = "QODER_API_KEY"
    usd_per_credit: Price | None = None


@dataclass(frozen=True)
class Connection:
    """The organisation, the present, and the price of a credit in US dollars, if any.

    `path` leads to the organisation below the address of the API.
    """

    api: Api
    clock: Clock
    organization_id: str
    usd_per_credit: Decimal | None

    @property
    def path(self) -> str:
        """`/v1/organizations/<id>`."""
        return f"/v1/organizations/{quote(self.organization_id, safe='')}"


def connect(named: Qoder, around: Surroundings) -> Connection:
    """The connection that the configuration names."""
    key = BearerAuth(around.secret(named.key_env))
    api = Api(SOURCE, named.base_url, key, fixes=FIXES, sleep=around.sleep)
    return Connection(api, around.clock, named.organization_id, named.usd_per_credit)

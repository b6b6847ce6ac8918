"""The connection to a Lingma organisation."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from ingestion.clock import Clock
from ingestion.connector import SourceSettings, Surroundings
from ingestion.http import Api, HeaderAuth
from ingestion.sources.lingma.tables import SOURCE

FIXES: Final = {
    401: "create a personal access token and put it into the configured environment "
    "variable.",
    403: "give the token read access to developer usage statistics; the organisation "
    "needs an Enterprise edition.",
    404: "check organization_id and base_url; a Dedicated edition has an address of "
    "its own.",
}


class Lingma(SourceSettings):
    """The Lingma organisation; a Dedicated edition has an address of its own."""

    base_url: str = "https://openapi-rdc.aliyuncs.com"
    organization_id: str
    token_env: str = "LINGMA_TOKEN"  # noqa: S105 - the name of a variable


@dataclass(frozen=True)
class Connection:
    """The organisation and the present."""

    api: Api
    clock: Clock
    organization_id: str

    @property
    def path(self) -> str:
        """Where developer usage is read."""
        organisation = quote(self.organization_id, safe="")
        return f"/oapi/v1/lingma/organizations/{organisation}/developerUsage"


def connect(named: Lingma, around: Surroundings) -> Connection:
    """The connection that the configuration names."""
    token = HeaderAuth("x-yunxiao-token", around.secret(named.token_env))
    api = Api(SOURCE, named.base_url, token, fixes=FIXES, sleep=around.sleep)
    return Connection(api, around.clock, named.organization_id)

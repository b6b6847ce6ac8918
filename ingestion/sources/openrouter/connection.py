"""The connection to an OpenRouter account."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ingestion.clock import Clock, today
from ingestion.connector import SourceSettings, Surroundings
from ingestion.http import Api, BearerAuth
from ingestion.sources.openrouter.tables import SOURCE
from ingestion.window import Window

HORIZON_DAYS: Final = 30
FIXES: Final = {
    401: "create a management key in the account's settings and put it into the "
    "configured environment variable.",
    403: "use a management key: a key for calls of models may not read activity.",
    404: "check base_url: it ends in /api/v1.",
}


class OpenRouter(SourceSettings):
    """The OpenRouter account. `workspace_ids` are workspaces beside the default one,
    whose keys the vendor lists only where it is asked for them."""

    base_url: str = "https://openrouter.ai/api/v1"
    key_env: str = "OPENROUTER_MANAGEMENT_KEY"
    workspace_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Connection:
    """The account, the present, and its workspaces beside the default one."""

    api: Api
    clock: Clock
    workspace_ids: tuple[str, ...]

    @property
    def reported(self) -> Window:
        """The days that the vendor reports at present: those that are over, as far
        back as it keeps them."""
        present: date = today(self.clock)
        first = present - timedelta(days=HORIZON_DAYS)
        return Window(first, present - timedelta(days=1))


def connect(named: OpenRouter, around: Surroundings) -> Connection:
    """The connection that the configuration names."""
    key = BearerAuth(around.secret(named.key_env))
    api = Api(SOURCE, named.base_url, key, fixes=FIXES, sleep=around.sleep)
    return Connection(api, around.clock, named.workspace_ids)

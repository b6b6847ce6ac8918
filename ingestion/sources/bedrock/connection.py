"""Where the invocation logs lie, and how a call tells whose it is."""

from dataclasses import dataclass
from datetime import date

from ingestion.clock import Clock
from ingestion.connector import SourceSettings, Surroundings
from ingestion.sources.bedrock.logs import Logs


class Bedrock(SourceSettings):
    """The invocation logs of AWS Bedrock.

    `folder` holds `AWSLogs/`: a local path, or a URL such as `s3://bucket/prefix`.
    `person_key` is the key of the request metadata that names the person. Sessions of
    `person_roles` are persons although their names are no e-mails; the people's file of
    accounts links them as `<role>/<session>`.
    """

    folder: str
    person_key: str = "user"
    person_roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Connection:
    """The logs, what the configuration says of them, and the present."""

    logs: Logs
    named: Bedrock
    clock: Clock

    @property
    def starts_on(self) -> date:
        """The first day that is expected in the logs."""
        return self.named.starts_on


def connect(named: Bedrock, around: Surroundings) -> Connection:
    """The connection that the configuration names; nothing is opened yet."""
    is_url = "://" in named.folder
    root = named.folder if is_url else str(around.folder / named.folder)
    return Connection(Logs(root), named, around.clock)

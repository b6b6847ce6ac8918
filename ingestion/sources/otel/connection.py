"""Where the telemetry lies."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingestion.clock import Clock
from ingestion.connector import SourceSettings, Surroundings
from ingestion.sources.otel.folder import Folder


class Otel(SourceSettings):
    """Telemetry of coding assistants.

    `folder` is what the receiver writes and this source reads; files of OTLP as JSON
    from another collector may be put there too. `token_env` names the variable with
    the token that clients send; only the receiver needs it.
    """

    folder: Path
    token_env: str = "TOKENWORTH_OTLP_TOKEN"  # noqa: S105 - the name of a variable
    host: str = "127.0.0.1"
    port: int = 4318


@dataclass(frozen=True)
class Connection:
    """The folder, the present, and the first day that is expected in it."""

    folder: Folder
    clock: Clock
    starts_on: date


def connect(named: Otel, around: Surroundings) -> Connection:
    """The connection that the configuration names."""
    folder = Folder(around.folder / named.folder, around.clock)
    return Connection(folder, around.clock, named.starts_on)

"""The workspace: one home folder, one configuration, one clock.

The only module that reads the environment (secrets excepted, which Dagster's EnvVar
reads at run time). Everything Tokenworth keeps lies under `home`.
"""

import hashlib
import os
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ingestion.clock import Clock, FixedClock, SystemClock
from ingestion.configuration import Configuration, configuration
from ingestion.lake import Lake
from ledger import Ledger

PROJECT = Path(__file__).parent.parent
DAGSTER_YAML = """\
telemetry: {enabled: false}
nux: {enabled: false}
concurrency: {pools: {granularity: op, default_limit: 1}}
storage:
  custom:
    module: dagster_project.event_log
    class: BatchedSqliteStorage
    config: {base_dir: {env: DAGSTER_HOME}}
"""
EVENTS_A_BATCH = 1000  # days of a range that are stored together, of one table


@dataclass(frozen=True)
class Workspace:
    """Where everything of one organisation lies."""

    home: Path
    config: Path

    @cached_property
    def configuration(self) -> Configuration:
        """The validated configuration; nothing is connected when there is no file."""
        return configuration(self.config) if self.config.exists() else Configuration()

    @cached_property
    def clock(self) -> Clock:
        """The configured instant if the clock is stopped, else the machine's clock."""
        at = self.configuration.present
        return SystemClock() if at is None else FixedClock(at)

    @cached_property
    def lake(self) -> Lake:
        """The lake."""
        return Lake(self.home / "lake", self.clock)

    @cached_property
    def ledger(self) -> Ledger:
        """Decisions of people: in home, or in the database that TOKENWORTH_LEDGER
        names by its URL."""
        beside = f"sqlite:///{self.home / 'ledger.db'}"
        return Ledger(os.environ.get("TOKENWORTH_LEDGER", beside), self.clock.now)

    @property
    def warehouse(self) -> Path:
        """The file dbt builds; nobody reads it but the pipeline."""
        return self.home / "warehouse.duckdb"

    @property
    def published(self) -> Path:
        """Releases, candidates and the link `current`."""
        return self.home / "published"

    @property
    def pages(self) -> Path:
        """Static pages of the current release; `site/` below it is what to serve."""
        return self.home / "pages"

    @property
    def mirrors(self) -> Path:
        """Clones of repositories that are configured by URL, and who wrote the lines
        of all."""
        return self.home / "repositories"

    @property
    def dbt_target(self) -> Path:
        """dbt's compiled project and manifest."""
        return self.home / "dbt"

    @property
    def inputs(self) -> Path:
        """Content hashes of the lake files that the last build read."""
        return self.home / "inputs.json"

    def beside(self, path: Path | str) -> Path:
        """A path of the configuration, meant from where that file lies."""
        return (self.config.parent / path).resolve()

    @cached_property
    def secret(self) -> bytes:
        """Key of pseudonyms and page names: from the environment, else kept in home.

        It lies outside lake and warehouse, so that neither can undo a pseudonym.
        """
        given = os.environ.get("TOKENWORTH_PSEUDONYM_KEY")
        if given:
            return given.encode()
        place = self.home / "secrets" / "pseudonym.key"
        if not place.exists():
            place.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
            handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_hex(32))
        return place.read_text().strip().encode()

    def export(self) -> None:
        """Name this workspace in the environment, for this process and its children."""
        os.environ["TOKENWORTH_HOME"] = str(self.home)
        os.environ["TOKENWORTH_CONFIG"] = str(self.config)

    def prepare(self) -> None:
        """Folders and settings that dbt and Dagster expect; safe to repeat."""
        self.export()
        dagster_home = self.home / "dagster"
        dagster_home.mkdir(parents=True, exist_ok=True)
        settings = dagster_home / "dagster.yaml"
        if not settings.exists():
            settings.write_text(DAGSTER_YAML)
        os.environ["DAGSTER_HOME"] = str(dagster_home)
        os.environ["DAGSTER_EVENT_BATCH_SIZE"] = str(EVENTS_A_BATCH)
        os.environ["TOKENWORTH_LAKE"] = str(self.home / "lake")
        os.environ["TOKENWORTH_WAREHOUSE"] = str(self.warehouse)
        os.environ["DBT_TARGET_PATH"] = str(self.dbt_target)
        os.environ["DBT_LOG_PATH"] = str(self.dbt_target / "logs")
        # dbt, Dagster and Great Expectations would otherwise report to their makers.
        os.environ["DO_NOT_TRACK"] = "1"
        os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
        os.environ["DAGSTER_DISABLE_TELEMETRY"] = "yes"
        os.environ["GX_ANALYTICS_ENABLED"] = "false"


def workspace() -> Workspace:
    """The workspace that the environment names.

    Home is TOKENWORTH_HOME or `.tokenworth/`; the configuration is TOKENWORTH_CONFIG,
    else `tokenworth.yaml` in home (the demo puts its own there), else in this folder.
    """
    home = Path(os.environ.get("TOKENWORTH_HOME", ".tokenworth")).resolve()
    own = home / "tokenworth.yaml"
    default = own if own.exists() else Path("tokenworth.yaml")
    config = Path(os.environ.get("TOKENWORTH_CONFIG", default)).resolve()
    return Workspace(home=home, config=config)


def code_hash() -> str:
    """SHA-256 over our own Python, SQL and YAML: which rules made a release."""
    digest = hashlib.sha256()
    for folder in (
        "ingestion",
        "ledger",
        "dbt",
        "expectations",
        "publication",
        "dagster_project",
    ):
        for path in sorted((PROJECT / folder).rglob("*")):
            if path.suffix in {".py", ".sql", ".yml", ".csv"} and path.is_file():
                digest.update(str(path.relative_to(PROJECT)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()

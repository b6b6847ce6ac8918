"""`tokenworth.yaml`: what is connected, for whom, and by which rules.

Secrets are only named here (`key_env: ANTHROPIC_ADMIN_KEY`); their values come from the
environment at run time. Unknown keys are errors that name the nearest known key.
"""

import difflib
import hashlib
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, cast
from zoneinfo import available_timezones

import yaml
from pydantic import (
    AfterValidator,
    AwareDatetime,
    Field,
    ValidationError,
    create_model,
    model_validator,
)

from ingestion.connector import Connector, Part, Settings
from ingestion.errors import Misconfigured
from ingestion.hosts.settings import CodeHost, CodeHosts
from ingestion.sources import connectors

Mode = Literal["person", "self_only", "group_only", "off"]


def known_time_zone(name: str) -> str:
    """`name` if the time zone database has it."""
    if name not in available_timezones():
        raise ValueError(f"{name!r} is no time zone of the IANA database")
    return name


class Entity(Part):
    """A legal entity; without reference to notice and agreement no person is shown."""

    entity: str
    mode: Mode = "group_only"
    notice_ref: str | None = None
    agreement_ref: str | None = None
    dpia_ref: str | None = None


class Organisation(Part):
    """Who uses the system, and in which time zone days of events are counted."""

    name: str = "Unnamed organisation"
    time_zone: Annotated[str, AfterValidator(known_time_zone)] = "UTC"
    fiscal_year_starts_month: int = Field(default=1, ge=1, le=12)
    outcomes_start: date = date(2025, 1, 1)
    contact: str = "the data steward of your organisation"
    entities: tuple[Entity, ...] = ()


class JiraSite(Part):
    """One Jira site. No projects named means all that the account can see.

    Data Center takes a personal access token and no e-mail. `development` are the hosts
    whose links to read from the development panel, in the panel's own words (GitHub,
    GitLab, bitbucket, stash): one call for each issue, so none by default.
    """

    site: str
    base_url: str
    deployment: Literal["cloud", "data_center"] = "cloud"
    email_env: str = "JIRA_EMAIL"
    token_env: str = "JIRA_API_TOKEN"  # noqa: S105 - the name of a variable
    projects: tuple[str, ...] = ()
    story_points_field: str | None = None
    boards: bool = True
    comment_counts: bool = False
    development: tuple[str, ...] = ()
    starts_on: date = date(2025, 1, 1)


def differing_sites(sites: tuple[JiraSite, ...]) -> tuple[JiraSite, ...]:
    """The sites, if their names differ: rows of one name are of one site."""
    names = [site.site for site in sites]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"several Jira sites are named {', '.join(twice)}")
    return sites


class GitRepository(Part):
    """One repository: a local path, or a URL that `git clone` takes."""

    repository: str = Field(pattern=r"^[A-Za-z0-9._-]+$")
    location: str
    branch: str | None = None


class Git(Part):
    """All repositories, and addresses in them that are no people; `*` is anything."""

    repositories: tuple[GitRepository, ...]
    bots: tuple[str, ...] = ()
    starts_on: date = date(2025, 1, 1)


class OutcomeSources(Part):
    """Where outcomes come from."""

    jira: Annotated[tuple[JiraSite, ...], AfterValidator(differing_sites)] = ()
    git: Git | None = None


def _sources() -> type[OutcomeSources]:
    """What is connected; what is not named is not, and never counts as zero. Every
    connector adds a key of its own."""
    vendors: dict[str, Any] = {
        each.source: (each.settings | None, None) for each in connectors()
    }
    return create_model("Sources", __base__=OutcomeSources, **vendors)


if TYPE_CHECKING:
    Sources = OutcomeSources
else:
    Sources = _sources()


class People(Part):
    """The people and calendar files; all in one folder unless named otherwise."""

    folder: Path = Path("people")
    persons: Path = Path("people.csv")
    accounts: Path = Path("accounts.csv")
    key_owners: Path = Path("key_owners.csv")
    absences: Path = Path("absences.csv")
    holidays: Path = Path("holidays.csv")
    locations: Path = Path("locations.csv")


class Finance(Part):
    """The files of finance, each optional; all in one folder unless named otherwise."""

    folder: Path = Path("finance")
    contract_prices: Path = Path("contract_prices.csv")
    exchange_rates: Path = Path("exchange_rates.csv")
    commitments: Path = Path("commitments.csv")
    invoice_lines: Path = Path("invoice_lines.csv")


class Thresholds(Part):
    """Limits of rules and gates, with their safe defaults (measurement §1.5 and §8)."""

    coverage_publish: float = Field(default=0.90, ge=0, le=1)
    coverage_absolute: float = Field(default=0.80, ge=0, le=1)
    fte_days_publish: float = Field(default=20, ge=0)
    reopen_days: int = Field(default=30, ge=0)
    rewritten_days: int = Field(default=21, ge=0)
    reverted_days: int = Field(default=30, ge=0)
    points_missing_withhold: float = Field(default=0.40, ge=0, le=1)
    points_drift_withhold: float = Field(default=0.40, ge=0)
    linked_share_withhold: float = Field(default=0.70, ge=0, le=1)
    linked_share_warn: float = Field(default=0.85, ge=0, le=1)
    untokened_share_withhold: float = Field(default=0.10, ge=0, le=1)
    group_size: int = Field(default=8, ge=2)
    group_nonzero: int = Field(default=5, ge=1)
    dominance_share: float = Field(default=0.15, ge=0, le=1)
    rating_responses: int = Field(default=5, ge=2)
    cost_difference_share: float = Field(default=0.01, ge=0)
    cost_difference_usd: float = Field(default=5, ge=0)
    bill_difference_share: float = Field(default=0.005, ge=0)
    unpriced_share_block: float = Field(default=0.01, ge=0)
    feed_days_block: float = Field(default=0.98, ge=0, le=1)
    unattributed_share_block: float = Field(default=0.15, ge=0)
    unattributed_share_warn: float = Field(default=0.05, ge=0)
    volume_change_warn: float = Field(default=0.5, ge=0)


class Configuration(Part):
    """The whole of `tokenworth.yaml`."""

    organisation: Organisation = Organisation()
    present: AwareDatetime | None = None
    people: People | None = None
    finance: Finance | None = None
    sources: Sources = Sources()
    model_aliases: dict[str, dict[str, str]] = Field(default_factory=dict)
    thresholds: Thresholds = Thresholds()

    @property
    def hash(self) -> str:
        """SHA-256 of the effective configuration, defaults included."""
        text = json.dumps(self.model_dump(mode="json"), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def connected(self) -> dict[Connector, Settings]:
        """Everything with a connector that is connected, with what is said of each."""
        named = {each: getattr(self.sources, each.source) for each in connectors()}
        return {each: settings for each, settings in named.items() if settings}

    @property
    def vendors(self) -> dict[Connector, Settings]:
        """The AI vendors among these."""
        return {
            each: settings
            for each, settings in self.connected.items()
            if each.kind == "ai_vendor"
        }

    @model_validator(mode="after")
    def _hosts_are_told_apart(self) -> Self:
        """Rows of a host are known by its name, over all kinds of hosts."""
        hosts = [
            host.host
            for settings in self.connected.values()
            if isinstance(settings, CodeHosts)
            for host in cast("CodeHosts[CodeHost]", settings).root
        ]
        for host in hosts:
            if hosts.count(host) > 1:
                raise ValueError(f"two code hosts have the name {host!r}")
        return self

    @property
    def starts_on(self) -> date:
        """First day any vendor reports, or the first day of outcomes if none does."""
        days = [settings.starts_on for settings in self.vendors.values()]
        return min(days, default=self.organisation.outcomes_start)

    @model_validator(mode="after")
    def _sites_are_connected(self) -> Self:
        """Deliverables of a Jira project come from a site that is named too."""
        sites = {site.site for site in self.sources.jira}
        said = getattr(self.sources, "deliverables", None)
        for feed in said.jira if said else ():
            if feed.site not in sites:
                raise ValueError(
                    f"sources.deliverables.jira: feed {feed.feed} is of site "
                    f"{feed.site!r}, which sources.jira does not name"
                )
        return self


def configuration(path: Path) -> Configuration:
    """The configuration in `path`; raises Misconfigured naming key and fix."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except FileNotFoundError:
        raise Misconfigured(
            str(path),
            "there is no such configuration file.",
            fix="copy tokenworth.yaml from the project, or name yours in "
            "TOKENWORTH_CONFIG.",
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Misconfigured(
            str(path), f"this is not YAML: {error}", fix="correct the line named."
        ) from None
    if not isinstance(content, dict):
        raise Misconfigured(
            str(path), "the file is not a mapping of keys.", fix="see the example."
        )
    try:
        return Configuration.model_validate(content)
    except ValidationError as error:
        raise _misconfigured(path, error) from None


def _misconfigured(path: Path, error: ValidationError) -> Misconfigured:
    """All problems of the file in one error, the first with its field and fix."""
    problems = [_problem(item) for item in error.errors(include_url=False)]
    field, problem, fix = problems[0]
    more = "".join(f" Also {where}: {what}" for where, what, _ in problems[1:])
    return Misconfigured(path.name, f"{problem}{more}", field=field, fix=fix)


def _problem(item: Any) -> tuple[str, str, str]:
    """(field, problem, fix) of one validation error."""
    where = ".".join(str(part) for part in item["loc"])
    if item["type"] != "extra_forbidden":
        return where, f"{item['msg']}.", "correct the value."
    unknown = str(item["loc"][-1])
    near = difflib.get_close_matches(unknown, _known_keys(), n=1, cutoff=0.5)
    fix = f"did you mean {near[0]!r}?" if near else "remove it, or see the example."
    return where, f"there is no key {unknown!r}.", fix


def _known_keys() -> list[str]:
    """Every key that some part of the configuration knows."""
    parts: list[type[Part]] = [Part]
    for part in parts:
        parts += part.__subclasses__()
    return sorted({key for part in parts for key in part.model_fields})

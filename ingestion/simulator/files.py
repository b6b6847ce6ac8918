"""Writes what an organisation keeps itself: the people files and `tokenworth.yaml`."""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import yaml

from ingestion.simulator import calendars, organisation, timeline
from ingestion.simulator.accounts import links
from ingestion.simulator.change import REPOSITORIES
from ingestion.simulator.company import Company
from ingestion.simulator.vendor import vendors
from ingestion.sources.people import tables
from ingestion.table import Table

FILES = {
    "people.csv": tables.PERSONS,
    "accounts.csv": tables.ACCOUNTS,
    "key_owners.csv": tables.KEY_OWNERS,
    "absences.csv": tables.ABSENCES,
    "holidays.csv": tables.HOLIDAYS,
    "locations.csv": tables.LOCATIONS,
}
# Known to the demo alone; they open nothing but this simulator.
JIRA_EMAIL = "tokenworth@demo.example"
JIRA_API_TOKEN = "demo-token"  # noqa: S105 - opens only this simulator
JIRA_ACCESS_TOKEN = "demo-access-token"  # noqa: S105 - opens only this simulator
# The field of company-managed projects; the other projects estimate in another.
STORY_POINTS_FIELD = "customfield_10026"


def write_people(company: Company, folder: Path) -> None:
    """The six CSV files of `FILES` in `folder`, columns as the people source reads."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = {
        "people.csv": _persons(company),
        "accounts.csv": _accounts(company),
        "key_owners.csv": _key_owners(company),
        "absences.csv": _absences(company),
        "holidays.csv": _holidays(),
        "locations.csv": _locations(),
    }
    for name, table in FILES.items():
        _write(folder / name, table, rows[name])


def _write(path: Path, table: Table, rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(column.name for column in table.columns)
        writer.writerows([_text(value) for value in row] for row in rows)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _persons(company: Company) -> list[tuple[object, ...]]:
    return [
        (
            person.person_id, person.full_name, p.email, p.manager_id, p.team, p.role,
            p.level, p.work_type, p.location, p.entity, p.fte, p.valid_from, p.valid_to,
        )
        for person in company.people
        for p in person.positions
    ]  # fmt: skip


def _accounts(company: Company) -> list[tuple[object, ...]]:
    found = [
        *links(company.people, company.jira_accounts, company.members),
        *(link for vendor in vendors() for link in vendor.links(company)),
    ]
    return [
        (
            link.source, link.account, link.person_id, link.method, link.evidence,
            link.valid_from, link.valid_to,
        )
        for link in found
    ]  # fmt: skip


def _key_owners(company: Company) -> list[tuple[object, ...]]:
    return [
        (
            vendor.source, key.api_key_id, key.purpose, key.owner_person_id,
            key.cost_pool, "register of keys", key.valid_from, key.valid_to,
        )
        for vendor in vendors()
        for key in vendor.key_owners(company)
    ]  # fmt: skip


def _absences(company: Company) -> list[tuple[object, ...]]:
    return [
        (person.person_id, a.absent_fraction, a.valid_from, a.valid_to)
        for person in company.people
        for a in person.absences
    ]


def _holidays() -> list[tuple[object, ...]]:
    return [
        (location, day, f"{share:g}")
        for location in calendars.LOCATIONS
        for day, share in calendars.holidays(location).items()
    ]


def _locations() -> list[tuple[object, ...]]:
    known = (calendars.KNOWN_FROM, calendars.KNOWN_TO)
    return [(location, "6,7", *known) for location in calendars.LOCATIONS]


def configuration(url: str, present: str, folder: Path) -> str:
    """The text of a `tokenworth.yaml` for the company served at `url`.

    `folder` holds `company/` and `repositories/`; paths are written as they are given.
    """
    content = {
        "organisation": {
            "name": organisation.NAME,
            "time_zone": organisation.TIME_ZONE,
            "outcomes_start": timeline.FIRST_DAY,
            "entities": [_entity(name) for name in organisation.ENTITIES],
        },
        "present": present,
        "people": {"folder": str(folder / "company")},
        "finance": {"folder": str(folder / "finance")},
        "sources": {
            **{
                vendor.source: vendor.settings(f"{url}/{vendor.source}", folder)
                for vendor in vendors()
            },
            "jira": [
                {
                    "site": "works",
                    "base_url": f"{url}/jira",
                    "story_points_field": STORY_POINTS_FIELD,
                    "starts_on": date(2025, 1, 1),
                }
            ],
            "git": {"repositories": [_repository(folder, n) for n in REPOSITORIES]},
        },
        "model_aliases": _aliases(),
    }
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True)


def _aliases() -> dict[str, dict[str, str]]:
    """By provider in the price book, the names that the vendors use."""
    found: dict[str, dict[str, str]] = {}
    for vendor in vendors():
        for provider, aliases in vendor.aliases.items():
            found.setdefault(provider, {}).update(aliases)
    return found


def _entity(name: str) -> dict[str, str]:
    """A legal entity whose people have notice and agreement."""
    return {
        "entity": name,
        "mode": "person",
        "notice_ref": "demo notice 1",
        "agreement_ref": "demo agreement 1",
    }


def _repository(folder: Path, name: str) -> dict[str, str]:
    location = str(folder / "repositories" / f"{name}.git")
    return {"repository": name, "location": location}

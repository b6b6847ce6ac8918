"""Files of work that is not code: a consultancy's list as CSV, and a studio's export.

The product team keeps its items in Jira, and leaves no file.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# pyarrow ships no types.

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq

from ingestion.simulator import organisation, timeline
from ingestion.simulator.accounts import Link
from ingestion.simulator.company import Company
from ingestion.simulator.engagements import CAMPAIGNS, CONSULTING, Item, Portfolio
from ingestion.simulator.people import Person
from ingestion.simulator.vendor import Controls, SimulatedVendor
from ingestion.window import Window

FOLDER: Final = "deliverables"
LIST, EXPORT = "consulting.csv", "campaigns.parquet"
# Free text that stands in the list, is mapped to nothing, and must never be seen.
REMARK: Final = "confidential: the client asked for a discount"
JIRA_FEED: Final = "product"
JIRA_TYPES: Final = ("Story", "Task", "Bug")
_HEADER: Final = (
    *("Deliverable", "Type", "Engagement", "Client", "Start", "Handed over"),
    *("Rework rounds", "Last rework", "Score", "Team", "Second pair of eyes"),
    "Remark",
)
_INSTANT: Final = pa.timestamp("ms", "UTC")
_EXPORTED: Final = pa.schema(
    [
        ("asset_id", pa.string()),
        ("asset_type", pa.string()),
        ("campaign", pa.string()),
        ("briefed_at", _INSTANT),
        ("published_at", _INSTANT),
        ("sent_back_n", pa.int64()),
        ("sent_back_at", _INSTANT),
        ("score", pa.int64()),
        ("made_by", pa.string()),
        ("approved_by", pa.string()),
        ("caption", pa.string()),
    ]
)


def write(company: Company, at: datetime, folder: Path) -> None:
    """Writes both files, as they stand at an instant."""
    target = folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    _write_list(company, timeline.epoch_ms(at), target / LIST)
    _write_export(company, timeline.epoch_ms(at), target / EXPORT)


def listed(company: Company, portfolio: Portfolio, at_ms: int) -> list[Item]:
    """The items of a portfolio that were started at an instant."""
    held = company.deliverables[portfolio.feed]
    return [item for item in held if item.started_ms <= at_ms]


def _write_list(company: Company, at_ms: int, path: Path) -> None:
    def day(found_ms: int) -> date | str:
        zone = ZoneInfo(CONSULTING.zone or "UTC")
        return timeline.instant(found_ms).astimezone(zone).date() if found_ms else ""

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_HEADER)
        for item in listed(company, CONSULTING, at_ms):
            rating = item.rating_at(at_ms)
            writer.writerow(
                (
                    item.item_id,
                    item.kind,
                    item.project,
                    CONSULTING.projects[item.project][0],
                    day(item.started_ms),
                    day(item.delivered_ms(at_ms)),
                    item.returned_n(at_ms),
                    day(item.returned_ms if item.returned_n(at_ms) else 0),
                    "" if rating is None else rating,
                    "; ".join(_email(company, who, item) for who in item.authors),
                    "; ".join(_email(company, who, item) for who in item.reviewers),
                    REMARK,
                )
            )


def _write_export(company: Company, at_ms: int, path: Path) -> None:
    rows = [
        {
            "asset_id": item.item_id,
            "asset_type": item.kind,
            "campaign": item.project,
            "briefed_at": CAMPAIGNS.shown_ms(item.started_ms),
            "published_at": CAMPAIGNS.shown_ms(item.delivered_ms(at_ms)) or None,
            "sent_back_n": item.returned_n(at_ms),
            "sent_back_at": CAMPAIGNS.shown_ms(item.returned_ms)
            if item.returned_n(at_ms)
            else None,
            "score": item.rating_at(at_ms),
            "made_by": ",".join(_staff_id(who) for who in item.authors),
            "approved_by": ",".join(_staff_id(who) for who in item.reviewers),
            "caption": REMARK,
        }
        for item in listed(company, CAMPAIGNS, at_ms)
    ]
    pq.write_table(pa.Table.from_pylist(rows, _EXPORTED), path)


def _email(company: Company, person_id: str | None, item: Item) -> str:
    """The address a person had at the end of the work, some in capitals."""
    if person_id is None:
        return organisation.CONTRACTOR_EMAIL
    person = company.people[organisation.person_number(person_id)]
    email = person.position(timeline.instant(item.done_ms).date()).email
    return email.title() if person.number % 4 == 0 else email


def _staff_id(person_id: str | None) -> str:
    """The studio's own id of somebody."""
    return f"ST-{person_id}" if person_id else "guest"


def links(company: Company) -> Sequence[Link]:
    """What HR vouches for: the studio's ids."""

    def link(person: Person) -> Link:
        return Link(
            FOLDER, _staff_id(person.person_id), person.person_id, "directory_id",
            "the studio's list of staff", person.positions[0].valid_from,
            person.last_day,
        )  # fmt: skip

    team = CAMPAIGNS.team
    return [link(p) for p in company.people if p.positions[0].team == team]


def settings(url: str, folder: Path) -> Mapping[str, Any]:
    """Both files, and the Jira project of the product team."""
    target = folder / FOLDER
    return {
        "starts_on": timeline.FIRST_DAY,
        "files": [
            {
                "feed": CONSULTING.feed,
                "files": f"{target}/{LIST}",
                "time_zone": CONSULTING.zone,
                "rating_scale": _scale(CONSULTING),
                "mapping": {
                    "item_id": "Deliverable",
                    "item_kind": "Type",
                    "project": "Engagement",
                    "client": "Client",
                    "started_at": "Start",
                    "delivered_at": "Handed over",
                    "returned_n": "Rework rounds",
                    "last_returned_at": "Last rework",
                    "rating": "Score",
                    "authors": "Team",
                    "reviewers": "Second pair of eyes",
                },
            },
            {
                "feed": CAMPAIGNS.feed,
                "files": f"{target}/{EXPORT}",
                "format": "parquet",
                "people_separator": ",",
                "rating_scale": _scale(CAMPAIGNS),
                "mapping": {
                    "item_id": "asset_id",
                    "item_kind": "asset_type",
                    "project": "campaign",
                    "started_at": "briefed_at",
                    "delivered_at": "published_at",
                    "returned_n": "sent_back_n",
                    "last_returned_at": "sent_back_at",
                    "rating": "score",
                    "authors": "made_by",
                    "reviewers": "approved_by",
                },
            },
        ],
        "jira": [
            {
                "feed": JIRA_FEED,
                "site": "works",
                "project": "JUN",
                # The site shows statuses in German; one is named by its id.
                "started": ["In Arbeit"],
                "delivered": ["10192"],
                "issue_types": list(JIRA_TYPES),
            }
        ],
    }


def _scale(portfolio: Portfolio) -> dict[str, int]:
    return {"lowest": portfolio.lowest, "highest": portfolio.highest}


def expected(company: Company, at: datetime, window: Window) -> Controls:
    """Control sums of every table, as it stands at an instant."""
    at_ms = timeline.epoch_ms(at)
    held = [
        item
        for portfolio in (CONSULTING, CAMPAIGNS)
        for item in listed(company, portfolio, at_ms)
    ]
    ratings = [item.rating_at(at_ms) or 0 for item in held]
    named = [len(item.authors) + len(item.reviewers) for item in held]
    return {
        "feeds": {"rows": 3},
        "meanings": {"rows": 2 + len(JIRA_TYPES)},
        "items": {
            "rows": len(held),
            "returned_n": sum(item.returned_n(at_ms) for item in held),
            "rating": Decimal(sum(ratings)),
        },
        "people": {"rows": sum(named)},
    }


VENDOR = SimulatedVendor(
    source="deliverables",
    settings=settings,
    secrets={},
    expected=expected,
    write=write,
    links=links,
)

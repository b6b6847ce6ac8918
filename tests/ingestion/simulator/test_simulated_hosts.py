"""The simulated code hosts tell of the same work as Git and the planted truth."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ingestion.clock import FixedClock
from ingestion.connector import Surroundings
from ingestion.simulator import PRESENT, Company, repository, serving, timeline
from ingestion.simulator.hosting.places import account_number, atlassian_account
from ingestion.simulator.truth import Truth
from ingestion.simulator.vendor import vendors
from ingestion.sources import connector, git

SINCE = PRESENT - timedelta(days=20)
HOSTS = ("github", "gitlab", "bitbucket")
NAMES = {  # the tables of requests and of reviews, the id, and kinds that are reviews
    "github": ("pull_requests", "reviews", "pull_request_id", "state"),
    "gitlab": ("merge_requests", "notes", "merge_request_id", "note_kind"),
    "bitbucket": ("pull_requests", "activities", "pull_request_id", "activity_kind"),
}
SAID = {"approved", "changes_requested", "commented"}


@pytest.fixture(scope="module")
def company() -> Company:
    return Company()


@pytest.fixture(scope="module")
def url(company: Company) -> Iterator[str]:
    with serving(company) as address:
        yield address


def rows(url: str, source: str, table: str) -> list[dict[str, Any]]:
    """What a feed reads of the last weeks."""
    (vendor,) = (each for each in vendors() if each.source == source)
    found = connector(source)
    settings = found.settings.model_validate(vendor.settings(f"{url}/{source}", Path()))
    around = Surroundings(
        FixedClock(PRESENT), lambda name: vendor.secrets[name], Path(), lambda _: None
    )
    (feed,) = (each for each in found.feeds if each.table.name == table)
    pages = feed.read(found.connect(settings, around), lambda *_: SINCE)
    return [
        dict(zip(page.columns, row, strict=True))
        for page in pages
        for row in zip(*page.columns.values(), strict=True)
    ]


def persons(company: Company, source: str) -> dict[str, str]:
    """The person of each account."""
    now = timeline.epoch_ms(PRESENT)
    return {
        atlassian_account(company, person, now)
        if source == "bitbucket"
        else str(account_number(person)): person.person_id
        for person in company.people
    }


@pytest.mark.parametrize("source", HOSTS)
def test_reviews_are_those_that_were_planted(
    url: str, company: Company, source: str
) -> None:
    requests, reviews, id_, kind = NAMES[source]
    recent = {
        row[id_]: row
        for row in rows(url, source, requests)
        if row["created_at"] >= SINCE
    }
    who = persons(company, source)
    said: set[tuple[str | None, str, int]] = set()
    for row in rows(url, source, reviews):
        request = recent.get(row[id_])
        account = next(
            row[name]
            for name in ("reviewer_account_id", "author_account_id", "account_id")
            if name in row
        )
        if (
            request is not None
            and row[kind].lower() in SAID
            and account in who
            and account != request["author_account_id"]
        ):
            said.add((who[account], request["repository"], request["number"]))
    truth = Truth(company).as_served(PRESENT).reviews.to_pylist()
    planted = {
        (row["person_id"], row["repository"], row["number"])
        for row in truth
        if row["source"] == source and row["created_at"].replace(tzinfo=UTC) >= SINCE
    }
    assert planted
    assert said == planted


@pytest.mark.parametrize("source", HOSTS)
def test_a_merge_is_a_commit_of_the_repository(
    url: str, company: Company, source: str, tmp_path: Path
) -> None:
    merged = [row for row in rows(url, source, NAMES[source][0]) if row["merge_sha"]]
    assert merged
    at_ms = timeline.epoch_ms(PRESENT)
    for name in {row["repository"] for row in merged}:
        path = tmp_path / f"{name}.git"
        repository.write(company.seed, company.changes, name, path, at_ms)
        history = git.read(git.Repository(name, str(path), None), None, tmp_path)
        mainline = {
            sha for page in history.commits for sha in page.columns["mainline_sha"]
        }
        shas = {row["merge_sha"] for row in merged if row["repository"] == name}
        length = max(map(len, shas))
        assert shas <= {sha[:length] for sha in mainline}


def test_of_every_host_something_is_open_a_draft_and_of_a_machine(url: str) -> None:
    for source in HOSTS:
        found = rows(url, source, NAMES[source][0])
        assert {row["state"].lower()[:4] for row in found} >= {"open"}
        assert any(row["author_kind"] != "human" for row in found)
        assert all(isinstance(row["created_at"], datetime) for row in found)

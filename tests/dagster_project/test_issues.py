"""A Jira site from its pages to the lake, run after run: nothing is lost."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
import requests
import yaml

from ingestion.configuration import configuration
from ingestion.errors import Misconfigured
from ingestion.simulator import PRESENT, Company, serving, timeline
from ingestion.simulator.files import (
    JIRA_ACCESS_TOKEN,
    JIRA_API_TOKEN,
    JIRA_EMAIL,
    STORY_POINTS_FIELD,
)
from ingestion.simulator.jira.events import LONG_HISTORY
from ingestion.simulator.jira.histories import Record, records
from ingestion.simulator.jira.visibility import LOST_AT, LOST_PROJECT, RETURNED_AT
from ingestion.simulator.jira.worklogs import worklogs
from ingestion.sources.jira import tables
from ingestion.table import Table

EDITIONS = {
    "cloud": {"base_url": "/jira", "token_env": "JIRA_API_TOKEN"},
    "data_center": {"base_url": "/jira_data_center", "token_env": "JIRA_ACCESS_TOKEN"},
}
# What a test that is about issues need not pull.
OTHERS = ("worklogs", "satisfactions", "development_links", "boards", "sprints")


class Site:
    """A simulated site, and the home that it is pulled into."""

    def __init__(self, url: str, home: Path, edition: str, **settings: Any) -> None:
        self.url, self.home = url, home
        where = EDITIONS[edition]
        self.settings = {
            "site": "works",
            "deployment": edition,
            **where,
            "base_url": url + where["base_url"],
            "story_points_field": STORY_POINTS_FIELD,
            **settings,
        }

    def pull(self, present: datetime, *left_out: str) -> None:
        """Every table of Jira at a present."""
        from dagster_project.defs import raw
        from dagster_project.resources import resources

        body = {"present": present.isoformat()}
        requests.post(f"{self.url}/_simulator/clock", json=body, timeout=60)
        content = {**body, "sources": {"jira": [self.settings]}}
        (self.home / "tokenworth.yaml").write_text(yaml.safe_dump(content))
        assets = [
            raw.boards, raw.sprints, raw.fields, raw.projects, raw.jira_history,
            raw.worklogs, raw.satisfactions, raw.development_links,
        ]  # fmt: skip
        chosen = [a for a in assets if not {k.path[-1] for k in a.keys} & {*left_out}]
        wanted = ("workspace", "jira")
        given = {name: each for name, each in resources().items() if name in wanted}
        assert dg.materialize(chosen, resources=given).success

    def rows(self, table: Table) -> list[dict[str, Any]]:
        """The rows in force, tombstones included."""
        from dagster_project.workspace import workspace

        return workspace().lake.current(table).to_pylist()

    def read_whole(self) -> dict[str, datetime]:
        """When each issue of the site was last updated, asked anew."""
        from dagster_project.resources import jira_api
        from ingestion.configuration import JiraSite
        from ingestion.sources import jira

        site = JiraSite.model_validate(self.settings)
        api, choice = jira_api(site), jira.FieldChoice(None, (), ())
        return {
            issue: updated
            for page in jira.issues(api, "works", choice, None, site.projects)
            for issue, updated in zip(
                page.columns["issue_id"], page.columns["updated_at"], strict=True
            )
        }


@pytest.fixture(scope="module")
def company() -> Company:
    return Company()


@pytest.fixture(scope="module")
def long(company: Company) -> Record:
    """The issue with the longest history."""
    return max(records(company), key=lambda record: len(record.histories))


@pytest.fixture
def url(company: Company) -> Iterator[str]:
    with serving(company) as address:
        yield address


@pytest.fixture(params=list(EDITIONS))
def edition(request: pytest.FixtureRequest) -> str:
    """Either Jira."""
    return request.param


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, with the secrets of both sites in the environment."""
    for name, value in {
        "TOKENWORTH_HOME": str(tmp_path),
        "TOKENWORTH_CONFIG": str(tmp_path / "tokenworth.yaml"),
        "JIRA_EMAIL": JIRA_EMAIL,
        "JIRA_API_TOKEN": JIRA_API_TOKEN,
        "JIRA_ACCESS_TOKEN": JIRA_ACCESS_TOKEN,
    }.items():
        monkeypatch.setenv(name, value)
    return tmp_path


def test_a_history_of_fifteen_hundred_entries_arrives_whole(
    url: str, home: Path, edition: str, long: Record
) -> None:
    site = Site(url, home, edition, projects=["GRA"])
    site.pull(PRESENT, *OTHERS)
    known = [h for h in long.histories if h.at_ms <= timeline.epoch_ms(PRESENT)]
    landed = {
        (row["history_id"], row["item_ordinal"])
        for row in site.rows(tables.CHANGELOG_ITEMS)
        if row["issue_id"] == str(long.issue.issue_id)
    }
    assert landed == {
        (str(history.history_id), place)
        for history in known
        for place in range(len(history.items))
    }
    assert len(known) > LONG_HISTORY
    first = min(landed, key=lambda key: int(key[0]))
    assert first == (str(known[0].history_id), 0)


def test_a_reader_in_another_time_zone_loses_no_update(
    url: str, home: Path, edition: str, long: Record
) -> None:
    """Berlin is ahead of UTC, Los Angeles behind; an app touches one issue hourly."""
    site = Site(url, home, edition, projects=["GRA"], boards=False)
    start = timeline.instant(long.histories[len(long.histories) // 2].at_ms)
    for step in range(13):
        site.pull(start + timedelta(minutes=25 * step), *OTHERS)
        landed = {
            row["issue_id"]: row["updated_at"] for row in site.rows(tables.ISSUES)
        }
        assert landed == site.read_whole()
    touched = [h for h in long.histories if start <= timeline.instant(h.at_ms)][:5]
    entries = {row["history_id"] for row in site.rows(tables.CHANGELOG_ITEMS)}
    assert {str(history.history_id) for history in touched} <= entries


def test_moved_deleted_and_hidden_are_told_apart(
    url: str, home: Path, edition: str, company: Company
) -> None:
    doomed = [i for i in company.issues if i.deleted_ms > timeline.epoch_ms(PRESENT)]
    projects = sorted({LOST_PROJECT, "DEL", *(i.project for i in doomed)})
    site = Site(url, home, edition, boards=False, projects=projects)
    site.pull(PRESENT, *OTHERS)
    assert site.rows(tables.ISSUE_ABSENCES) == []
    moved = [i for i in company.issues if i.moved_to]
    landed = {row["issue_id"]: row for row in site.rows(tables.ISSUES)}
    assert {landed[str(i.issue_id)]["project_key"] for i in moved} == {"DEL"}

    site.pull(LOST_AT + timedelta(hours=5), *OTHERS)
    absences = site.rows(tables.ISSUE_ABSENCES)
    assert {row["absence"] for row in absences} == {"hidden"}
    landed = {row["issue_id"]: row for row in site.rows(tables.ISSUES)}
    hidden = {row["issue_id"] for row in absences}
    assert hidden == {
        one for one, row in landed.items() if row["project_key"] == LOST_PROJECT
    }
    assert all(landed[one]["removed_at"] is None for one in hidden)

    later = PRESENT + timedelta(days=6)
    site.pull(later, *OTHERS)
    deleted = {str(i.issue_id) for i in doomed}
    absences = site.rows(tables.ISSUE_ABSENCES)
    there = {
        row["issue_id"]: row["absence"] for row in absences if row["removed_at"] is None
    }
    assert there == dict.fromkeys(deleted, "gone")
    assert len(deleted) == 3
    landed = {row["issue_id"]: row for row in site.rows(tables.ISSUES)}
    gone = {one for one, row in landed.items() if row["removed_at"] is not None}
    assert gone == deleted
    # What changed in the project while it was hidden is there too.
    listed = {one: row["updated_at"] for one, row in landed.items() if one not in gone}
    assert listed == site.read_whole()
    assert any(
        PRESENT <= at.replace(tzinfo=PRESENT.tzinfo) < RETURNED_AT
        for one, at in listed.items()
        if landed[one]["project_key"] == LOST_PROJECT
    )


def test_an_issue_that_left_the_configured_projects_is_no_deletion(
    url: str, home: Path, edition: str, company: Company
) -> None:
    moved = max((i for i in company.issues if i.moved_to), key=lambda i: i.moved_ms)
    site = Site(url, home, edition, projects=["ATL"], boards=False)
    at = timeline.instant(moved.moved_ms)
    site.pull(at - timedelta(milliseconds=1), *OTHERS)
    site.pull(at + timedelta(milliseconds=1), *OTHERS)
    issue_id = str(moved.issue_id)
    absent = {row["issue_id"]: row for row in site.rows(tables.ISSUE_ABSENCES)}
    assert absent[issue_id]["absence"] == "moved_away"
    projects = {
        row["project_key"]: row["project_id"] for row in site.rows(tables.PROJECTS)
    }
    assert absent[issue_id]["moved_to_project_id"] == projects["DEL"]
    landed = {row["issue_id"]: row for row in site.rows(tables.ISSUES)}
    assert landed[issue_id]["removed_at"] is None


def test_a_project_that_is_named_later_is_read_whole(
    url: str, home: Path, edition: str
) -> None:
    site = Site(url, home, edition, projects=["MEA"], boards=False)
    site.pull(PRESENT, *OTHERS)
    site.settings["projects"] = ["MEA", "ISL"]
    site.pull(PRESENT + timedelta(hours=1), *OTHERS)
    landed = {row["issue_id"]: row["updated_at"] for row in site.rows(tables.ISSUES)}
    assert landed == site.read_whole()
    keys = {row["project_key"] for row in site.rows(tables.ISSUES)}
    assert keys == {"MEA", "ISL"}
    items = {row["issue_id"] for row in site.rows(tables.CHANGELOG_ITEMS)}
    of_later = {
        row["issue_id"]
        for row in site.rows(tables.ISSUES)
        if row["project_key"] == "ISL"
    }
    assert items & of_later


def test_worklogs_follow_changes_and_removals(
    url: str, home: Path, edition: str, company: Company
) -> None:
    site = Site(url, home, edition, projects=["KES"], boards=False)
    now = timeline.epoch_ms(PRESENT)
    known = [w for w in worklogs(company) if w.created_ms <= now - 60_000]
    removed = max(known, key=lambda w: w.removed_ms and w.removed_ms - w.created_ms)
    for at_ms in (removed.created_ms, removed.removed_ms):
        site.pull(timeline.instant(at_ms) + timedelta(minutes=2), *OTHERS[1:])
    (row,) = [
        row
        for row in site.rows(tables.WORKLOGS)
        if row["worklog_id"] == str(removed.worklog_id)
    ]
    assert row["removed_at"] is not None
    site.pull(PRESENT, *OTHERS[1:])
    shown = {
        str(w.worklog_id): w for w in known if w.is_there(now) and not w.is_restricted
    }
    landed = {row["worklog_id"]: row for row in site.rows(tables.WORKLOGS)}
    assert {one for one, row in landed.items() if row["removed_at"] is None} == {*shown}
    for one, worklog in shown.items():
        row = landed[one]
        assert row["seconds"] == worklog.seconds
        assert row["issue_id"] == str(worklog.issue_id)
        ms = worklog.changed_ms(now)
        assert row["updated_at"] == timeline.instant(ms).replace(tzinfo=None)


def test_sprints_answers_and_links_land_beside_their_issues(
    url: str, home: Path, edition: str, company: Company
) -> None:
    site = Site(url, home, edition, projects=["ATL", "KES"], development=["GitHub"])
    at = timeline.instant(timeline.midnight_ms(60))
    site.pull(at, "worklogs")
    sprints = {row["sprint_id"]: row for row in site.rows(tables.SPRINTS)}
    named = {
        sprint
        for row in site.rows(tables.ISSUES)
        for sprint in (row["sprint_ids"] or "").split(",")
        if sprint
    }
    assert named <= set(sprints)
    assert {row["state"] for row in sprints.values()} == {"closed", "active", "future"}
    assert all(
        (row["completed_at"] is not None) == (row["state"] == "closed")
        for row in sprints.values()
    )
    rated = {
        str(record.issue.issue_id): record.rating
        for record in records(company)
        if 0 < record.rated_ms <= timeline.epoch_ms(at)
    }
    answers = {
        row["issue_id"]: row["rating"] for row in site.rows(tables.SATISFACTIONS)
    }
    assert answers == rated
    assert len(rated) > 20
    issues = {row["issue_id"] for row in site.rows(tables.ISSUES)}
    merged = {
        (str(change.issue_id), f"works/{change.repository}#{change.number}")
        for change in company.changes
        if str(change.issue_id) in issues and change.merged_ms <= timeline.epoch_ms(at)
    }
    links = site.rows(tables.DEVELOPMENT_LINKS)
    assert {(row["issue_id"], row["identifier"]) for row in links} == merged
    assert {row["link_kind"] for row in links} == {"pull_request"}


def test_two_sites_of_one_name_are_refused(home: Path) -> None:
    site = {"site": "works", "base_url": "https://works.example"}
    place = home / "tokenworth.yaml"
    place.write_text(yaml.safe_dump({"sources": {"jira": [site, site]}}))
    with pytest.raises(Misconfigured, match="several Jira sites are named works"):
        configuration(place)


def test_boards_that_disagree_stop_the_fields_and_name_the_setting(
    url: str, home: Path
) -> None:
    site = Site(url, home, "cloud", story_points_field=None)
    with pytest.raises(
        dg.Failure, match=r"customfield_10016 .* customfield_10026"
    ) as why:
        site.pull(PRESENT, "issues", "worklogs", "satisfactions", "development_links")
    assert "customfield_10016 (Story point estimate)" in str(why.value)
    assert "field story_points_field" in str(why.value)
    assert "set it to the one that your boards use" in str(why.value)

"""Real input: recorded Jira answers, a real Git repository, no AI vendor."""

import csv
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.end_to_end.installing import Installation, installation
from tests.recorded_jira import (
    DATA,
    EMAIL,
    STORY_POINTS_FIELD,
    TOKEN,
    RecordedJira,
    expected_changelog_items,
    expected_issues,
    is_there,
    serving,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not is_there(DATA),
        reason="the recorded Jira answers are not beside the project",
    ),
]
REAL_REPOSITORY = os.environ.get("TOKENWORTH_REAL_REPOSITORY")
PEOPLE = [
    "person_id",
    "full_name",
    "email",
    "manager_id",
    "team",
    "role",
    "level",
    "work_type",
    "location",
    "entity",
    "fte",
    "valid_from",
    "valid_to",
]
OTHER_FILES = {
    "accounts": "source,account,person_id,method,evidence,valid_from,valid_to",
    "key_owners": (
        "source,api_key_id,purpose,owner_person_id,cost_pool,evidence,"
        "valid_from,valid_to"
    ),
    "absences": "person_id,absent_fraction,valid_from,valid_to",
    "holidays": "location,holiday_date,working_fraction",
    "locations": "location,weekend_days,known_from,known_to",
}


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation that has run once over real input only."""
    folder = tmp_path_factory.mktemp("real")
    repository = Path(REAL_REPOSITORY) if REAL_REPOSITORY else _small_repository(folder)
    _write_people(folder / "people", repository)
    with serving(RecordedJira(DATA)) as served:
        _write_configuration(folder, repository, served.url)
        made = installation(
            folder / "home",
            TOKENWORTH_CONFIG=str(folder / "tokenworth.yaml"),
            JIRA_EMAIL=EMAIL,
            JIRA_API_TOKEN=TOKEN,
        )
        ended = made.tokenworth("run")
        assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr[-3000:]
        yield made


def test_recorded_issues_reach_core_with_the_expected_values(
    real: Installation,
) -> None:
    found = {
        row[0]: row[1:]
        for row in real.warehouse(
            "select issue_key, issue_id, status_name, story_points, created_at, "
            "resolved_at, lead_time_minutes from core.fct_issue"
        )
    }
    expected = expected_issues(DATA)
    assert len(found) == len(expected) == 30
    compared = (
        "issue_id", "status_name", "story_points", "created_at", "resolved_at",
    )  # fmt: skip
    for issue in expected:
        *values, minutes = found[issue["issue_key"]]
        assert values == [issue[name] for name in compared]
        # DevLake writes 0 minutes for an open issue; here that is unknown.
        assert minutes == (issue["lead_time_minutes"] if issue["resolved_at"] else None)


def test_recorded_issues_reach_staging_with_the_expected_values(
    real: Installation,
) -> None:
    names = [name for name in expected_issues(DATA)[0] if name != "lead_time_minutes"]
    found = real.warehouse(f"select {', '.join(names)} from staging.stg_jira__issues")
    expected = [tuple(issue[name] for name in names) for issue in expected_issues(DATA)]
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_recorded_changelog_items_all_arrive(real: Installation) -> None:
    found = set(
        real.warehouse(
            "select history_id, field, from_string, to_string "
            "from staging.stg_jira__changelog_items"
        )
    )
    texts = {"summary", "description"}  # of these the fact is kept, never the text
    expected = {
        (item["history_id"], item["field"], item["from_string"], item["to_string"])
        for item in expected_changelog_items(DATA)
        if item["field"] not in texts
    }
    assert len(expected) > 600
    assert expected <= found


def test_line_totals_equal_an_independent_reading(real: Installation) -> None:
    pygit2 = pytest.importorskip("pygit2", reason="pygit2 is the independent oracle")
    from ingestion.sources.git import Repository, read

    config = yaml.safe_load(
        Path(real.environment["TOKENWORTH_CONFIG"]).read_text(encoding="utf-8")
    )
    location = config["sources"]["git"]["repositories"][0]["location"]
    history = read(Repository("real", location), None, real.home, find_renames=False)
    ours = [0, 0]
    for page in history.file_changes:
        ours[0] += sum(n or 0 for n in page.columns["added_lines"])
        ours[1] += sum(n or 0 for n in page.columns["deleted_lines"])
    assert ours == _totals(pygit2, location)


def test_ai_usage_is_not_connected_and_never_zero(real: Installation) -> None:
    rows = real.select(
        "review",
        "select distinct status, withheld_reason, value from fct_person_figure "
        "where measure in ('list_cost_usd', 'output_tokens')",
    )
    assert rows
    assert {row[0] for row in rows} == {"withheld"}
    assert {row[2] for row in rows} == {None}
    assert "not_connected" in {row[1] for row in rows}
    status = real.status()
    connected = {row["source"]: row["is_connected"] for row in status["coverage"]}
    assert connected["anthropic"] is False
    assert connected["jira"] is True


def _small_repository(folder: Path) -> Path:
    """A few commits by two people, where no real repository is named."""
    place = folder / "app"
    place.mkdir()
    _git(place, "init", "-q", "-b", "main")
    for n in range(40):
        (place / f"module_{n % 7}.py").write_text("\n".join(str(i) for i in range(n)))
        author = f"Author {n % 2} <author{n % 2}@people.example>"
        _git(place, "add", "-A")
        date = f"2021-03-{1 + n % 28:02d}T10:00:00+0000"
        _git(
            place,
            "commit",
            "-q",
            "-m",
            f"Change {n}",
            "--author",
            author,
            "--date",
            date,
        )
    return place


def _git(place: Path, *arguments: str) -> str:
    identity = {
        "GIT_COMMITTER_NAME": "c",
        "GIT_COMMITTER_EMAIL": "c@people.example",
        "GIT_COMMITTER_DATE": "2021-03-30T10:00:00+0000",
    }
    return subprocess.run(
        ["git", "-C", str(place), *arguments],
        env=os.environ | identity,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def _write_people(folder: Path, repository: Path) -> None:
    """A people file made from the repository's authors, and the recorded assignees."""
    folder.mkdir()
    log = _git(repository, "log", "--format=%ae").lower().splitlines()
    emails = sorted({email for email in log if "@" in email and "noreply" not in email})
    assignees = sorted(
        {i["assignee_account_id"] for i in expected_issues(DATA)} - {None, ""}
    )
    people = [
        *((f"g{n:04}", f"Author {n}", email) for n, email in enumerate(emails)),
        *(
            (f"j{n:04}", f"Assignee {n}", f"assignee{n}@people.example")
            for n, _ in enumerate(assignees)
        ),
    ]
    rows = [
        [key, name, email, "", f"team-{n % 5}", "engineer", "senior", "product",
         "anywhere", "example-org", "1.0", "2020-01-01", ""]
        for n, (key, name, email) in enumerate(people)
    ]  # fmt: skip
    _write(folder / "people.csv", PEOPLE, rows)
    links = [
        ["jira", account, f"j{n:04}", "directory_id", "recorded", "2020-01-01", ""]
        for n, account in enumerate(assignees)
    ]
    for name, header in OTHER_FILES.items():
        body = {
            "accounts": links,
            "locations": [["anywhere", "6,7", "2019-01-01", "2030-12-31"]],
        }.get(name, [])
        _write(folder / f"{name}.csv", header.split(","), body)


def _write(path: Path, header: list[str], rows: list[list[str]]) -> None:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def _write_configuration(folder: Path, repository: Path, jira: str) -> None:
    references = {"notice_ref": "n", "agreement_ref": "a", "dpia_ref": "d"}
    content = {
        "present": "2026-04-15T06:00:00Z",
        "organisation": {
            "name": "Real input",
            "outcomes_start": "2020-01-01",
            "entities": [{"entity": "example-org", "mode": "person", **references}],
        },
        "people": {"folder": "people"},
        "sources": {
            "jira": [
                {
                    "site": "recorded",
                    "base_url": jira,
                    "starts_on": "2020-01-01",
                    "story_points_field": STORY_POINTS_FIELD,
                }
            ],
            "git": {
                "starts_on": "2020-01-01",
                "repositories": [{"repository": "real", "location": str(repository)}],
            },
        },
    }
    (folder / "tokenworth.yaml").write_text(yaml.safe_dump(content))


def _totals(pygit2: object, location: str) -> list[int]:
    """Added and deleted lines of all commits that are no merges, renames off."""
    repository = pygit2.Repository(location)  # type: ignore[attr-defined] # optional import
    totals = [0, 0]
    for commit in repository.walk(repository.head.target):
        if len(commit.parents) > 1:
            continue
        if commit.parents:
            diff = repository.diff(commit.parents[0], commit)
        else:
            diff = commit.tree.diff_to_tree(swap=True)
        totals[0] += diff.stats.insertions
        totals[1] += diff.stats.deletions
    return totals

"""The repositories are real, always the same, and hold what the truth says."""

from pathlib import Path

import pytest
from git_history import Commit, brought, git, history, mainline

from ingestion.simulator import PRESENT, Company, Truth, repository, timeline
from ingestion.simulator.accounts import links
from ingestion.simulator.change import BOT_EMAIL, MERGING, REPOSITORIES

NOW = timeline.epoch_ms(PRESENT)
Histories = dict[str, dict[str, Commit]]


@pytest.fixture(scope="module")
def folder(written: Path) -> Path:
    return written / "repositories"


@pytest.fixture(scope="module")
def histories(folder: Path) -> Histories:
    return {name: history(folder / f"{name}.git") for name in REPOSITORIES}


def test_git_finds_nothing_wrong(folder: Path) -> None:
    for name in REPOSITORIES:
        git(folder / f"{name}.git", "fsck", "--strict", "--no-dangling")


def test_there_are_thousands_of_commits(histories: Histories) -> None:
    assert 7_500 < sum(len(found) for found in histories.values()) < 11_000


def test_the_same_seed_gives_the_same_shas(
    company: Company, folder: Path, tmp_path: Path
) -> None:
    again = tmp_path / "tooling"
    repository.write(company.seed, Company().changes, "tooling", again, NOW)
    tips = {git(path, "rev-parse", "main") for path in (again, folder / "tooling.git")}
    assert len(tips) == 1


def test_a_later_present_adds_commits_and_changes_none(
    company: Company, folder: Path, tmp_path: Path
) -> None:
    later = tmp_path / "tooling"
    end = timeline.midnight_ms(timeline.DAYS)
    repository.write(company.seed, company.changes, "tooling", later, end)
    tip = git(folder / "tooling.git", "rev-parse", "main").strip()
    git(later, "merge-base", "--is-ancestor", tip, "main")
    assert git(later, "rev-parse", "main").strip() != tip


def test_only_one_repository_merges(histories: Histories) -> None:
    for name, commits in histories.items():
        has_merges = any(len(commit.parents) > 1 for commit in commits.values())
        assert has_merges is (name == MERGING)


def test_the_mainline_is_the_plan(
    folder: Path, histories: Histories, company: Company
) -> None:
    for name, commits in histories.items():
        planned = [
            c for c in company.changes if c.repository == name and c.merged_ms <= NOW
        ]
        steps = mainline(folder / f"{name}.git", commits)
        assert len(steps) == len(planned)
        for change, step in zip(planned, steps, strict=True):
            messages = "".join(part.message for part in brought(step, commits))
            if change.kind == "revert":
                assert "This reverts commit" in messages
            elif change.issue_key:
                assert change.issue_key in messages


def persons_by_email(company: Company) -> dict[str, str]:
    known = {
        link.account.lower(): link.person_id
        for link in links(company.people, company.jira_accounts, company.members)
        if link.source == "git"
    }
    for person in company.people:
        known |= {p.email: person.person_id for p in person.positions}
    return known


def test_authors_of_commits_are_those_the_truth_credits(
    folder: Path, histories: Histories, company: Company, truth: Truth
) -> None:
    persons = persons_by_email(company)
    credited: dict[tuple[str, int], set[str | None]] = {}
    for row in truth.as_served(PRESENT).merged.to_pylist():
        key = (row["repository"], row["change_number"])
        credited.setdefault(key, set()).add(row["person_id"])
    for name, commits in histories.items():
        for number, step in enumerate(
            mainline(folder / f"{name}.git", commits), start=1
        ):
            known = credited.get((name, number))
            if known is not None:
                assert eligible(step, commits, persons) == known


def eligible(
    step: Commit, commits: dict[str, Commit], persons: dict[str, str]
) -> set[str | None]:
    """Authors of a tenth of the lines or more, and co-authors who are no tools."""
    parts = list(brought(step, commits))
    lines: dict[str, int] = {}
    for part in parts:
        lines[part.email] = lines.get(part.email, 0) + part.lines
    total = sum(lines.values())
    emails = [email for email, count in lines.items() if count * 10 >= total]
    emails += [email for part in parts for email in part.co_authors]
    tools = {"noreply@anthropic.com", "cursoragent@cursor.com"}
    return {persons.get(email.lower()) for email in emails if email not in tools}


def test_the_squashing_host_commits_and_is_nobody(histories: Histories) -> None:
    committers = {c.committer for c in histories["platform"].values()}
    assert committers == {"GitHub", "works-ci"}


def test_trailers_stand_in_the_middle_and_twice(
    folder: Path, histories: Histories
) -> None:
    whole = sum(len(c.co_authors) for c in histories["platform"].values())
    last = git(folder / "platform.git", "log", "main",
               "--format=%(trailers:key=Co-authored-by)")  # fmt: skip
    assert 0.3 < last.lower().count("co-authored-by:") / whole < 0.8
    assert any(
        len(c.co_authors) > len(set(c.co_authors))
        for c in histories["platform"].values()
    )


def test_reverts_name_commits_of_the_branch(histories: Histories) -> None:
    found = 0
    for commits in histories.values():
        for commit in commits.values():
            _, marker, rest = commit.message.partition("This reverts commit ")
            if marker:
                assert rest.split(".")[0] in commits
                found += 1
    assert found > 50


def test_all_kinds_of_paths_are_there(histories: Histories) -> None:
    changes = [f for c in histories["platform"].values() for f in c.files]
    paths = {path for _, _, path in changes}
    assert {"package-lock.json", "schema/messages_pb2.py", ".gitattributes"} <= paths
    assert any(path.startswith("vendor/") for path in paths)
    assert any(path.endswith("Übersicht Größen.md") for path in paths)
    assert any(" => " in path for path in paths)
    assert any(added == "-" for added, _, path in changes)


def test_bots_and_strangers_commit_too(histories: Histories) -> None:
    emails = {c.email for found in histories.values() for c in found.values()}
    assert {BOT_EMAIL, "ci@works.example", "zu.mirkwick@freelance.example"} <= emails


def test_one_person_commits_under_several_addresses(
    histories: Histories, company: Company
) -> None:
    persons = persons_by_email(company)
    used: dict[str, set[str]] = {}
    for commits in histories.values():
        for commit in commits.values():
            person = persons.get(commit.email.lower())
            if person:
                used.setdefault(person, set()).add(commit.email)
    assert {"old" in email for email in used["P024"]} == {True, False}
    assert any(email != email.lower() for email in used["P024"])
    assert sum(len(emails) > 1 for emails in used.values()) >= 4


def test_issue_keys_stand_in_most_subjects(histories: Histories) -> None:
    human = [
        c
        for c in histories["platform"].values()
        if c.email not in {BOT_EMAIL, "ci@works.example"}
    ]
    keyed = sum("-" in c.message.split("\n")[0].split("(#")[0] for c in human)
    assert 0.7 < keyed / len(human) < 1
    assert any("UTF-8" in c.message or "utf-8" in c.message for c in human)

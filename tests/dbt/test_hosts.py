"""Pull requests, commits and reviews of three hosts in the same words, by hand."""

from datetime import datetime
from typing import Any

import parquet_lake
import pytest
import small_company
from small_company import Row, at, mail
from warehouse import World

pytestmark = pytest.mark.slow
SELECT = (
    "+int_pull_requests_collected +int_pull_request_commits_collected "
    "+int_reviews_collected +int_accounts_resolved"
)
SHA = {name: name * 40 for name in "abc"}


def request(**said: Any) -> Row:
    """What every host's pull requests have."""
    return {
        "repository": "app",
        "number": 1,
        "author_kind": "human",
        "is_draft": False,
        "is_revert": False,
        "created_at": at(5, 4),
        "updated_at": at(5, 6),
        **said,
    }


def rows() -> dict[str, Any]:
    """The people of the small company, and a few pull requests of each host."""
    base = small_company.rows()
    mainline = [
        {"repository": "app", "commit_sha": sha, "mainline_sha": sha, "parents": 1}
        for sha in SHA.values()
    ]
    jira_users = [{"site": "main", "account_id": "atl-4", "email": mail("alpha-4")}]
    return {
        **base,
        "git/commits": [*base["git/commits"], *mainline],
        "jira/users": jira_users,
        "people/accounts": [
            *base["people/accounts"],
            *(
                {
                    "source": source,
                    "account": account,
                    "person_id": person,
                    "method": "directory_id",
                    "valid_from": at(1, 1).date(),
                }
                for source, account, person in (
                    ("gitlab", "31", "alpha-1"),
                    ("jira", "atl-6", "alpha-6"),
                )
            ),
        ],
        **github(),
        **gitlab(),
        **bitbucket(),
    }


def github() -> dict[str, list[Row]]:
    here = {"host": "hub", "host_repository": "works/app"}
    one = {"host": "hub", "pull_request_id": "g1"}
    merged = {"state": "closed", "merged_at": at(5, 6), "closed_at": at(5, 6)}

    def review(number: int, who: str | None, state: str, **said: Any) -> Row:
        return {
            **one,
            "review_id": str(number),
            "reviewer_account_id": who,
            "reviewer_kind": "human" if who else "unknown",
            "state": state,
            "has_words": False,
            "submitted_at": at(5, 5),
            **said,
        }

    return {
        "github/pull_requests": [
            request(
                **here,
                **merged,
                pull_request_id="g1",
                author_account_id="11",
                merge_sha=SHA["a"],
            ),
            request(
                **here,
                pull_request_id="g2",
                state="open",
                number=2,
                is_draft=True,
                author_account_id=None,
                author_kind="unknown",
            ),
        ],
        "github/pull_request_sizes": [
            {
                **here,
                "number": 1,
                "added_lines": 5,
                "deleted_lines": 0,
                "changed_files": 2,
                "commits_n": 1,
                "first_marked_as": "ready",
                "first_marked_at": at(5, 5),
            }
        ],
        "github/pull_request_commits": [
            {
                **one,
                "commit_sha": "d" * 40,
                "author_account_id": "11",
                "author_email": mail("alpha-1").title(),
            }
        ],
        "github/reviews": [
            review(1, "12", "APPROVED"),
            review(2, "11", "COMMENTED", has_words=True),
            review(3, None, "APPROVED"),
            review(4, "13", "COMMENTED", reviewer_kind="bot"),
            review(5, "12", "DISMISSED"),
        ],
    }


def gitlab() -> dict[str, list[Row]]:
    here = {"host": "lab", "host_repository": "works/app"}
    one = {"host": "lab", "merge_request_id": "500"}

    def note(number: int, kind: str, day: datetime, who: str = "32") -> Row:
        return {
            **one,
            "note_id": str(number),
            "author_account_id": who,
            "author_kind": "human",
            "note_kind": kind,
            "created_at": day,
        }

    return {
        "gitlab/merge_requests": [
            request(
                **here,
                merge_request_id="500",
                state="merged",
                author_account_id="31",
                merged_at=at(5, 6),
                merge_sha=SHA["b"],
            ),
            request(**here, merge_request_id="501", state="locked", number=2),
        ],
        "gitlab/notes": [
            note(1, "draft", at(5, 4, 9)),
            note(2, "ready", at(5, 5)),
            note(3, "approved", at(5, 5, 9)),
            note(4, "unapproved", at(5, 5, 10)),
            note(5, "commented", at(5, 5, 11), who="31"),
        ],
        "gitlab/merge_request_commits": [
            {**one, "commit_sha": "e" * 40, "author_email": mail("alpha-1")}
        ],
    }


def bitbucket() -> dict[str, list[Row]]:
    one = {"host": "bucket", "pull_request_id": "{r}/1"}

    def activity(kind: str, day: datetime, who: str = "atl-4") -> Row:
        return {
            **one,
            "activity_kind": kind,
            "account_id": who,
            "account_kind": "human",
            "happened_at": day,
        }

    return {
        "bitbucket/pull_requests": [
            request(
                **one,
                host_repository="works/app",
                state="MERGED",
                author_account_id="atl-6",
                merge_sha=SHA["c"][:12],
            )
        ],
        "bitbucket/activities": [
            activity("open", at(5, 4)),
            activity("approved", at(5, 5)),
            activity("merged", at(5, 6)),
        ],
    }


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    made = World(tmp_path_factory.mktemp("hosts"))
    parquet_lake.write_lake(made.lake, rows())
    return made.built(
        "build",
        "--exclude-resource-type",
        "unit_test",
        "--indirect-selection",
        "cautious",
        "--select",
        *SELECT.split(),
    )


def requests(world: World) -> dict[str, dict[str, Any]]:
    """Pull requests by id."""
    found = world.rows("from intermediate.int_pull_requests_collected")
    return {row["pull_request_id"]: row for row in found}


def test_states_and_times_are_said_in_the_same_words(world: World) -> None:
    found = requests(world)
    assert {
        id_: (row["source"], row["state"], row["merged_at"], row["closed_at"])
        for id_, row in found.items()
    } == {
        "g1": ("github", "merged", at(5, 6), at(5, 6)),
        "g2": ("github", "open", None, None),
        "500": ("gitlab", "merged", at(5, 6), at(5, 6)),
        "501": ("gitlab", "open", None, None),
        "{r}/1": ("bitbucket", "merged", at(5, 6), at(5, 6)),
    }


def test_a_review_begins_when_it_is_first_ready(world: World) -> None:
    assert {id_: row["ready_at"] for id_, row in requests(world).items()} == {
        "g1": at(5, 5),
        "g2": None,
        "500": at(5, 4),  # opened as ready, and only then made a draft
        "501": at(5, 4),
        "{r}/1": at(5, 4),
    }


def test_a_merge_is_the_commit_of_the_branch_also_by_its_first_digits(
    world: World,
) -> None:
    found = requests(world)
    shas = {id_: row["merge_sha"] for id_, row in found.items() if row["merge_sha"]}
    assert shas == {"g1": SHA["a"], "500": SHA["b"], "{r}/1": SHA["c"]}


def test_a_size_that_no_host_counted_is_unknown_and_not_zero(world: World) -> None:
    found = requests(world)
    names = ("added_lines", "deleted_lines", "changed_files", "commits_n")
    assert [found["g1"][name] for name in names] == [5, 0, 2, 1]
    assert [found["{r}/1"][name] for name in names] == [None] * 4


def test_only_what_another_human_said_is_substantive(world: World) -> None:
    found = world.rows("from intermediate.int_reviews_collected")
    said = {
        (row["source"], row["review_id"][:8]): (row["review_kind"], row["is_substantive"])
        for row in found
    }
    assert said == {
        ("github", "1"): ("approved", True),
        ("github", "2"): ("commented", False),  # the author's own
        ("github", "3"): ("approved", False),  # of a deleted account
        ("github", "4"): ("commented", False),  # of a machine
        ("github", "5"): ("dismissed", False),
        ("gitlab", "3"): ("approved", True),
        ("gitlab", "4"): ("dismissed", False),
        ("gitlab", "5"): ("commented", False),
        ("bitbucket", "approved"): ("approved", True),
    }


def test_accounts_are_persons_by_confirmed_address_by_link_and_by_jira(
    world: World,
) -> None:
    found = world.rows(
        "select distinct source, account_id, person_id "
        "from intermediate.int_accounts_resolved "
        "where source in ('github', 'gitlab', 'bitbucket')"
    )
    assert {(r["source"], r["account_id"]): r["person_id"] for r in found} == {
        ("github", "11"): "alpha-1",
        ("github", "12"): None,
        ("gitlab", "31"): "alpha-1",
        ("gitlab", "32"): None,
        ("bitbucket", "atl-4"): "alpha-4",
        ("bitbucket", "atl-6"): "alpha-6",
    }

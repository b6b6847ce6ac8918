"""What holds of credit, weights and working time in any world that is drawn.

The models' own compiled SQL runs over rows that Hypothesis draws, put in place of what
Git, Jira, a code host and the people file said; everything else is the small company.
Numbers are those of the measurement specification's list of properties.
"""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_company import DOING, DONE, TODO, at, mail
from warehouse import World

pytestmark = pytest.mark.slow
WORLDS = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
RUN = (
    "int_change_authors_weighed", "int_mainline_changes_claimed",
    "int_changes_described", "int_pull_request_authors_named",
    "int_change_parties_weighed", "int_changes_merged", "int_issues_linked",
    "int_issue_changes_spanned", "int_issue_statuses_entered", "int_issues_timed",
    "int_authorships_found", "int_credit_parties_found", "int_credits_shared",
    "int_reviews_credited", "int_issue_points_summed", "int_point_references_frozen",
    "int_issue_weights_given", "int_person_credits_summed", "int_person_days_counted",
)  # fmt: skip
Row = dict[str, Any]
Rows = dict[str, list[Row]]
INPUTS = (
    "staging.stg_git__commits", "staging.stg_git__commit_authors",
    "staging.stg_git__file_changes", "staging.stg_jira__issues",
    "staging.stg_jira__changelog_items", "staging.stg_jira__development_links",
    "intermediate.int_pull_requests_collected",
    "intermediate.int_pull_request_commits_collected",
    "intermediate.int_reviews_collected", "intermediate.int_accounts_resolved",
    "intermediate.int_persons_spanned",
)  # fmt: skip
COMMITS, AUTHORS, CHANGES, ISSUES, HISTORY = INPUTS[:5]
PULL_REQUESTS, PULLED_COMMITS, REVIEWS, RESOLVED, PERSONS = INPUTS[6:]
PEOPLE = ("alpha-1", "alpha-2", "alpha-4", "alpha-5")
STRANGER, BOT = "somebody@elsewhere.example", "bot@company.example"
WEIGHT = 10**12  # an item of weight one


class Delivery:
    """The models of delivery over rows put in place of what the sources said."""

    def __init__(self, world: World) -> None:
        self._connection = duckdb.connect()
        self._connection.execute(f"attach '{world.warehouse}' as built (read_only)")
        self._connection.execute("attach ':memory:' as warehouse")
        self._connection.execute("copy from database built to warehouse")
        self._connection.execute("use warehouse")
        nodes = world.manifest()["nodes"].values()
        code = {n["name"]: n["compiled_code"] for n in nodes if n["name"] in RUN}
        self._code = {name: code[name] for name in RUN}
        self._columns: dict[str, dict[str, str]] = {}
        for name in INPUTS:
            described = self._connection.execute(f"describe {name}").fetchall()
            self._columns[name] = {row[0]: row[1] for row in described}
            kind = "view" if name.startswith("staging.") else "table"
            self._connection.execute(f"create table kept as from {name}")
            self._connection.execute(f"drop {kind} {name}")
            self._connection.execute(f"create table {name} as from kept limit 0")
            self._connection.execute("drop table kept")

    def made(self, rows: Mapping[str, Sequence[Row]]) -> "Delivery":
        """These models after a run over the rows; an input without rows is empty."""
        for name, columns in self._columns.items():
            self._connection.execute(f"delete from {name}")
            if not rows.get(name):
                continue
            filled = [{**dict.fromkeys(columns), **row} for row in rows[name]]
            self._connection.register("given", pa.Table.from_pylist(filled))
            chosen = ", ".join(
                f"cast({column} as {kind}) as {column}"
                for column, kind in columns.items()
            )
            self._connection.execute(f"insert into {name} select {chosen} from given")
            self._connection.unregister("given")
        for name, code in self._code.items():
            self._connection.execute(
                f"create or replace table intermediate.{name} as {code}"
            )
        return self

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql).fetchall()

    def credits(self, kind: str = "issue") -> dict[tuple[str, str, str], int]:
        """Millionths by item, rule and holder."""
        found = self.rows(
            "select item_id, credit_rule, credit_holder, credit_millionths "
            f"from intermediate.int_credits_shared where item_kind = '{kind}'"
        )
        return {row[:3]: row[3] for row in found}

    def weighted(self) -> dict[str, int]:
        """Credit times weight of each person, over all quarters."""
        found = self.rows(
            "select person_id, cast(sum(weighted_trillionths) as hugeint) "
            "from intermediate.int_person_credits_summed group by person_id"
        )
        return dict(found)


@pytest.fixture(scope="module")
def models(small: World) -> Delivery:
    return Delivery(small)


def world(commits: Sequence[Row]) -> Rows:
    """Rows of one done issue and of the changes whose commits name it."""
    rows: Rows = {name: [] for name in INPUTS}
    rows[PERSONS] = [span(person) for person in PEOPLE]
    rows[RESOLVED] = [resolved("git", mail(person), person) for person in PEOPLE]
    rows[RESOLVED] += [resolved("jira", f"jira-{p}", p) for p in PEOPLE]
    rows[RESOLVED] += [resolved("github", f"hub-{p}", p) for p in PEOPLE]
    issue(rows, "1", PEOPLE[0], None)
    for place, commit in enumerate(commits):
        write(rows, f"c{place}", commit)
    for mainline in sorted({commit["mainline"] for commit in commits}):
        write(
            rows,
            mainline,
            {
                "mainline": mainline,
                "author": mail("beta-1"),
                "lines": 0,
                "with": (),
                "parents": 2,
            },
        )
    return rows


def span(person: str, team: str = "alpha", **other: Any) -> Row:
    return {
        "person_id": person,
        "team": team,
        "location": "north",
        "publication_mode": "person",
        "fte": 1.0,
        "valid_from": date(2026, 1, 1),
        "valid_to": date(9999, 12, 31),
        **other,
    }


def resolved(source: str, account: str, person: str) -> Row:
    return {
        "source": source,
        "account_id": account,
        "person_id": person,
        "team": "alpha",
        "seen_date": date(2026, 6, 10),
    }


def issue(
    rows: Rows,
    issue_id: str,
    person: str,
    points: float | None,
    parent: str | None = None,
    month: int = 6,
) -> None:
    """An issue that somebody started and did on the tenth of the month."""
    rows[ISSUES].append(
        {
            "site": "main",
            "issue_id": issue_id,
            "issue_key": f"AB-{issue_id}",
            "issue_type_name": "Sub-task" if parent else "Story",
            "is_subtask": parent is not None,
            "parent_issue_id": parent,
            "status_id": DONE,
            "status_category_id": "3",
            "resolution_name": "Done",
            "assignee_account_id": f"jira-{person}",
            "story_points": points,
            "created_at": at(month, 1),
        }
    )
    for place, (before, after) in enumerate(((TODO, DOING), (DOING, DONE))):
        rows[HISTORY].append(
            {
                "site": "main",
                "issue_id": issue_id,
                "history_id": str(place),
                "item_ordinal": 0,
                "field": "status",
                "field_id": "status",
                "from_id": before,
                "to_id": after,
                "changed_at": at(month, 9 + place),
            }
        )


def write(rows: Rows, sha: str, commit: Row) -> None:
    """A commit with its authors and lines."""
    rows[COMMITS].append(
        {
            "repository": "app",
            "commit_sha": sha,
            "mainline_sha": commit["mainline"],
            "parents": commit.get("parents", 1),
            "issue_keys": "AB-1",
            "is_revert": False,
            "committed_at": at(6, 10),
        }
    )
    people = [
        (commit["author"], "author"),
        *((who, "co_author") for who in commit["with"]),
    ]
    rows[AUTHORS] += [
        {
            "repository": "app",
            "commit_sha": sha,
            "author_email": email,
            "author_role": role,
            "author_kind": "bot" if email == BOT else "human",
        }
        for email, role in people
    ]
    rows[CHANGES].append(
        {
            "repository": "app",
            "commit_sha": sha,
            "change_ordinal": 0,
            "added_lines": commit["lines"],
            "deleted_lines": 0,
            "path_kind": "source",
        }
    )


writers = st.sampled_from([*map(mail, PEOPLE), STRANGER])
commits = st.builds(
    lambda author, lines, with_, mainline: {
        "author": author,
        "lines": lines,
        "with": tuple(sorted(with_ - {author})),
        "mainline": f"m{mainline}",
    },
    writers,
    st.integers(1, 400),
    st.sets(writers, max_size=2),
    st.integers(1, 3),
)
histories = st.lists(commits, min_size=1, max_size=6)


@WORLDS
@given(history=histories, share=st.integers(0, 100))
def test_a_split_commit_changes_no_credit_under_any_rule(
    models: Delivery, history: list[Row], share: int
) -> None:  # 15
    kinds = ("issue", "merged_change")
    whole = models.made(world(history))
    before = [whole.credits(kind) for kind in kinds]
    lines = history[0]["lines"] * share // 100
    first = {**history[0], "lines": lines}
    second = {**history[0], "lines": history[0]["lines"] - lines}
    split = models.made(world([first, *history[1:], second]))
    assert [split.credits(kind) for kind in kinds] == before


@WORLDS
@given(history=histories)
def test_a_change_split_in_several_leaves_the_credit_of_its_issue(
    models: Delivery, history: list[Row]
) -> None:  # 15
    whole = [{**commit, "mainline": "m1"} for commit in history]
    before = models.made(world(whole)).credits()
    apart = [{**c, "mainline": f"m{place}"} for place, c in enumerate(history)]
    assert models.made(world(apart)).credits() == before


@WORLDS
@given(history=histories, order=st.randoms(use_true_random=False))
def test_the_order_of_commits_and_trailers_changes_no_credit(
    models: Delivery, history: list[Row], order: random.Random
) -> None:  # 17
    rows = world(history)
    before = models.made(rows).credits()
    for name in (COMMITS, AUTHORS, CHANGES):
        order.shuffle(rows[name])
    assert models.made(rows).credits() == before


@WORLDS
@given(history=histories, lines=st.integers(1, 10_000), mainline=st.integers(1, 4))
def test_a_bot_beside_them_takes_nothing_from_humans(
    models: Delivery, history: list[Row], lines: int, mainline: int
) -> None:  # 18
    before = models.made(world(history))
    human = (before.credits(), before.credits("merged_change"))
    bot = {"author": BOT, "lines": lines, "with": (), "mainline": f"m{mainline}"}
    after = models.made(world([*history, bot]))
    assert (after.credits(), after.credits("merged_change")) == human


@WORLDS
@given(history=histories)
def test_what_an_agent_writes_is_that_of_the_human_its_commit_names(
    models: Delivery, history: list[Row]
) -> None:
    whose, lines = mail(PEOPLE[0]), sum(commit["lines"] for commit in history)
    by_hand = {"author": whose, "lines": lines, "with": (), "mainline": "m1"}
    before = models.made(world([*history, by_hand])).credits()
    by_agent = {**by_hand, "author": BOT, "with": (whose,)}
    assert models.made(world([*history, by_agent])).credits() == before


@WORLDS
@given(history=histories, reviewers=st.sets(st.sampled_from(PEOPLE)))
def test_credit_of_every_item_is_one_and_that_of_reviews_their_reviewers(
    models: Delivery, history: list[Row], reviewers: set[str]
) -> None:  # 22
    rows = world(history)
    opener = PEOPLE[0]
    rows[PULL_REQUESTS].append(
        {
            "source": "github",
            "host": "hub",
            "host_repository": "company/app",
            "repository": "app",
            "pull_request_id": "1",
            "number": 1,
            "author_account_id": f"hub-{opener}",
            "author_kind": "human",
            "state": "merged",
            "is_draft": False,
            "is_revert": False,
            "merge_sha": history[0]["mainline"],
            "created_at": at(6, 10),
            "merged_at": at(6, 10),
        }
    )
    rows[REVIEWS] += [
        {
            "source": "github",
            "host": "hub",
            "pull_request_id": "1",
            "review_id": f"{person} {again}",
            "reviewer_account_id": f"hub-{person}",
            "reviewer_kind": "human",
            "review_kind": "approved",
            "is_substantive": True,
            "submitted_at": at(6, 10, 8 + again),
        }
        for person in sorted(reviewers)
        for again in (0, 1)
    ]
    after = models.made(rows)
    for kind in ("issue", "merged_change"):
        sums: dict[tuple[str, str], int] = {}
        for (item, rule, _), millionths in after.credits(kind).items():
            sums[item, rule] = sums.get((item, rule), 0) + millionths
        assert set(sums.values()) == {1_000_000}
    # Whose it is does not review it: who opened it, and who has a share in it.
    authors = {
        holder
        for item, rule, holder in after.credits("merged_change")
        if (item, rule) == ("hub/1", "equal")
    }
    credited = after.rows(
        "select person_id, credit_millionths from intermediate.int_reviews_credited"
    )
    expected = reviewers - authors - {opener}
    assert sorted(credited) == [(person, 1_000_000) for person in sorted(expected)]


def estimated(rows: Rows, times: int = 1) -> None:
    """Issues of the quarter before, whose median is five points."""
    for place, points in enumerate((3, 5, 8)):
        issue(rows, f"9{place}", PEOPLE[1], points * times, month=3)
    holder = resolved("jira", f"jira-{PEOPLE[1]}", PEOPLE[1])
    rows[RESOLVED].append({**holder, "seen_date": date(2026, 3, 10)})


@WORLDS
@given(
    parts=st.lists(st.integers(1, 30), min_size=1, max_size=6),
    is_kept=st.booleans(),
    is_estimated=st.booleans(),
)
def test_a_ticket_split_into_parts_weighs_what_it_did(
    models: Delivery, parts: list[int], is_kept: bool, is_estimated: bool
) -> None:  # 15
    whole = world([])
    estimated(whole)
    issue(whole, "20", PEOPLE[2], sum(parts) if is_estimated else None)
    before = models.made(whole).weighted()[PEOPLE[2]]
    assert WEIGHT // 4 <= before <= 4 * WEIGHT
    split = world([])
    estimated(split)
    issue(split, "20", PEOPLE[2], sum(parts) if is_estimated and is_kept else None)
    for place, points in enumerate(parts):
        points_of = points if is_estimated else None
        issue(split, f"21{place}", PEOPLE[2], points_of, parent="20")
    assert models.made(split).weighted()[PEOPLE[2]] == before


@WORLDS
@given(points=st.integers(1, 100), times=st.integers(2, 1000))
def test_points_of_another_size_weigh_the_same(
    models: Delivery, points: int, times: int
) -> None:  # 16
    weights: list[dict[str, int]] = []
    for factor in (1, times):
        rows = world([])
        estimated(rows, factor)
        issue(rows, "20", PEOPLE[2], points * factor)
        weights.append(models.made(rows).weighted())
    assert weights[0] == weights[1]


@WORLDS
@given(
    history=histories,
    days=st.lists(st.integers(1, 180), unique=True, min_size=1, max_size=4),
    absent=st.sampled_from([0.8, 0.5, 1.0]),
)
def test_moves_between_teams_lose_no_working_day_and_move_no_credit(
    models: Delivery, history: list[Row], days: list[int], absent: float
) -> None:  # 10, 25
    rows = world(history)
    rows[PERSONS][0]["fte"] = absent
    before = models.made(rows)
    whole, credit = fte_days(before), before.credits()
    starts = [date(2026, 1, 1) + timedelta(day) for day in (0, *sorted(days))]
    ends = [*starts[1:], date(9999, 12, 31)]
    rows[PERSONS][:1] = [
        span(PEOPLE[0], f"team-{n}", fte=absent, valid_from=first, valid_to=after)
        for n, (first, after) in enumerate(zip(starts, ends, strict=True))
    ]
    moved = models.made(rows)
    assert fte_days(moved) == whole
    assert moved.credits() == credit
    teams = moved.rows(
        "select distinct team from intermediate.int_credits_shared "
        f"where person_id = '{PEOPLE[0]}'"
    )
    now = max(n for n, first in enumerate(starts) if first <= date(2026, 6, 10))
    assert teams in ([], [(f"team-{now}",)])


def fte_days(models: Delivery) -> list[tuple[Any, ...]]:
    """Full-time days of the first person by quarter, over all teams."""
    return models.rows(
        "select quarter_start, sum(fte_days) from intermediate.int_person_days_counted "
        f"where person_id = '{PEOPLE[0]}' group by all order by all"
    )

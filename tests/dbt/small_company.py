"""A company small enough to work out by hand: each row is there for one rule.

Present: 10 August 2026, 06:00 UTC, reporting in Berlin. Outcomes from January, AI usage
from April, so the first quarter has none, the second is complete, the third runs.
Everybody is made up.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

Row = dict[str, Any]
TEAMS = {"alpha": 9, "beta": 8, "gamma": 2}
HELD_DAY = date(2026, 5, 5)


def at(month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    """An instant of 2026 as the lake keeps it: UTC without a zone."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC).replace(tzinfo=None)


PRESENT = at(8, 10, 6)


def mail(person: str) -> str:
    """The work e-mail of a person."""
    return f"{person}@company.example"


def rows() -> Mapping[str, Sequence[Row]]:
    """All rows by `<source>/<table>`."""
    return {
        "config/settings": [
            {
                "organisation": "Small company",
                "time_zone": "Europe/Berlin",
                "fiscal_year_starts_month": 1,
                "as_of_at": PRESENT,
                "outcomes_start_date": date(2026, 1, 1),
                "configuration_hash": "hash",
            }
        ],
        "config/sources": [
            source("anthropic", "ai_vendor", date(2026, 4, 1), revision_days=30, lag=1),
            source("jira", "issue_tracker", date(2026, 1, 1)),
            source("git", "code", date(2026, 1, 1)),
            source("deliverables", "deliverables", date(2026, 1, 1)),
            source("github", "code", date(2026, 1, 1)),
            source("cursor", "ai_vendor", None),
        ],
        "config/entities": [
            {"entity": "open", "mode": "person", "notice_ref": "notice-1"},
            {"entity": "silent", "mode": "person"},
        ],
        "people/persons": list(persons()),
        "people/locations": [
            location("north", date(2026, 12, 31)),
            location("south", date(2026, 5, 31)),
        ],
        "people/holidays": [
            {
                "location": "north",
                "holiday_date": date(2026, 5, 1),
                "working_fraction": 0.0,
            }
        ],
        "people/absences": [
            {
                "person_id": "alpha-8",
                "absent_fraction": 0.5,
                "valid_from": date(2026, 6, 1),
                "valid_to": date(2026, 6, 5),
            }
        ],
        "people/accounts": accounts(),
        "people/key_owners": [
            key("key-personal", "personal", "alpha-6", None),
            key("key-ci", "ci", None, "build farm"),
        ],
        "prices/list_prices": prices(),
        "prices/model_aliases": [
            {
                "vendor": "anthropic",
                "model_alias": "model-one-0101",
                "model": "model-one",
            }
        ],
        "anthropic/usage": usage(),
        "anthropic/cost": costs(),
        "anthropic/users": [
            {"user_id": "user-a4", "email": mail("alpha-4").title(), "role": "user"}
        ],
        "pulls/receipts": list(receipts()),
        **issues(),
        **joined(commits(), pull_requests()),
        **deliverables(),
    }


def source(
    name: str, kind: str, starts_on: date | None, revision_days: int = 0, lag: int = 0
) -> Row:
    """A source, connected when it has a first day."""
    return {
        "source": name,
        "source_kind": kind,
        "is_connected": starts_on is not None,
        "starts_on": starts_on,
        "revision_days": revision_days,
        "reporting_lag_days": lag,
    }


def persons() -> Any:
    """Teams of 9, 8 and 2. alpha-2 changes e-mail, alpha-3 leaves in May."""
    for team, people in TEAMS.items():
        for number in range(1, people + 1):
            person = f"{team}-{number}"
            row = {
                "person_id": person,
                "full_name": f"Person {person}",
                "email": mail(person),
                "team": team,
                "role": "engineer",
                "level": "senior",
                "work_type": "greenfield",
                "location": "south" if person == "gamma-1" else "north",
                "entity": "silent" if person == "gamma-2" else "open",
                "fte": 0.8 if person == "alpha-8" else 1.0,
                "valid_from": date(2026, 1, 1),
                "valid_to": date(2026, 5, 31) if person == "alpha-3" else None,
            }
            if person == "alpha-2":
                yield {**row, "email": mail("before"), "valid_to": date(2026, 5, 14)}
                row = {**row, "valid_from": date(2026, 5, 15)}
            yield row


def location(name: str, known_to: date) -> Row:
    """A location with a weekend of Saturday and Sunday."""
    return {
        "location": name,
        "weekend_days": "6,7",
        "known_from": date(2026, 1, 1),
        "known_to": known_to,
    }


def accounts() -> list[Row]:
    """Links: an alias, a Jira account each, a host's address, and one claimed twice."""
    linked = [
        ("anthropic", "user-alias", "alpha-5", "verified_alias"),
        ("anthropic", "user-claimed", "alpha-7", "operator"),
        ("anthropic", "user-claimed", "alpha-8", "operator"),
        ("git", "8+eight@users.noreply.github.com", "alpha-8", "verified_alias"),
        ("deliverables", "staff-4", "beta-4", "directory_id"),
        *(
            ("jira", f"jira-a{number}", f"alpha-{number}", "directory_id")
            for number in (1, 2, 6)
        ),
        ("jira", "jira-b2", "beta-2", "directory_id"),
        *(
            ("github", f"10{number}", f"beta-{number}", "directory_id")
            for number in (2, 3, 4)
        ),
    ]
    return [
        {
            "source": name,
            "account": account,
            "person_id": person,
            "method": method,
            # Two claims on one account differ in their first day, as their key demands.
            "valid_from": date(2026, 1, 2 if person == "alpha-8" else 1),
        }
        for name, account, person, method in linked
    ]


def key(key_id: str, purpose: str, owner: str | None, pool: str | None) -> Row:
    """Who answers for an API key."""
    return {
        "source": "anthropic",
        "api_key_id": key_id,
        "purpose": purpose,
        "owner_person_id": owner,
        "cost_pool": pool,
        "valid_from": date(2026, 1, 1),
    }


def prices() -> list[Row]:
    """Input costs 3 dollars a million until 15 May and 2 from the 16th."""
    first, change = date(1970, 1, 1), date(2026, 5, 16)
    listed = [
        ("input_uncached", "standard", "base", "0.000003", first, change),
        ("input_uncached", "standard", "base", "0.000002", change, None),
        ("input_uncached", "standard", ">200000", "0.000006", first, None),
        ("input_uncached", "batch", "base", "0.0000015", first, None),
        ("cache_read", "standard", "base", "0.0000003", first, None),
        ("cache_write_5m", "standard", "base", "0.00000375", first, None),
        ("cache_write_1h", "standard", "base", "0.000006", first, None),
        ("output", "standard", "base", "0.000015", first, None),
    ]
    return [
        {
            "vendor": "anthropic",
            "model": "model-one",
            "token_class": token_class,
            "service_tier": tier,
            "context_band": band,
            "region": "any",
            "usd_per_token": Decimal(price),
            "price_source": "by hand",
            "source_version": "1",
            "valid_from": valid_from,
            "valid_to": valid_to,
        }
        for token_class, tier, band, price, valid_from, valid_to in listed
    ]


def used(
    day: tuple[int, int],
    kind: str,
    principal: str,
    tokens: Sequence[int],
    **other: Any,
) -> Row:
    """A vendor row: tokens uncached, read, written for 5 m and 1 h, and output."""
    names = (
        "uncached_input_tokens",
        "cache_read_input_tokens",
        "cache_creation_5m_input_tokens",
        "cache_creation_1h_input_tokens",
        "output_tokens",
    )
    return {
        "usage_date": date(2026, *day),
        "principal_type": kind,
        "principal_id": principal,
        "model": "model-one-0101",
        "service_tier": "standard",
        "context_window": "0-200k",
        "inference_geo": "global",
        **dict(zip(names, tokens, strict=True)),
        "total_tokens": sum(tokens),
        "requests": 1,
        "web_search_requests": 0,
        "endpoint": "analytics",
        **other,
    }


def usage() -> list[Row]:
    """Rows for prices, tiers and bands of alpha-1, then one a way to identity."""
    one, output = {"principal_email": mail("Alpha-1")}, (0, 0, 0, 0, 1000)
    mixed = (1000, 2000, 100, 10, 50)
    return [
        used((5, 15), "user", "user-a1", mixed, requests=5, **one),
        used((5, 16), "user", "user-a1", mixed, requests=5, **one),
        used(
            (5, 16), "user", "user-a1", (1000, 0, 0, 0, 10),
            context_window="200k-1M", **one,
        ),
        used(
            (6, 1), "user", "user-a1", (1000, 0, 0, 0, 0),
            service_tier="batch", **one,
        ),
        used((5, 14), "user", "user-a2", output, principal_email=mail("before")),
        used((5, 20), "user", "user-a2", output, principal_email=mail("before")),
        used((6, 2), "user", "user-a3", output, principal_email=mail("alpha-3")),
        used(
            (4, 2), "user", "user-a4", output, service_tier=None,
            requests=None, total_tokens=None, endpoint="legacy",
        ),
        used(
            (5, 6), "user", "user-alias", output,
            principal_email="alias@elsewhere.example",
        ),
        used((5, 6), "api_key", "key-personal", output),
        used((5, 6), "api_key", "key-ci", output),
        used((5, 6), "api_key", "key-nobody", output),
        used((5, 6), "user", "user-claimed", output),
        used((5, 6), "service_account", "svac-1", output),
        used((5, 6), "federated", "oidc:issuer:job", output),
        used((5, 6), "unknown", "", output),
        used((5, 6), "user", "user-a9", output, principal_email=mail("alpha-9")),
        used(
            (5, 6), "user", "user-g1", output,
            principal_email=mail("gamma-1"), model="model-unheard-of",
        ),
        used((8, 3), "user", "user-a1", output, **one),
    ]  # fmt: skip


def costs() -> list[Row]:
    """The vendor's own cost of 15 May (with list price) and 2 April (without)."""
    amounts = {
        "uncached_input_tokens": "0.3",
        "cache_read_input_tokens": "0.06",
        "cache_creation.ephemeral_5m_input_tokens": "0.0375",
        "cache_creation.ephemeral_1h_input_tokens": "0.006",
        "output_tokens": "0.075",
    }
    listed = [
        {
            "usage_date": date(2026, 5, 15),
            "principal_type": "user",
            "principal_id": "user-a1",
            "model": "model-one-0101",
            "cost_type": "tokens",
            "token_type": token_type,
            "amount_cents": Decimal(cents) * Decimal("0.9"),
            "list_amount_cents": Decimal(cents),
            "currency": "USD",
            "endpoint": "analytics",
        }
        for token_type, cents in amounts.items()
    ]
    search = {
        **listed[0],
        "cost_type": "web_search",
        "token_type": None,
        "amount_cents": Decimal(3),
        "list_amount_cents": Decimal(3),
    }
    legacy = {
        **listed[0],
        "usage_date": date(2026, 4, 2),
        "principal_type": "unknown",
        "principal_id": "",
        "token_type": "output_tokens",
        "amount_cents": Decimal("1.5"),
        "list_amount_cents": None,
        "endpoint": "legacy",
    }
    return [*listed, search, legacy]


def receipts() -> Any:
    """A pull a day since April, one of them held, and one of each other table."""
    day = date(2026, 4, 1)
    while day < PRESENT.date():
        for table in ("usage", "cost"):
            is_held = day == HELD_DAY and table == "usage"
            yield {
                "pull_id": f"pull-{day}",
                "source": "anthropic",
                "table_name": table,
                "window_day": day,
                "row_count": 1,
                "outcome": "held" if is_held else "changed",
                "pulled_at": PRESENT,
            }
        day += timedelta(days=1)
    for name, table in (
        *(("jira", "issues"), ("git", "commits"), ("people", "persons")),
        ("github", "pull_requests"),
        ("deliverables", "items"),
    ):
        yield {
            "pull_id": f"pull-{name}",
            "source": name,
            "table_name": table,
            "row_count": 1,
            "outcome": "changed",
            "pulled_at": PRESENT,
        }


TODO, DOING, DONE = "10", "20", "30"


def issues() -> dict[str, list[Row]]:
    """Nine issues: delivered, reopened for a while or for good, a duplicate, …"""
    made: dict[str, list[Row]] = {"jira/issues": [], "jira/changelog_items": []}

    def issue(
        number: int,
        assignee: str | None,
        path: Sequence[tuple[datetime, str]],
        resolution: str | None = "Done",
        **other: Any,
    ) -> None:
        status = path[-1][1]
        is_done = status == DONE
        made["jira/issues"].append(
            {
                "site": "main",
                "issue_id": str(number),
                "issue_key": f"AB-{number}",
                "project_id": "1",
                "project_key": "AB",
                "issue_type_name": "Story",
                "is_subtask": False,
                "status_id": status,
                "status_name": status,
                "status_category_id": {TODO: "2", DOING: "4", DONE: "3"}[status],
                "resolution_name": resolution if is_done else None,
                "assignee_account_id": assignee,
                "created_at": at(4, 20),
                "updated_at": path[-1][0],
                "resolved_at": path[-1][0] if is_done else None,
                **other,
            }
        )
        before = TODO
        for place, (moment, status) in enumerate(path):
            change(number, place, "status", before, status, moment)
            before = status

    def change(
        number: int,
        place: int,
        field: str,
        before: str | None,
        after: str | None,
        moment: datetime,
    ) -> None:
        made["jira/changelog_items"].append(
            {
                "site": "main",
                "issue_id": str(number),
                "history_id": str(1000 * number + place),
                "item_ordinal": 0,
                "field": field,
                "field_id": field,
                "from_id": before,
                "from_string": before,
                "to_id": after,
                "changed_at": moment,
            }
        )

    issue(1, "jira-a1", [(at(5, 2), DOING), (at(5, 3), DONE)], story_points=3.0)
    reopened = [(at(5, 9, 9), DOING), (at(5, 10, 9), DONE), (at(5, 12), DOING)]
    issue(2, "jira-a2", [*reopened, (at(5, 20, 10), DONE)])
    change(2, 50, "assignee", "jira-a1", "jira-a2", at(5, 11))
    issue(3, "jira-a1", [(at(5, 24), DOING), (at(5, 25), DONE), (at(5, 30), DOING)])
    issue(4, "jira-a1", [(at(5, 4), DOING), (at(5, 6), DONE)], resolution="Duplicate")
    issue(5, "jira-a2", [(at(6, 30), DOING), (at(6, 30, 22, 30), DONE)])
    issue(6, "jira-a2", [(at(6, 1), DOING), (at(6, 2), DONE)])
    issue(7, "jira-a6", [(at(6, 9), DOING)])
    change(7, 60, "Key", "XY-9", "AB-7", at(6, 1))
    issue(8, "jira-ghost", [(at(6, 3), DOING), (at(6, 4), DONE)])
    issue(9, "jira-b2", [(at(6, 15), DOING), (at(6, 19), DONE)])
    made["jira/statuses"] = [
        {"site": "main", "status_id": status, "status_category_id": category}
        for status, category in ((TODO, "2"), (DOING, "4"), (DONE, "3"))
    ]
    return made


def line_removal(remover: str, writer: str, lines: int) -> Row:
    """Source lines that one mainline change removed of another's."""
    return {
        "repository": "app",
        "mainline_sha": remover,
        "written_sha": writer,
        "path_kind": "source",
        "removed_lines": lines,
    }


def commits() -> dict[str, list[Row]]:
    """Mainline changes that count, and one of each kind that does not."""
    made: dict[str, list[Row]] = {
        "git/commits": [],
        "git/commit_authors": [],
        "git/file_changes": [],
        "git/line_removals": [
            line_removal("m8", "m1", 3),
            line_removal("m6", "m1", 20),
            line_removal("m8", "m6", 7),
            line_removal("m6", "m2", 5),
        ],
        "git/mainline_lines": [],
    }

    def commit(
        sha: str,
        day: tuple[int, int],
        author: str,
        lines: int,
        keys: str | None = None,
        mainline: str | None = None,
        with_: Sequence[str] = (),
        parents: int = 1,
        kind: str = "human",
        path_kind: str = "source",
        is_revert: bool = False,
    ) -> None:
        made["git/commits"].append(
            {
                "repository": "app",
                "commit_sha": sha,
                "mainline_sha": mainline or sha,
                "parents": parents,
                "author_email": author,
                "issue_keys": keys,
                "is_revert": is_revert,
                "authored_at": at(*day),
                "committed_at": at(*day),
            }
        )
        for email in (author, *with_):
            made["git/commit_authors"].append(
                {
                    "repository": "app",
                    "commit_sha": sha,
                    "author_email": email,
                    "author_role": "author" if email == author else "co_author",
                    "author_kind": kind,
                }
            )
        if mainline is None:
            made["git/mainline_lines"].append(
                {
                    "repository": "app",
                    "mainline_sha": sha,
                    "path_kind": path_kind,
                    "added_lines": 950 if sha == "m6" else lines,
                    "removed_lines": 0,
                }
            )
        if parents == 1:
            made["git/file_changes"].append(
                {
                    "repository": "app",
                    "commit_sha": sha,
                    "change_ordinal": 0,
                    "path": "a",
                    "added_lines": lines,
                    "deleted_lines": 0,
                    "path_kind": path_kind,
                }
            )

    one, two = mail("alpha-1"), mail("before")
    commit("m1", (5, 3), one, 100, "AB-1,UTF-8", with_=[two])
    three = [mail("alpha-5"), mail("alpha-6")]
    commit("m2", (6, 1), mail("alpha-4"), 60, "AB-6", with_=three)
    commit("m3", (6, 2), one, 100, "AB-1", is_revert=True)
    commit("m4", (6, 3), "bot@company.example", 10, kind="bot")
    commit("m5", (6, 4), one, 10, path_kind="documentation")
    commit("m6", (6, 10), one, 0, parents=2)
    commit("b1", (6, 8), one, 900, "XY-9", mainline="m6")
    commit("b2", (6, 9), mail("alpha-2"), 50, mainline="m6")
    commit("m7", (6, 11), "somebody@elsewhere.example", 10)
    commit("m8", (6, 12), "8+eight@users.noreply.github.com", 10, "AB-1")
    return made


def deliverables() -> dict[str, list[Row]]:
    """A list of advice by file, and the issues of AB once more as deliverables."""
    made: dict[str, list[Row]] = {
        "deliverables/feeds": [
            {
                "feed": "advice",
                "feed_kind": "files",
                "rating_lowest": Decimal(1),
                "rating_highest": Decimal(5),
            },
            {
                "feed": "board",
                "feed_kind": "jira",
                "site": "main",
                "project_key": "AB",
            },
        ],
        "deliverables/meanings": [
            {"feed": "board", "meaning": "started", "word": DOING},
            {"feed": "board", "meaning": "delivered", "word": DONE},
        ],
        "deliverables/items": [],
        "deliverables/people": [],
    }

    def item(
        number: int,
        authors: Sequence[str],
        started: datetime | None,
        delivered: datetime | None,
        returned: int | None = 0,
        rating: int | None = None,
        project: str = "harbour",
        reviewers: Sequence[str] = (),
        removed_at: datetime | None = None,
    ) -> None:
        named = {"feed": "advice", "item_id": f"A{number}", "removed_at": removed_at}
        made["deliverables/items"].append(
            {
                **named,
                "item_kind": "report",
                "project": project,
                "client": "Client A",
                "started_at": started,
                "delivered_at": delivered,
                "returned_n": returned,
                "rating": None if rating is None else Decimal(rating),
            }
        )
        for involvement, accounts in (("author", authors), ("reviewer", reviewers)):
            for account in accounts:
                made["deliverables/people"].append(
                    {**named, "account_id": account, "involvement": involvement}
                )

    one, outside = mail("alpha-1"), "guest@elsewhere.example"
    item(1, [one, outside], at(5, 4), at(5, 6), 1, 4, reviewers=[mail("beta-1"), one])
    item(2, [one, mail("alpha-6")], at(5, 11), at(5, 12), 0, 5)
    item(3, [mail(f"beta-{n}") for n in (1, 2, 3)], None, at(6, 3), None, 3)
    item(4, ["staff-4"], at(6, 20), None)
    item(5, [mail("beta-5")], at(6, 1), at(6, 2), 0, 4)
    item(6, [mail("beta-6")], at(6, 1), at(6, 4), 2, 2)
    item(7, [mail("beta-5")], at(6, 1), at(6, 2), 0, 5, project="pier")
    item(8, [one], at(6, 1), at(6, 2), 3, 1, removed_at=at(6, 30))
    return made


def joined(
    first: Mapping[str, Sequence[Row]], second: Mapping[str, Sequence[Row]]
) -> Mapping[str, Sequence[Row]]:
    """The rows of both by table."""
    return {
        table: [*first.get(table, ()), *second.get(table, ())]
        for table in (*first, *(second.keys() - first.keys()))
    }


def pull_requests() -> dict[str, list[Row]]:
    """Pull requests of `web`: a squash, one of an agent, one open, one that reverts.

    Beside them somebody pushed straight to the branch.
    """
    made: dict[str, list[Row]] = {
        "git/commits": [],
        "git/commit_authors": [],
        "git/file_changes": [],
        "github/pull_requests": [],
        "github/pull_request_sizes": [],
        "github/pull_request_commits": [],
        "github/reviews": [],
    }

    def commit(
        sha: str,
        day: int,
        author: str,
        lines: int,
        mainline: str | None = None,
        parents: int = 1,
        is_revert: bool = False,
        of_agent_for: str | None = None,
    ) -> None:
        made["git/commits"].append(
            {
                "repository": "web",
                "commit_sha": sha,
                "mainline_sha": mainline or sha,
                "parents": parents,
                "author_email": author,
                "is_revert": is_revert,
                "authored_at": at(6, day),
                "committed_at": at(6, day),
            }
        )
        authors = [(author, "author", "ai_assistant" if of_agent_for else "human")]
        if of_agent_for:
            authors.append((of_agent_for, "co_author", "human"))
        made["git/commit_authors"] += [
            {
                "repository": "web",
                "commit_sha": sha,
                "author_email": email,
                "author_role": role,
                "author_kind": kind,
            }
            for email, role, kind in authors
        ]
        if lines:
            made["git/file_changes"].append(
                {
                    "repository": "web",
                    "commit_sha": sha,
                    "change_ordinal": 0,
                    "path": "a",
                    "added_lines": lines,
                    "deleted_lines": 0,
                    "path_kind": "source",
                }
            )

    def pull_request(
        number: int,
        author: str,
        opened: int,
        merged: int | None,
        kind: str = "human",
        **other: Any,
    ) -> None:
        made["github/pull_requests"].append(
            {
                "host": "hub",
                "pull_request_id": f"pr-{number}",
                "host_repository": "company/web",
                "repository": "web",
                "number": number,
                "state": "open" if merged is None else "closed",
                "is_draft": False,
                "author_account_id": author,
                "author_kind": kind,
                "is_revert": False,
                "issue_keys": "AB-9",
                "created_at": at(6, opened),
                "merged_at": None if merged is None else at(6, merged),
                "closed_at": None if merged is None else at(6, merged),
                "updated_at": at(6, merged or opened),
                **other,
            }
        )

    def wrote(number: int, sha: str, account: str | None, email: str) -> None:
        made["github/pull_request_commits"].append(
            {
                "host": "hub",
                "pull_request_id": f"pr-{number}",
                "commit_sha": sha,
                "author_account_id": account,
                "author_email": email,
            }
        )

    def review(number: int, account: str, moment: datetime) -> None:
        made["github/reviews"].append(
            {
                "host": "hub",
                "pull_request_id": f"pr-{number}",
                "review_id": f"{number}-{account}",
                "reviewer_account_id": account,
                "reviewer_kind": "human",
                "state": "APPROVED",
                "has_words": True,
                "submitted_at": moment,
            }
        )

    pull_request(1, "102", 15, 16, merge_sha="w1")
    commit("w1", 16, mail("beta-4"), 10)  # the merger, who wrote nothing of it
    wrote(1, "c1", "102", mail("beta-2"))
    wrote(1, "c2", None, mail("beta-3"))
    review(1, "104", at(6, 15, 11))
    review(1, "103", at(6, 15, 12))
    pull_request(2, "900", 17, 18, kind="bot", merge_sha="w2")
    commit("w2", 18, mail("beta-4"), 0, parents=2)
    agent = "agent@tools.example"
    commit("w2a", 17, agent, 6, mainline="w2", of_agent_for=mail("beta-2"))
    wrote(2, "w2a", "900", agent)
    review(2, "104", at(6, 17, 12))
    review(2, "102", at(6, 17, 12))
    pull_request(3, "103", 26, None)
    pull_request(4, "104", 20, 22, merge_sha="w4", is_revert=True, reverts_number=1)
    commit("w4", 22, mail("beta-4"), 10, is_revert=True)
    commit("w3", 19, mail("beta-2"), 5)
    return made

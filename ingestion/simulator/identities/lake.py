"""A labelled world as its sources land it: a page a table, or a table and day."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from ingestion.page import Page
from ingestion.simulator.identities.labels import LAST, Labelled, World
from ingestion.sources.anthropic import tables as anthropic
from ingestion.sources.config import tables as config
from ingestion.sources.copilot import tables as copilot
from ingestion.sources.git import tables as git
from ingestion.sources.jira import tables as jira
from ingestion.sources.people import tables as people
from ingestion.table import Table

Row = dict[str, Any]
Landing = tuple[Table, date | None, Page]
AS_OF = datetime.combine(LAST + timedelta(days=60), time(6))
STARTS_ON = date(2025, 1, 1)
TODO, DOING, DONE = "10", "20", "30"
CATEGORIES = {TODO: "2", DOING: "4", DONE: "3"}
SITE, REPOSITORY = "labelled", "labelled"


def pages(world: World) -> Iterator[Landing]:
    """Every table that has rows, with its day where it holds a report by day."""
    whole: Mapping[Table, Callable[[World], Iterable[Row]]] = {
        config.SETTINGS: _settings,
        config.SOURCES: _sources,
        people.PERSONS: _persons,
        people.ACCOUNTS: _links,
        anthropic.USERS: _users,
        jira.STATUSES: _statuses,
        jira.USERS: _jira_users,
        jira.ISSUES: _issues,
        jira.CHANGELOG_ITEMS: _changes,
        git.COMMITS: _commits,
        git.COMMIT_AUTHORS: _authors,
    }
    for table, rows in whole.items():
        yield table, None, _page(table, list(rows(world)))
    for table, rows in ((anthropic.USAGE, _usage), (copilot.USER_DAYS, _user_days)):
        by_day: dict[date, list[Row]] = {}
        for row in rows(world):
            by_day.setdefault(row["usage_date"], []).append(row)
        for day, found in sorted(by_day.items()):
            yield table, day, _page(table, found)


def _page(table: Table, rows: Sequence[Row]) -> Page:
    """Rows as columns; what a row does not say is null."""
    return Page(
        {
            column.name: [row.get(column.name) for row in rows]
            for column in table.columns
        }
    )


def _settings(_: World) -> list[Row]:
    return [
        {
            "organisation": "Labelled accounts",
            "time_zone": "UTC",
            "fiscal_year_starts_month": 1,
            "as_of_at": AS_OF,
            "outcomes_start_date": STARTS_ON,
            "configuration_hash": "labelled",
        }
    ]


def _sources(_: World) -> Iterator[Row]:
    kinds = {"anthropic": "ai_vendor", "copilot": "ai_vendor"}
    kinds |= {"jira": "issue_tracker", "git": "code"}
    for source, kind in kinds.items():
        yield {
            "source": source,
            "source_kind": kind,
            "is_connected": True,
            "starts_on": STARTS_ON,
            "revision_days": 0,
            "reporting_lag_days": 1,
        }


def _persons(world: World) -> Iterator[Row]:
    for record in world.records:
        yield {
            "person_id": record.person_id,
            "full_name": record.full_name,
            "email": record.email,
            "team": "labelled",
            "location": "labelled",
            "entity": "labelled",
            "fte": 1.0,
            "valid_from": record.valid_from,
            "valid_to": record.valid_to,
        }


def _links(world: World) -> Iterator[Row]:
    """Rivals on one account differ in their first day, as the key of the table asks."""
    seen: dict[tuple[str, str], int] = {}
    for link in world.links:
        rivals = seen.setdefault((link.source, link.account), 0)
        seen[link.source, link.account] += 1
        yield {
            "source": link.source,
            "account": link.account,
            "person_id": link.person_id,
            "method": link.method,
            "valid_from": link.valid_from + timedelta(days=rivals),
            "valid_to": link.valid_to,
        }


def _of(world: World, source: str) -> Iterator[Labelled]:
    return (account for account in world.accounts if account.source == source)


def _is_in_directory(account: Labelled) -> bool:
    """The vendor says the e-mail of half of its users in their rows, of the others
    in its directory."""
    return account.account_id[-1] < "V"


def _users(world: World) -> Iterator[Row]:
    listed = {a.account_id: a for a in _of(world, "anthropic") if _is_in_directory(a)}
    for account in listed.values():
        yield {
            "user_id": account.account_id,
            "email": account.email,
            "full_name": account.shown_name,
            "role": "user",
        }


def _usage(world: World) -> Iterator[Row]:
    tokens = (
        *("uncached_input_tokens", "cache_read_input_tokens"),
        *("cache_creation_5m_input_tokens", "cache_creation_1h_input_tokens"),
    )
    for account in _of(world, "anthropic"):
        for day in account.days:
            yield {
                "usage_date": day,
                "principal_type": account.account_kind,
                "principal_id": account.account_id,
                "principal_email": None if _is_in_directory(account) else account.email,
                "model": "labelled",
                "service_tier": "standard",
                "context_window": "0-200k",
                "inference_geo": "global",
                **dict.fromkeys(tokens, 0),
                "output_tokens": 1000,
                "total_tokens": 1000,
                "requests": 1,
                "endpoint": "analytics",
            }


def _user_days(world: World) -> Iterator[Row]:
    for number, account in enumerate(_of(world, "copilot")):
        for day in account.days:
            yield {
                "usage_date": day,
                "user_id": number,
                "user_login": account.account_id,
                "app_request_count": 1,
                "app_prompt_tokens": 500,
                "app_output_tokens": 500,
            }


def _statuses(_: World) -> Iterator[Row]:
    for status, category in CATEGORIES.items():
        yield {
            "site": SITE,
            "status_id": status,
            "status_name": status,
            "status_category_id": category,
        }


def _jira_users(world: World) -> Iterator[Row]:
    for account in {a.account_id: a for a in _of(world, "jira")}.values():
        yield {
            "site": SITE,
            "account_id": account.account_id,
            "account_type": "atlassian",
            "display_name": account.shown_name,
            "email": account.email,
            "is_active": True,
        }


def _tickets(world: World) -> Iterator[tuple[str, Labelled, datetime]]:
    """One issue for each account and day, done on it."""
    number = 0
    for account in _of(world, "jira"):
        for day in account.days:
            number += 1
            yield str(number), account, datetime.combine(day, time(12))


def _issues(world: World) -> Iterator[Row]:
    for number, account, done_at in _tickets(world):
        yield {
            "site": SITE,
            "issue_id": number,
            "issue_key": f"LAB-{number}",
            "project_id": "1",
            "project_key": "LAB",
            "issue_type_name": "Task",
            "is_subtask": False,
            "status_id": DONE,
            "status_name": DONE,
            "status_category_id": CATEGORIES[DONE],
            "resolution_name": "Done",
            "assignee_account_id": account.account_id,
            "created_at": done_at - timedelta(hours=4),
            "updated_at": done_at,
            "resolved_at": done_at,
        }


def _changes(world: World) -> Iterator[Row]:
    for number, _, done_at in _tickets(world):
        for place, (before, after) in enumerate(((TODO, DOING), (DOING, DONE))):
            yield {
                "site": SITE,
                "issue_id": number,
                "history_id": f"{number}-{place}",
                "item_ordinal": 0,
                "field": "status",
                "field_id": "status",
                "from_id": before,
                "from_string": before,
                "to_id": after,
                "to_string": after,
                "changed_at": done_at - timedelta(hours=2 * (1 - place)),
            }


def _written(world: World) -> Iterator[tuple[str, Labelled, datetime]]:
    """One commit for each address and day."""
    number = 0
    for account in _of(world, "git"):
        for day in account.days:
            number += 1
            yield f"{number:040x}", account, datetime.combine(day, time(12))


def _commits(world: World) -> Iterator[Row]:
    for sha, account, at in _written(world):
        yield {
            "repository": REPOSITORY,
            "commit_sha": sha,
            "mainline_sha": sha,
            "parents": 1,
            "author_name": account.shown_name,
            "author_email": account.account_id,
            "is_revert": False,
            "authored_at": at,
            "committed_at": at,
        }


def _authors(world: World) -> Iterator[Row]:
    for sha, account, _ in _written(world):
        yield {
            "repository": REPOSITORY,
            "commit_sha": sha,
            "author_email": account.account_id,
            "author_name": account.shown_name,
            "author_role": "author",
            "author_kind": "human",
        }

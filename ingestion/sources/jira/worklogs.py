"""Work that people logged: which entries changed, those entries, and which are gone."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from msgspec import Struct

from ingestion.decoding import Shape
from ingestion.page import Page
from ingestion.pagination import token_pages
from ingestion.sources.jira.connection import Jira
from ingestion.sources.jira.content import stored
from ingestion.sources.jira.instants import Instant, utc
from ingestion.sources.jira.results import since_ms
from ingestion.sources.jira.shapes import Account, news

IDS_PER_LIST: Final = 1000


class Mention(Struct, gc=False):
    """A worklog that changed or is gone."""

    worklogId: int


class Mentions(Struct):
    """A page of worklogs that changed, oldest first."""

    values: list[Mention]
    until: int | None = None
    lastPage: bool | None = None


class Worklog(Struct, gc=False):
    """Time that somebody says they worked on an issue."""

    id: str
    issueId: str
    started: Instant
    updated: Instant
    timeSpentSeconds: int
    author: Account | None = None


MENTIONS: Final = Shape(Mentions, "jira/worklogs")
WORKLOGS: Final = Shape(list[Worklog], "jira/worklogs")


def worklogs(
    api: Jira,
    site: str,
    updated_since: datetime | None,
    issue_ids: Collection[str] | None = None,
) -> Iterator[Page]:
    """Worklogs changed since a UTC time, an hour before it included; None: all.

    With `issue_ids` only those of these issues. What the account may not see the site
    leaves out without a word; the page's note counts it.
    """
    ids = _mentioned(api, "updated", updated_since)
    for start in range(0, len(ids), IDS_PER_LIST):
        asked = ids[start : start + IDS_PER_LIST]
        body = api.post(f"{api.rest}/worklog/list", {"ids": asked}).body
        found = WORKLOGS.read(body)
        kept = [w for w in found if issue_ids is None or w.issueId in issue_ids]
        hidden = len(asked) - len(found)
        yield Page(
            _columns(site, kept),
            body=stored(_of_issues(body, issue_ids)),
            unknown_fields=news(WORKLOGS.unknown_fields(body)),
            note=f"{hidden} worklogs may not be seen" if hidden else "",
        )


def removed_worklogs(api: Jira, updated_since: datetime | None) -> set[str]:
    """The ids of worklogs that are gone since a UTC time, an hour before included."""
    return set(map(str, _mentioned(api, "deleted", updated_since)))


def _mentioned(api: Jira, what: str, updated_since: datetime | None) -> list[int]:
    """Ids in order of change; the last minute is left out and comes next time."""
    path = f"{api.rest}/worklog/{what}"

    def fetch(since: str | None) -> tuple[list[int], str | None]:
        start = str(since_ms(updated_since)) if since is None else since
        page = MENTIONS.read(api.get(path, [("since", start)]).body)
        is_last = page.lastPage is not False or page.until is None
        ids = [mention.worklogId for mention in page.values]
        return ids, None if is_last else str(page.until)

    pages = token_pages(fetch, api.source)
    return list(dict.fromkeys(one for ids in pages for one in ids))


def _of_issues(body: bytes, issue_ids: Collection[str] | None) -> bytes:
    """The body with the worklogs of no other issues."""
    if issue_ids is None:
        return body
    every = msgspec.json.decode(body)
    return msgspec.json.encode([one for one in every if one["issueId"] in issue_ids])


def _columns(site: str, found: Sequence[Worklog]) -> dict[str, list[Any]]:
    return {
        "site": [site] * len(found),
        "worklog_id": [worklog.id for worklog in found],
        "issue_id": [worklog.issueId for worklog in found],
        "author_account_id": [w.author and w.author.id_at(site) for w in found],
        "started_at": utc([worklog.started for worklog in found], "started"),
        "seconds": [worklog.timeSpentSeconds for worklog in found],
        "updated_at": utc([worklog.updated for worklog in found], "updated"),
    }

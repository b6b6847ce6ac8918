"""What happened to issues: their history, many issues at a time."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeVar

from ingestion.decoding import Shape
from ingestion.errors import Unavailable
from ingestion.page import Page
from ingestion.pagination import offset_pages, token_pages
from ingestion.sources.jira.connection import Jira
from ingestion.sources.jira.content import is_content, stored, stored_changes
from ingestion.sources.jira.instants import utc
from ingestion.sources.jira.shapes import (
    CHANGELOG,
    EXPANDED,
    Account,
    Change,
    ChangelogPage,
    ExpandedIssue,
    History,
    IssueHistory,
    news,
    user_id,
)

MOST_ISSUES: Final = 1000  # of one request, as Cloud allows
EXPANDED_ISSUES: Final = 50  # of one request: Data Center sends whole histories
MOST_FIELDS: Final = 10
HISTORIES_PER_PAGE: Final = 1000

NOBODY: Final = Account()
NO_TEXT: Final = Change("")
PEOPLE: Final = frozenset({"assignee", "reporter", "creator"})

Value = TypeVar("Value")
Row = tuple[str, History, int, Change]
Ordinals = Counter[tuple[str, str]]


def changelog_items(
    api: Jira, site: str, issue_ids: Sequence[str], field_ids: Sequence[str] = ()
) -> Iterator[Page]:
    """Changes of `field_ids` in the whole history of the issues; none named: all.

    Of changes to titles and texts the fact is kept and never the text.
    """
    size = MOST_ISSUES if api.is_cloud else EXPANDED_ISSUES
    for ids in _parts(list(dict.fromkeys(issue_ids)), size):
        # An entry may go on on the next page, and come again for the next ten fields.
        ordinals: Ordinals = Counter()
        for fields in _asked_at_once(api, field_ids):
            is_asked = _membership(frozenset(fields))
            for page, body, shape in _pages(api, ids, fields):
                rows = _rows(page, is_asked, ordinals)
                yield Page(
                    _columns(site, rows, has_keys=not api.is_cloud),
                    body=_stored(page, body, is_asked),
                    unknown_fields=news(shape.unknown_fields(body)),
                )


def _asked_at_once(api: Jira, field_ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """The fields in as many parts as the site wants; one empty part for all fields."""
    is_split = api.is_cloud and field_ids
    return _parts(field_ids, MOST_FIELDS) if is_split else iter([field_ids])


def _membership(fields: frozenset[str]) -> Callable[[Change], bool]:
    """Whether a change is of one of the fields; of any if there are none.

    Some servers send whole entries, with changes nobody asked for.
    """
    return lambda change: not fields or _field_id(change) in fields


def _field_id(change: Change) -> str:
    """The id of the changed field; a few system fields are sent without theirs."""
    if change.fieldId:
        return change.fieldId
    return "issuekey" if change.field == "Key" else change.field.lower()


def _pages(
    api: Jira, ids: Sequence[str], fields: Sequence[str]
) -> Iterator[tuple[ChangelogPage, bytes, Shape[Any]]]:
    """Every page of the histories with its body and shape."""
    if api.is_cloud:
        for page, body in _fetched(api, ids, fields):
            yield page, body, CHANGELOG
    else:
        for page, body in _expanded(api, ids):
            yield page, body, EXPANDED


def _fetched(
    api: Jira, ids: Sequence[str], fields: Sequence[str]
) -> Iterator[tuple[ChangelogPage, bytes]]:
    """Pages of Cloud's own answer for histories."""
    query: dict[str, Any] = {"issueIdsOrKeys": ids, "maxResults": HISTORIES_PER_PAGE}
    if fields:
        query["fieldIds"] = fields

    def fetch(token: str | None) -> tuple[tuple[ChangelogPage, bytes], str | None]:
        cursor = {} if token is None else {"nextPageToken": token}
        path = f"{api.rest}/changelog/bulkfetch"
        body = api.post(path, {**query, **cursor}).body
        page = CHANGELOG.read(body)
        return (page, body), page.nextPageToken or None

    return token_pages(fetch, api.source)


def _expanded(api: Jira, ids: Sequence[str]) -> Iterator[tuple[ChangelogPage, bytes]]:
    """Pages of a search whose issues bring their histories.

    An issue that is gone since it was found must not fail the others, so the query is
    not validated.
    """
    query: dict[str, Any] = {
        "jql": f"id in ({', '.join(ids)}) ORDER BY id ASC",
        "fields": ["updated"],
        "expand": ["changelog"],
        "maxResults": EXPANDED_ISSUES,
        "validateQuery": False,
    }

    def fetch(offset: int) -> tuple[tuple[ChangelogPage, bytes], int | None]:
        body = api.post(f"{api.rest}/search", {**query, "startAt": offset}).body
        found = EXPANDED.read(body)
        page = ChangelogPage([_whole(issue) for issue in found.issues])
        following = offset + len(found.issues)
        is_last = not found.issues or following >= (found.total or 0)
        return (page, body), None if is_last else following

    return offset_pages(fetch, api.source)


def _whole(issue: ExpandedIssue) -> IssueHistory:
    """The issue's history; raises Unavailable if the site sent a part of it."""
    sent, total = len(issue.changelog.histories), issue.changelog.total
    if sent < total:
        raise Unavailable(
            "jira/changelog_items",
            f"the history of {issue.key} came with {sent} of {total} entries, and "
            "what is missing is its beginning; nothing of this pull was kept.",
            fix="look for a proxy or an app of the site that cuts the answer; if this "
            "is Jira Cloud, set deployment: cloud for this site.",
        )
    return IssueHistory(issue.id, issue.changelog.histories)


def _rows(
    page: ChangelogPage, is_asked: Callable[[Change], bool], ordinals: Ordinals
) -> list[Row]:
    """(issue, entry, position in the entry, change) of each change asked for."""
    rows: list[Row] = []
    for issue in page.issueChangeLogs:
        for history in issue.changeHistories:
            key = (issue.issueId, history.id)
            for change in history.items:
                if is_asked(change):
                    rows.append((issue.issueId, history, ordinals[key], change))
                    ordinals[key] += 1
    return rows


def _columns(site: str, rows: Sequence[Row], *, has_keys: bool) -> dict[str, list[Any]]:
    """The rows as columns; `has_keys` says that people are named by their keys."""
    authors = [history.author or NOBODY for _, history, _, _ in rows]
    changes = [change for _, _, _, change in rows]
    # What people wrote is left out; that they changed it is not.
    values = [NO_TEXT if is_content(change) else change for change in changes]
    homes = [site if has_keys and _is_of_people(c) else None for c in changes]
    return {
        "site": [site] * len(rows),
        "issue_id": [issue for issue, _, _, _ in rows],
        "history_id": [history.id for _, history, _, _ in rows],
        "item_ordinal": [ordinal for _, _, ordinal, _ in rows],
        "author_account_id": [author.id_at(site) for author in authors],
        "author_account_type": [author.accountType or None for author in authors],
        "field": [change.field for change in changes],
        "field_id": [change.fieldId for change in changes],
        "from_id": [
            _value_id(value.from_id, home)
            for value, home in zip(values, homes, strict=True)
        ],
        "from_string": [value.from_string or None for value in values],
        "to_id": [
            _value_id(value.to_id, home)
            for value, home in zip(values, homes, strict=True)
        ],
        "to_string": [value.to_string or None for value in values],
        "changed_at": utc([history.created for _, history, _, _ in rows], "created"),
    }


def _is_of_people(change: Change) -> bool:
    return _field_id(change) in PEOPLE


def _value_id(value: str | None, home: str | None) -> str | None:
    """The id of a value; with the site where it is the key of a user."""
    if not value:
        return None
    return value if home is None else user_id(home, value)


def _stored(
    page: ChangelogPage, body: bytes, is_asked: Callable[[Change], bool]
) -> bytes:
    """The body with the texts of no other changes than those asked for."""
    histories = (h for issue in page.issueChangeLogs for h in issue.changeHistories)
    changes = (change for history in histories for change in history.items)
    if all(is_asked(change) and not is_content(change) for change in changes):
        return stored(body)
    return stored_changes(body, lambda c: is_asked(c) and not is_content(c))


def _parts(values: Sequence[Value], size: int) -> Iterator[Sequence[Value]]:
    """The values in pieces of at most `size`."""
    for start in range(0, len(values), size):
        yield values[start : start + size]

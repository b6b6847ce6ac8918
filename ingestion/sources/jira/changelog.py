"""What happened to issues: their history, a thousand issues at a time."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeVar

from ingestion.http import Api
from ingestion.page import Page
from ingestion.pagination import token_pages
from ingestion.sources.jira.content import is_content, stored, stored_changes
from ingestion.sources.jira.instants import utc
from ingestion.sources.jira.shapes import (
    CHANGELOG,
    Account,
    Change,
    ChangelogPage,
    History,
    news,
)

PATH: Final = "/rest/api/3/changelog/bulkfetch"
MOST_ISSUES: Final = 1000  # of one request, as the vendor allows
MOST_FIELDS: Final = 10
HISTORIES_PER_PAGE: Final = 1000

NOBODY: Final = Account()
NO_TEXT: Final = Change("")

Value = TypeVar("Value")
Row = tuple[str, History, int, Change]
Ordinals = Counter[tuple[str, str]]


def changelog_items(
    api: Api, site: str, issue_ids: Sequence[str], field_ids: Sequence[str] = ()
) -> Iterator[Page]:
    """Changes of `field_ids` in the whole history of the issues; none named: all.

    Of changes to titles and texts the fact is kept and never the text.
    """
    for ids in _parts(list(dict.fromkeys(issue_ids)), MOST_ISSUES):
        # An entry may go on on the next page, and come again for the next ten fields.
        ordinals: Ordinals = Counter()
        for fields in _parts(field_ids, MOST_FIELDS) if field_ids else [()]:
            is_asked = _membership(frozenset(fields))
            for page, body in _pages(api, ids, fields):
                rows = _rows(page, is_asked, ordinals)
                yield Page(
                    _columns(site, rows),
                    body=_stored(page, body, is_asked),
                    unknown_fields=news(CHANGELOG.unknown_fields(body)),
                )


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
    api: Api, ids: Sequence[str], fields: Sequence[str]
) -> Iterator[tuple[ChangelogPage, bytes]]:
    """Every page of the histories with its body."""
    query: dict[str, Any] = {"issueIdsOrKeys": ids, "maxResults": HISTORIES_PER_PAGE}
    if fields:
        query["fieldIds"] = fields

    def fetch(token: str | None) -> tuple[tuple[ChangelogPage, bytes], str | None]:
        cursor = {} if token is None else {"nextPageToken": token}
        body = api.post(PATH, {**query, **cursor}).body
        page = CHANGELOG.read(body)
        return (page, body), page.nextPageToken or None

    return token_pages(fetch, api.source)


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


def _columns(site: str, rows: Sequence[Row]) -> dict[str, list[Any]]:
    authors = [history.author or NOBODY for _, history, _, _ in rows]
    changes = [change for _, _, _, change in rows]
    # What people wrote is left out; that they changed it is not.
    values = [NO_TEXT if is_content(change) else change for change in changes]
    return {
        "site": [site] * len(rows),
        "issue_id": [issue for issue, _, _, _ in rows],
        "history_id": [history.id for _, history, _, _ in rows],
        "item_ordinal": [ordinal for _, _, ordinal, _ in rows],
        "author_account_id": [author.accountId or None for author in authors],
        "author_account_type": [author.accountType or None for author in authors],
        "field": [change.field for change in changes],
        "field_id": [change.fieldId for change in changes],
        "from_id": [value.from_id or None for value in values],
        "from_string": [value.from_string or None for value in values],
        "to_id": [value.to_id or None for value in values],
        "to_string": [value.to_string or None for value in values],
        "changed_at": utc([history.created for _, history, _, _ in rows], "created"),
    }


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

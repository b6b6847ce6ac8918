"""Commits and who wrote them, from the headers and messages of `git log`.

Messages are searched for issue keys, reverts and co-authors, and are not kept.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from ingestion.errors import BadInput
from ingestion.page import Page
from ingestion.sources.git.authors import author_kind
from ingestion.sources.git.lineage import Lineage
from ingestion.sources.git.mailmap import Mailmap
from ingestion.sources.git.process import GitFailed, View, label
from ingestion.sources.git.text import text

COMMITS_PER_PAGE = 10_000
# The body cannot hold a NUL, so splitting at NUL is exact whatever people write.
FORMAT = "%x00".join(("%H", "%P", "%an", "%ae", "%ad", "%ce", "%ct", "%B"))
FIELDS = 8
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - naive UTC, as the lake stores it
_ISSUE_KEY = re.compile(rb"(?<![A-Za-z0-9_])[A-Z][A-Z0-9_]+-\d+(?![A-Za-z0-9_])")
_REVERTED = re.compile(rb"This reverts commit ([0-9a-f]{7,64})")
# The whole body: Git's own trailer parser reads the last paragraph only, and squash
# merges leave half of the co-authors above it.
_CO_AUTHOR = re.compile(
    rb"(?:^|[\r\n])[ \t]*co-authored-by:[ \t]*([^\r\n]*?)[ \t]*<([^<>\r\n]+)>",
    re.IGNORECASE,
)


class Header(NamedTuple):
    """One commit as Git writes it: names and e-mails in the bytes they came in."""

    sha: bytes
    parents: bytes
    author_name: bytes
    author_email: bytes
    authored: bytes
    committer_email: bytes
    committed: bytes
    message: bytes


def commits(view: View, lineage: Lineage) -> Iterator[Page]:
    """Rows of `git/commits`; raises BadInput where a commit cannot be read."""
    for batch in _batches(view, lineage):
        authored = [_moment(header.authored) for header in batch]
        reverted = [_REVERTED.search(header.message) for header in batch]
        shas = [header.sha.decode() for header in batch]
        yield Page(
            {
                "repository": [view.repository] * len(batch),
                "commit_sha": shas,
                "mainline_sha": [lineage.mainline[sha] for sha in shas],
                "parents": [len(header.parents.split()) for header in batch],
                "author_name": [text(header.author_name) for header in batch],
                "author_email": [text(header.author_email) for header in batch],
                "committer_email": [text(header.committer_email) for header in batch],
                "issue_keys": [_issue_keys(header.message) for header in batch],
                "reverts_sha": [found and found[1].decode() for found in reverted],
                "is_revert": [
                    found is not None or header.message.startswith(b'Revert "')
                    for header, found in zip(batch, reverted, strict=True)
                ],
                "authored_at": [at for at, _ in authored],
                "author_offset_minutes": [offset for _, offset in authored],
                "committed_at": [_moment(header.committed)[0] for header in batch],
            }
        )


def commit_authors(
    view: View, lineage: Lineage, mailmap: Mailmap, bots: tuple[str, ...]
) -> Iterator[Page]:
    """Rows of `git/commit_authors`: the author and each co-author once per e-mail."""
    for batch in _batches(view, lineage):
        rows = [row for header in batch for row in _authors(header)]
        shas, emails, names, roles = zip(*rows, strict=True)
        yield Page(
            {
                "repository": [view.repository] * len(rows),
                "commit_sha": shas,
                "author_email": emails,
                "mailmap_email": mailmap.emails(zip(names, emails, strict=True)),
                "author_name": names,
                "author_role": roles,
                "author_kind": [
                    author_kind(name, email, bots)
                    for name, email in zip(names, emails, strict=True)
                ],
            }
        )


def _authors(header: Header) -> list[tuple[str, str, str, str]]:
    """(sha, e-mail, name, role) of everyone the commit names as its writer."""
    sha = header.sha.decode()
    author = text(header.author_email).strip().lower()
    rows = {author: (sha, author, text(header.author_name), "author")}
    for name, email in _CO_AUTHOR.findall(header.message):
        address = text(email).strip().lower()
        rows.setdefault(address, (sha, address, text(name), "co_author"))
    return list(rows.values())


def _batches(view: View, lineage: Lineage) -> Iterator[list[Header]]:
    """Headers in reading order; raises BadInput unless each commit was readable."""
    wanted = list(lineage.mainline)
    headers = _headers(view, wanted)
    read = 0
    try:
        while batch := list(islice(headers, COMMITS_PER_PAGE)):
            read += len(batch)
            yield batch
    except GitFailed as failure:
        raise view.unreadable(failure) from None
    if read != len(wanted):
        raise BadInput(
            label(view.repository),
            f"`git log` told of {read} of {len(wanted)} commits.",
            fix="check the repository with `git fsck`.",
        )


def _headers(view: View, wanted: Sequence[str]) -> Iterator[Header]:
    """The header of each commit asked for; raises GitFailed."""
    if not wanted:
        return
    output = view.blocks(
        "log", "--no-walk=unsorted", "--stdin", "-z", "--date=raw", "--no-notes",
        "--no-decorate", f"--format={FORMAT}",
        given="\n".join(wanted).encode(),
    )  # fmt: skip
    fields: list[bytes] = []
    rest = b""
    for block in output:
        *whole, rest = (rest + block).split(b"\0")
        fields += whole
        complete = len(fields) - len(fields) % FIELDS
        for start in range(0, complete, FIELDS):
            yield Header(*fields[start : start + FIELDS])
        del fields[:complete]


def _issue_keys(message: bytes) -> str | None:
    """Issue keys anywhere in the message, sorted, comma between; None if none."""
    keys = {key.decode() for key in _ISSUE_KEY.findall(message)}
    return ",".join(sorted(keys)) or None


def _moment(raw: bytes) -> tuple[Any, int | None]:
    """(UTC, offset in minutes) of `seconds +hhmm`; None where it makes no date."""
    seconds, _, zone = raw.partition(b" ")
    try:
        at = EPOCH + timedelta(seconds=int(seconds))
        hours, minutes = divmod(abs(int(zone or 0)), 100)
    except (ValueError, OverflowError):
        return None, None
    offset = hours * 60 + minutes
    return at, -offset if zone.startswith(b"-") else offset

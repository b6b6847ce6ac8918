"""Questions in GraphQL: what a host lists fifty at a time with all that belongs to it.

Errors arrive with status 200. A page that takes the host too long is halved until it
passes; a limit that is used up is waited for; what came beside an error is not kept.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import msgspec
from msgspec import Struct

from ingestion.decoding import Shape
from ingestion.errors import Misconfigured, SourceError, TooMuch, Unavailable
from ingestion.http import Answer, Api
from ingestion.pagination import broken_off, token_pages

PAGE_SIZE: Final = 50
_LIMITS: Final = frozenset({"RATE_LIMITED", "RATE_LIMIT"})
_ABSENT: Final = frozenset({"NOT_FOUND", "FORBIDDEN"})
_TOO_LONG: Final = ("something went wrong", "timeout", "timed out")
_LATER: Final = "run again later; what landed before is kept."


class Error(Struct):
    """An error in an answer."""

    message: str = ""
    type: str | None = None


class Errors(Struct):
    """The errors of an answer."""

    errors: list[Error] = msgspec.field(default_factory=list[Error])


class PageInfo(Struct, gc=False):
    """Where the next page starts."""

    hasNextPage: bool
    endCursor: str | None = None


Found = TypeVar("Found")


@dataclass(frozen=True)
class Question:
    """A query about one repository, which takes `$first` and `$after`, and the fix
    for whoever may not ask it."""

    path: str
    text: str
    variables: Mapping[str, Any]
    fix: str


def graph_pages(
    api: Api, question: Question, read: Callable[[bytes], tuple[Found, PageInfo] | None]
) -> Iterator[tuple[Found, bytes]]:
    """Every page with its body; `read` gives what was found and where the next page
    starts, None where the repository is not there or may not be seen."""

    def fetch(cursor: str | None) -> tuple[tuple[Found, bytes], str | None]:
        body = _halving(api, question, cursor)
        found = read(body)
        if found is None:
            raise _refused(api, question)
        following = found[1]
        if following.hasNextPage and not following.endCursor:
            raise broken_off(api.source, question.path)
        return (found[0], body), following.endCursor if following.hasNextPage else None

    return token_pages(fetch, api.source)


def _halving(api: Api, question: Question, cursor: str | None) -> bytes:
    """The body of a page, as large as the host gets done."""
    size = PAGE_SIZE
    while True:
        try:
            return _asked(api, question, cursor, size)
        except TooMuch:
            if size == 1:
                raise
            size //= 2


def _asked(api: Api, question: Question, cursor: str | None, size: int) -> bytes:
    shape = Shape(Errors, api.source)
    variables = {**question.variables, "first": size, "after": cursor}

    def limit(answer: Answer) -> str:
        """That the hourly points are used up."""
        if answer.status != 200 or b'"errors"' not in answer.body:
            return ""
        try:
            errors = shape.read(answer.body).errors
        except SourceError:
            return ""
        return (
            "the rate limit of GraphQL is used up" if _types(errors) & _LIMITS else ""
        )

    asked = {"query": question.text, "variables": variables}
    body = api.post(question.path, asked, trouble=limit, is_divisible=size > 1).body
    errors = shape.read(body).errors
    if errors:
        raise _failed(api, question, errors)
    return body


def _types(errors: list[Error]) -> set[str]:
    return {error.type or "" for error in errors}


def _failed(api: Api, question: Question, errors: list[Error]) -> SourceError:
    """The error that these call for."""
    if _types(errors) & _ABSENT:
        return _refused(api, question)
    said = errors[0].message.lower()
    if any(words in said for words in _TOO_LONG):
        problem = f"POST {question.path}: the host gave up on the question."
        return TooMuch(api.source, problem, fix=_LATER)
    kinds = ", ".join(sorted(filter(None, _types(errors)))) or "of no type"
    return Unavailable(
        api.source,
        f"POST {question.path}: the answer holds {len(errors)} errors ({kinds}).",
        fix="run again later; if it repeats, update Tokenworth.",
    )


def _refused(api: Api, question: Question) -> Misconfigured:
    return Misconfigured(
        api.source,
        f"POST {question.path}: the repository is not there or may not be seen.",
        fix=question.fix,
    )

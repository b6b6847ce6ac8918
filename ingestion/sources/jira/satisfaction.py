"""What customers answered when a service project asked how satisfied they were."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from msgspec import Struct, defstruct

from ingestion.decoding import Shape
from ingestion.page import Page
from ingestion.sources.jira.connection import Jira
from ingestion.sources.jira.content import stored
from ingestion.sources.jira.instants import Instant, utc
from ingestion.sources.jira.results import Search, in_projects, results
from ingestion.sources.jira.shapes import Issue, SearchPage, news

RATING: Final = "com.atlassian.servicedesk:sd-request-feedback"
RATED_AT: Final = "com.atlassian.servicedesk:sd-request-feedback-date"
ISSUES_PER_PAGE: Final = 100


class Feedback(Struct, gc=False):
    """An answer; what the customer wrote with it is not read."""

    rating: int


@dataclass(frozen=True)
class SatisfactionFields:
    """The two fields of a site that hold answers; None where it has no such field."""

    rating: str | None
    rated_at: str | None


def satisfactions(
    api: Jira, site: str, fields: SatisfactionFields, projects: Sequence[str] = ()
) -> Iterator[Page]:
    """All answers. A site without the field has none, and is not asked."""
    if fields.rating is None:
        return
    number = fields.rating.rpartition("_")[2]
    rated = f"cf[{number}] is not EMPTY"
    bounds = (*((in_projects(projects),) if projects else ()), rated)
    names = [name for name in (fields.rating, fields.rated_at) if name is not None]
    shape = _shape(fields)
    search = Search(bounds, "updated ASC, id ASC", ("updated", *names), ISSUES_PER_PAGE)
    for found, body in results(api, search, shape):
        kept = [issue for issue in found.issues if issue.fields.feedback is not None]
        times = [issue.fields.rated_at for issue in kept]
        yield Page(
            {
                "site": [site] * len(kept),
                "issue_id": [issue.id for issue in kept],
                "rating": [issue.fields.feedback.rating for issue in kept],
                "rated_at": utc(times, "rated_at"),
            },
            body=stored(body),
            unknown_fields=news(shape.unknown_fields(body)),
        )


def _shape(fields: SatisfactionFields) -> Shape[SearchPage[Issue[Any]]]:
    """Issues with their answer, read from the site's own fields."""
    read: Any = defstruct(
        "Answered",
        [
            ("updated", Instant),
            ("feedback", Feedback | None, None),
            ("rated_at", Instant | None, None),
        ],
        rename={
            "feedback": fields.rating or "(rating)",
            "rated_at": fields.rated_at or "(rated_at)",
        },
    )
    return Shape(SearchPage[Issue[read]], "jira/satisfactions")

"""Which files and Jira projects hold deliverables, and what in them means what."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from ingestion.clock import Clock
from ingestion.connector import Part, SourceSettings, Surroundings
from ingestion.sheets import values
from ingestion.sheets.places import places
from ingestion.sources.deliverables.tables import SOURCE

Target = Literal[
    "item_id",
    "item_kind",
    "project",
    "client",
    "started_at",
    "delivered_at",
    "returned_n",
    "last_returned_at",
    "rating",
    "authors",
    "contributors",
    "reviewers",
]
NEEDED: Final[tuple[Target, ...]] = ("item_id", "delivered_at")
MAY_BE_CONSTANT: Final[frozenset[Target]] = frozenset(
    {"item_kind", "project", "client"}
)
FeedName = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]+$")]
Words = tuple[Annotated[str, Field(min_length=1)], ...]


class Constant(Part):
    """The same kind, project or client in every row of a feed."""

    constant: str


class Scale(Part):
    """Worst and best rating."""

    lowest: Annotated[Decimal, Field(max_digits=18, decimal_places=6)]
    highest: Annotated[Decimal, Field(max_digits=18, decimal_places=6)]

    @model_validator(mode="after")
    def _ascends(self) -> Self:
        if self.lowest >= self.highest:
            raise ValueError("lowest has to lie below highest")
        return self


class FileFeed(Part):
    """Files of one form, one line an item.

    `files` is a path with `*` in it if there are several, relative to the
    configuration. `mapping` says which column holds what, or a constant; no other
    column is read. Several people stand in one cell with `people_separator` between.
    """

    feed: FeedName
    files: str
    format: Literal["csv", "parquet"] = "csv"
    mapping: Mapping[Target, str | Constant]
    people_separator: Annotated[str, Field(min_length=1)] = ";"
    time_zone: Annotated[str, AfterValidator(values.time_zone)] | None = None
    rating_scale: Scale | None = None

    @model_validator(mode="after")
    def _is_enough(self) -> Self:
        for target in NEEDED:
            if not isinstance(self.mapping.get(target), str):
                raise ValueError(f"mapping needs {target}: the column that holds it")
        for target, held in self.mapping.items():
            if isinstance(held, Constant) and target not in MAY_BE_CONSTANT:
                raise ValueError(f"{target} differs by item; name its column")
        if "rating" in self.mapping and self.rating_scale is None:
            raise ValueError("rating needs rating_scale: {lowest: 1, highest: 5}")
        return self

    @property
    def wanted(self) -> frozenset[str]:
        """The columns of its files that are read."""
        mapped = self.mapping.values()
        return frozenset(name for name in mapped if isinstance(name, str))


class JiraFeed(Part):
    """A project of a Jira site that is connected, whose issues are the items.

    Statuses and issue types are ids or names. No issue types named means all of them.
    An issue that leaves a delivered status is returned, whether or not a status says
    so.
    """

    feed: FeedName
    site: str
    project: str
    started: Annotated[Words, Field(min_length=1)]
    delivered: Annotated[Words, Field(min_length=1)]
    returned: Words = ()
    issue_types: Words = ()

    @model_validator(mode="after")
    def _statuses_mean_one_thing(self) -> Self:
        named = [
            word.lower() for word in (*self.started, *self.delivered, *self.returned)
        ]
        if twice := sorted({word for word in named if named.count(word) > 1}):
            raise ValueError(f"{twice[0]!r} is named twice; a status means one thing")
        return self

    @property
    def meanings(self) -> Mapping[str, Words]:
        """The words by what they mean."""
        return MappingProxyType(
            {
                "started": self.started,
                "delivered": self.delivered,
                "returned": self.returned,
                "item": self.issue_types,
            }
        )


class Deliverables(SourceSettings):
    """Work that is not code, from files by a mapping and from Jira projects. See
    deliverables.md for an example."""

    files: tuple[FileFeed, ...] = ()
    jira: tuple[JiraFeed, ...] = ()

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        names = [each.feed for each in (*self.files, *self.jira)]
        if not names:
            raise ValueError("no feed is named; add one below files or jira")
        if len(set(names)) < len(names):
            raise ValueError("two feeds have the same name; rename one")
        return self


@dataclass(frozen=True)
class Connection:
    """The feeds, and the folder their paths start from."""

    folder: Path
    files: tuple[FileFeed, ...]
    jira: tuple[JiraFeed, ...]
    clock: Clock

    def paths(self, feed: FileFeed) -> list[tuple[str, Path]]:
        """(name, path) of the files of a feed there are now, in order; raises BadInput
        if their folder cannot be found."""
        return places(
            self.folder,
            feed.files,
            source=SOURCE,
            held=f"feed {feed.feed}",
            field=f"sources.{SOURCE}.files",
        )


def connect(named: Deliverables, around: Surroundings) -> Connection:
    """The feeds that the configuration names."""
    return Connection(around.folder, named.files, named.jira, around.clock)

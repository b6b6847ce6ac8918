"""Which files are read, and which of their columns hold what."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ingestion.clock import Clock
from ingestion.connector import Part, SourceSettings, Surroundings
from ingestion.sheets.places import places
from ingestion.sources.files.tables import SOURCE

Target = Literal[
    "usage_date",
    "principal_type",
    "principal_id",
    "principal_email",
    "provider",
    "model",
    "product",
    "service_tier",
    "region",
    "project_id",
    "api_key_id",
    "input_uncached_tokens",
    "cache_read_tokens",
    "cache_write_5m_tokens",
    "cache_write_1h_tokens",
    "cache_write_unspecified_tokens",
    "output_tokens",
    "input_unspecified_tokens",
    "requests",
    "list_amount",
    "billed_amount",
    "currency",
]


class Constant(Part):
    """The same value in every row of a set."""

    constant: str


class FileSet(Part):
    """Files of one kind.

    `files` is a path with `*` in it if there are several, relative to the
    configuration. `mapping` says which column of the file holds what, or a constant;
    what it leaves out is not reported. A FOCUS file needs none: what is named here
    goes before, and `Tags.user` is the key `user` of its tags.
    """

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]+$")]
    files: str
    format: Literal["csv", "parquet", "focus"] = "csv"
    scope: str | None = None
    mapping: Mapping[Target, str | Constant] = MappingProxyType({})

    @model_validator(mode="after")
    def _has_day(self) -> Self:
        if self.format != "focus" and not isinstance(
            self.mapping.get("usage_date"), str
        ):
            raise ValueError("mapping needs usage_date: the column with the day")
        amounts = {"list_amount", "billed_amount"} & set(self.mapping)
        if self.format != "focus" and amounts and "currency" not in self.mapping:
            raise ValueError("mapping needs currency, e.g. {constant: USD}")
        return self


class Files(SourceSettings):
    """Exports and bills as files."""

    sets: Annotated[tuple[FileSet, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        names = [each.name for each in self.sets]
        if len(set(names)) < len(names):
            raise ValueError("two sets have the same name; rename one")
        return self


@dataclass(frozen=True)
class Connection:
    """The sets, and the folder their paths start from."""

    folder: Path
    sets: tuple[FileSet, ...]
    clock: Clock

    def paths(self, held: FileSet) -> list[tuple[str, Path]]:
        """(name, path) of the files of a set there are now, in order; raises BadInput
        if their folder cannot be found."""
        return places(
            self.folder,
            held.files,
            source=SOURCE,
            held=f"set {held.name}",
            field=f"sources.{SOURCE}.sets.files",
        )


def connect(named: Files, around: Surroundings) -> Connection:
    """The files that the configuration names."""
    return Connection(around.folder, named.sets, around.clock)

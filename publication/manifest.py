"""The manifest: what a release holds, what it was made from, and how it was judged."""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from publication import durable
from publication.errors import WritingFailed

FILE = "manifest.json"
INPUTS = "inputs.json"


@dataclass(frozen=True)
class PublishedMart:
    """One mart as published; `content_hash` is None where rows are no content."""

    audience: str
    name: str
    rows: int
    grain: tuple[str, ...]
    content_hash: str | None

    @property
    def path(self) -> str:
        """`<audience>.<mart>`, as queries over a release name it."""
        return f"{self.audience}.{self.name}"


@dataclass(frozen=True)
class Manifest:
    """Times are ISO 8601 in UTC; `files` maps each file to its SHA-256.

    `sequence` counts promotions from 1 and is 0 for a candidate, whose `gates` are
    empty. `pseudonym_key` is the key's fingerprint, None where internal ids were kept.
    """

    release_id: str
    created_at: str
    present: str
    content_hash: str
    code_hash: str
    configuration_hash: str
    inputs_count: int
    inputs_hash: str
    pseudonym_key: str | None
    marts: tuple[PublishedMart, ...]
    files: Mapping[str, str]
    sequence: int = 0
    gates: tuple[Mapping[str, Any], ...] = field(default=())

    @property
    def audiences(self) -> tuple[str, ...]:
        """The audiences that have a file, sorted."""
        return tuple(sorted({mart.audience for mart in self.marts}))

    def write(self, folder: Path) -> None:
        """Write or replace `manifest.json` in the folder."""
        content = dataclasses.asdict(self) | {"audiences": self.audiences}
        durable.write_json(folder / FILE, content)


def read(folder: Path) -> Manifest:
    """The manifest in the folder; raises WritingFailed when there is none."""
    try:
        content: dict[str, Any] = json.loads((folder / FILE).read_text())
        content.pop("audiences")
        content["gates"] = tuple(content["gates"])
        content["marts"] = tuple(
            PublishedMart(**mart | {"grain": tuple(mart["grain"])})
            for mart in content["marts"]
        )
        return Manifest(**content)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WritingFailed(
            folder.name,
            f"its manifest cannot be read ({error}).",
            fix="remove the folder and publish again.",
        ) from error

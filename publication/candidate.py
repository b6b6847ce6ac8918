"""A candidate: everything a release will be, but for the verdict on it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from publication import audience, durable, manifest
from publication.attached import Query, attached
from publication.content import combined, content_hash
from publication.contract import DICTIONARY, Mart
from publication.manifest import INPUTS, Manifest, PublishedMart
from publication.pseudonym import fingerprint
from publication.warehouse import attached_warehouse, check_contract, source

REJECTED = "rejected.json"
WRITING = ".writing-"
Step = Callable[[str], None]


@dataclass(frozen=True)
class Origin:
    """What a candidate is made from; times are aware, hashes are the caller's."""

    warehouse: Path
    inputs: Mapping[str, str]
    code_hash: str
    configuration_hash: str
    present: datetime
    created_at: datetime
    pseudonym_key: bytes | None


@dataclass(frozen=True)
class Candidate:
    """A complete folder below `candidates/`, written and sealed."""

    path: Path

    @property
    def id(self) -> str:
        """The id that the release will have; every row carries it."""
        return self.path.name

    @property
    def manifest(self) -> Manifest:
        """What it holds and what it was made from; read afresh each time."""
        return manifest.read(self.path)

    @property
    def content_hash(self) -> str:
        """Hash over all marts but the gate's own: equal content, equal hash."""
        return self.manifest.content_hash

    @property
    def is_rejected(self) -> bool:
        """Whether an audit refused it; a refused candidate is never promoted."""
        return (self.path / REJECTED).exists()

    def reading(self) -> AbstractContextManager[Query]:
        """SQL → frame over all its files: `select … from review.mart_x`."""
        return attached(self.path, self.manifest.audiences)


def write(
    folder: Path, marts: Sequence[Mart], origin: Origin, taken: set[str], step: Step
) -> Candidate:
    """Write the marts under a hidden name, seal them, and rename to the final id."""
    with attached_warehouse(origin.warehouse) as connection:
        for mart in marts:
            check_contract(connection, mart)
        content = {
            (mart.audience, mart.name): content_hash(
                connection, source(mart), mart.columns
            )
            for mart in marts
            if mart.is_content
        }
        whole = combined({".".join(name): value for name, value in content.items()})
        release_id = _free_id(origin.present, whole, taken)
        hidden = folder / f"{WRITING}{release_id}"
        hidden.mkdir()
        step("hashed")
        published: list[PublishedMart] = []
        for name, group in groupby(marts, key=lambda mart: mart.audience):
            own = tuple(group)
            rows = audience.write(
                connection,
                hidden,
                name,
                own,
                release_id=release_id,
                pseudonym_key=origin.pseudonym_key,
            )
            published += _published(name, own, rows, content)
            step(f"wrote {name}")
    _write_manifest(hidden, release_id, whole, tuple(published), origin)
    step("wrote manifest")
    durable.seal(hidden)
    step("sealed")
    durable.rename(hidden, folder / release_id)
    step("candidate")
    return Candidate(folder / release_id)


def _published(
    name: str,
    marts: Sequence[Mart],
    rows: Mapping[str, int],
    content: Mapping[tuple[str, str], str],
) -> list[PublishedMart]:
    grains = {mart.name: mart.published_grain for mart in marts}
    grains[DICTIONARY] = ("mart", "column_name")
    return [
        PublishedMart(name, mart, rows[mart], grain, content.get((name, mart)))
        for mart, grain in grains.items()
    ]


def _write_manifest(
    hidden: Path,
    release_id: str,
    content: str,
    published: tuple[PublishedMart, ...],
    origin: Origin,
) -> None:
    durable.write_json(hidden / INPUTS, dict(origin.inputs))
    key = origin.pseudonym_key
    Manifest(
        release_id=release_id,
        created_at=origin.created_at.astimezone(UTC).isoformat(),
        present=origin.present.astimezone(UTC).isoformat(),
        content_hash=content,
        code_hash=origin.code_hash,
        configuration_hash=origin.configuration_hash,
        inputs_count=len(origin.inputs),
        inputs_hash=combined(origin.inputs),
        pseudonym_key=None if key is None else fingerprint(key),
        marts=published,
        files=durable.hashes(hidden),
    ).write(hidden)


def _free_id(present: datetime, content: str, taken: set[str]) -> str:
    """Time and content of the release, numbered on where there are such already."""
    first = f"{present.astimezone(UTC):%Y%m%dT%H%M%SZ}-{content[:12]}"
    same = [name.removeprefix(first) for name in taken if name.startswith(first)]
    last = max((int(number.lstrip("-") or 1) for number in same), default=0)
    return f"{first}-{last + 1}" if last else first

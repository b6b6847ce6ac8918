"""From a candidate and its audit to a finished release folder, before the swap."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from publication import audience, durable
from publication.candidate import REJECTED, Candidate, Step
from publication.contract import GATE_MART
from publication.errors import ReleaseRefused
from publication.manifest import Manifest
from publication.sql import scratch


class GateResults(Protocol):
    """An audit: of which candidate and content, and one row per decision.

    Rows have the columns of the gate's results: candidate_id, gate_id, gate_subject,
    gate_title, severity, decision, observed, threshold, detail, evaluated_at.
    """

    @property
    def candidate_id(self) -> str:
        """The candidate that was audited."""
        ...

    @property
    def content_hash(self) -> str:
        """The content that was audited."""
        ...

    @property
    def rows(self) -> Sequence[Mapping[str, Any]]:
        """Every decision."""
        ...


def check(candidate: Candidate, results: GateResults) -> None:
    """Refuse a candidate whose audit blocks, or that this audit is not of."""
    if not candidate.path.is_dir():
        raise ReleaseRefused(
            candidate.id, "the candidate is gone.", fix="write and audit a new one."
        )
    if candidate.is_rejected:
        raise ReleaseRefused(
            candidate.id,
            "an audit refused this candidate before.",
            fix="correct what its gates name, then write and audit a new one.",
        )
    problem = _mismatch(candidate, results)
    if problem:
        raise ReleaseRefused(
            candidate.id, problem, fix="audit this very candidate, then promote it."
        )
    blocking = [row for row in results.rows if row["decision"] == "block"]
    if blocking:
        gates = [_as_json(row) for row in results.rows]
        durable.write_json(candidate.path / REJECTED, {"gates": gates})
        names = (f"{row['gate_id']} ({row['gate_subject']})" for row in blocking)
        raise ReleaseRefused(
            candidate.id,
            f"{len(blocking)} blocking gates did not pass: {', '.join(names)}.",
            fix="correct what the gates' details name, then run again.",
        )


def finish(
    candidate: Candidate, results: GateResults, sequence: int, step: Step
) -> None:
    """Add the decisions to the steward's file and the manifest, the last to change."""
    manifest = candidate.manifest
    marts = manifest.marts
    steward = next((mart for mart in marts if mart.name == GATE_MART), None)
    if steward is not None:
        rows = _write_gates(candidate.path, steward.audience, results.rows)
        step("wrote gates")
        marts = tuple(
            dataclasses.replace(mart, rows=rows) if mart is steward else mart
            for mart in marts
        )
    dataclasses.replace(
        manifest,
        marts=marts,
        files=_files(candidate.path, manifest),
        sequence=sequence,
        gates=tuple(_as_json(row) for row in results.rows),
    ).write(candidate.path)
    step("wrote verdict")


def _mismatch(candidate: Candidate, results: GateResults) -> str | None:
    """Why these results say nothing about the candidate as it lies there, if so."""
    manifest = candidate.manifest
    audited = {str(row["candidate_id"]) for row in results.rows}
    if not results.rows:
        return "no gate was evaluated."
    if audited | {results.candidate_id} != {candidate.id}:
        return f"the audit is of {', '.join(sorted(audited))}."
    if results.content_hash != manifest.content_hash:
        return "the audit is of other content."
    changed = [
        name
        for name, value in manifest.files.items()
        if not (candidate.path / name).is_file()
        or durable.file_hash(candidate.path / name) != value
    ]
    if changed:
        return f"files changed since it was written: {', '.join(changed)}."
    return None


def _write_gates(folder: Path, name: str, rows: Sequence[Mapping[str, Any]]) -> int:
    """Rewrite the audience's file with the decisions added; rows of the gate's mart."""
    file, hidden = folder / f"{name}.duckdb", folder / ".gates.writing"
    hidden.mkdir(exist_ok=True)
    (hidden / name).mkdir(exist_ok=True)
    copy = hidden / f"{name}.duckdb"
    copy.unlink(missing_ok=True)
    copy.write_bytes(file.read_bytes())
    with scratch() as connection:
        audience.attach(connection, copy, name)
        relation = f"{name}.main.{GATE_MART}"
        described = connection.execute(f"describe {relation}").fetchall()
        named = [_as_row(row) | {"release_id": folder.name} for row in rows]
        values = [[row.get(column[0]) for column in described] for row in named]
        audience.insert(connection, relation, values)
        count = audience.write_parquet(connection, hidden, name, GATE_MART)
        connection.execute(f"detach {name}")
    parquet = Path(name) / f"{GATE_MART}.parquet"
    durable.replace(hidden / parquet, folder / parquet)
    durable.replace(copy, file)
    (hidden / name).rmdir()
    hidden.rmdir()
    return count


def _files(folder: Path, manifest: Manifest) -> dict[str, str]:
    found = durable.hashes(folder)
    return {name: found[name] for name in manifest.files}


def _as_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with its times in UTC and without a zone, as files hold them."""
    return {
        name: value.astimezone(UTC).replace(tzinfo=None)
        if isinstance(value, datetime) and value.tzinfo
        else value
        for name, value in row.items()
    }


def _as_json(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row.items()
    }

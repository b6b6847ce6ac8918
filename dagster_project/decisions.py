"""Decisions of people from the ledger to the lake, once the chain is verified."""

from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg
import pyarrow as pa

from dagster_project.landing import landed, plain_errors, spec, told, workspace_of
from ingestion.lake import Lake
from ingestion.sources import decisions
from ingestion.sources.decisions.tables import IDENTITY_DECISIONS
from ledger import Event, Tampered
from ledger.identity import TOPIC


def decisions_asset() -> dg.AssetsDefinition:
    """Identity decisions: all of them, or none if the ledger is not as it was."""

    @dg.multi_asset(
        name="identity_decisions",
        specs=[spec(IDENTITY_DECISIONS)],
        required_resource_keys={"workspace"},
    )
    def _asset(
        context: dg.AssetExecutionContext,
    ) -> Iterator[dg.MaterializeResult[Any]]:
        found = workspace_of(context)
        with plain_errors():
            events = found.ledger.verified(TOPIC)
            refuse_vanished(found.lake, events)
            receipt = found.lake.merge(
                IDENTITY_DECISIONS, decisions.identity_decisions(events)
            )
        told(context, IDENTITY_DECISIONS, [receipt], "read")
        yield landed(IDENTITY_DECISIONS, [receipt])

    return _asset


def refuse_vanished(lake: Lake, events: Sequence[Event]) -> None:
    """Raises Tampered if an event that landed before is not in the ledger as it was.

    A chain that somebody wrote anew from some event on is whole in itself; what landed
    still has the hashes of the one before.
    """
    before: pa.Table = lake.current(IDENTITY_DECISIONS)
    hashes = {event.sequence: event.event_hash for event in events}
    rows = zip(
        before["sequence"].to_pylist(), before["event_hash"].to_pylist(), strict=True
    )
    for sequence, landed_hash in sorted(rows):
        if hashes.get(sequence) != landed_hash:
            raise Tampered(
                f"event {sequence} landed before and is not in the ledger as it was.",
                fix="restore the ledger that TOKENWORTH_LEDGER or the home folder "
                "names from a backup.",
            )

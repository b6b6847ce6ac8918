"""The small company after decisions: the ledger's events in, every figure out.

Decisions are taken in a real ledger and exported as the pipeline does it; then every
model that rests on them runs again, by its own compiled SQL.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import small_company
from parquet_lake import TYPES
from warehouse import World, models

from ingestion.sources import decisions
from ingestion.sources.decisions.tables import IDENTITY_DECISIONS
from ledger import Event, Ledger
from ledger.identity import Account, Decision, Span, check

STAGED = "stg_decisions__identity_decisions"
SINCE = Span(date(2026, 1, 1))


def order(manifest: Mapping[str, Any], first: str) -> list[str]:
    """Unique ids of all models that rest on `first`, each after those it reads."""
    nodes = models(manifest)
    (start,) = (key for key, node in nodes.items() if node["name"] == first)
    found: list[str] = []

    def visit(key: str) -> bool:
        """Whether the model rests on the first one; if so it is put in its place."""
        if key == start or key in found:
            return True
        read = [k for k in nodes[key]["depends_on"]["nodes"] if k in nodes]
        rests = any([visit(each) for each in read])  # noqa: C419 - visit every one
        if rests:
            found.append(key)
        return rests

    for key in nodes:
        visit(key)
    return found


class DecidedCompany:
    """A copy of the small company's warehouse beside a ledger of its own."""

    def __init__(self, world: World, folder: Path) -> None:
        copy = folder / "warehouse.duckdb"
        copy.write_bytes(world.warehouse.read_bytes())
        self._folder, self._ledgers = folder, 0
        self._connection = duckdb.connect()
        self._connection.execute(f"attach '{copy}' as warehouse")
        self._connection.execute("use warehouse")
        self._connection.execute(f"drop view staging.{STAGED}")
        nodes = world.manifest()["nodes"]
        self._code = {
            f"{node['schema']}.{node['name']}": node["compiled_code"]
            for node in (nodes[key] for key in order(world.manifest(), STAGED))
        }
        self.ledger = self.fresh()

    def fresh(self) -> Ledger:
        """Begin with an empty ledger."""
        self._ledgers += 1
        present = small_company.PRESENT.replace(tzinfo=UTC)
        url = f"sqlite:///{self._folder / f'ledger-{self._ledgers}.db'}"
        self.ledger = Ledger(url, lambda: present)
        return self.ledger

    def decide(self, decided: Decision, why: str = "it was shown") -> Event:
        """Take a decision; figures follow with `built`."""
        draft = decided.draft(decided_by="steward", reason=why, evidence=None)
        return self.ledger.append(draft, check(decided))

    def built(self) -> "DecidedCompany":
        """This company after a run over the ledger as it is now."""
        schema = pa.schema([(c.name, TYPES[c.type]) for c in IDENTITY_DECISIONS.columns])
        pages = decisions.identity_decisions(self.ledger.verified())
        rows = [pa.table(dict(page.columns), schema=schema) for page in pages]
        table = pa.concat_tables(rows) if rows else schema.empty_table()
        self._connection.register("exported", table)
        self._connection.execute(
            f"create or replace table staging.{STAGED} as from exported"
        )
        self._connection.unregister("exported")
        for name, code in self._code.items():
            self._connection.execute(f"create or replace table {name} as {code}")
        return self

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """Rows by column name."""
        result = self._connection.execute(sql)
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of every mart that rests on decisions."""
        staged = ("staging.", "intermediate.")
        return {
            name: self._connection.execute(f"from {name} order by all").fetchall()
            for name in self._code
            if not name.startswith(staged)
        }


def account(source: str, kind: str, name: str) -> Account:
    """An account of the small company."""
    return Account(source, kind, name)


def bind(one: Account, person: str, span: Span = SINCE) -> Decision:
    """The account is the person's."""
    return Decision("bind", account=one, person_id=person, span=span)


def revert(event: Event) -> Decision:
    """The event no longer holds."""
    return Decision("revert", reverts_sequence=event.sequence)


def shares(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Millionths by holder."""
    return {row["credit_holder"]: row["credit_millionths"] for row in rows}

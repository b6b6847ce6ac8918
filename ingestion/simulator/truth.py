"""What is planted: tables that the marts can be compared with.

`Truth(company)` is the final truth. `as_served(present)` is what the systems show of
it at a present: revised usage, and only the issues and changes of until then.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# pyarrow ships no types.

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ingestion.simulator import delivery, organisation, rework, timeline
from ingestion.simulator.company import Company
from ingestion.simulator.totals import DAY, TEXT, dates, table, totals
from ingestion.simulator.usage import MODELS, Usage

TABLES = (
    "persons",
    "person_quarters",
    "person_usage",
    "principal_usage",
    "issues",
    "delivered",
    "merged",
    "rework",
)


@dataclass(frozen=True)
class Truth:
    """Tables of truth about one company; `present` None is the end of its time."""

    company: Company
    present: datetime | None = None

    def as_served(self, present: datetime) -> "Truth":
        """The same tables as far as the systems show them at `present`."""
        return Truth(self.company, present)

    @property
    def usage(self) -> Usage:
        """AI usage, row by row."""
        if self.present is None:
            return self.company.usage
        return self.company.revisions.as_served(self.present)

    @property
    def persons(self) -> pa.Table:
        """One row per person: the planted traits, logarithms natural."""
        people = self.company.people
        traits = [person.traits for person in people]
        return pa.table(
            {
                "person_id": [p.person_id for p in people],
                "usage_class": [t.usage_class for t in traits],
                "ability": [t.ability for t in traits],
                "usage_offset": [t.usage_offset for t in traits],
                "gain": [t.gain for t in traits],
                "rework": [t.rework for t in traits],
                "has_ai_access": [t.has_ai_access for t in traits],
                "adopted_on": pa.array([t.adopted_on for t in traits], DAY),
            }
        )

    @property
    def person_quarters(self) -> pa.Table:
        """One row per person and calendar quarter: full-time days available.

        As served at a present, the days before it.
        """
        over = timeline.DAYS
        if self.present is not None:
            over = min(over, timeline.index(self.present.date()))
        worked = self.company.available[:, :over]
        available = zip(self.company.people, worked, strict=True)
        rows = [
            (person.person_id, start, float(share[first:after].sum()))
            for person, share in available
            for start, first, after in timeline.quarters()
        ]
        columns = (("person_id", TEXT), ("quarter_start", DAY))
        return table(rows, *columns, ("fte_days", pa.float64()))

    @property
    def person_usage(self) -> pa.Table:
        """One row per person, UTC day, vendor's model name and token class."""
        usage = self.usage
        owners = [p.person_id for p in self.company.principals]
        numbers = [organisation.person_number(p) if p else -1 for p in owners]
        person = np.array(numbers)[usage.principal]
        kept = (person >= 0) & (usage.model > 0)
        keys = [person[kept], usage.day[kept], usage.model[kept]]
        found = totals(usage.take(kept), keys)
        return pa.table(
            {
                "person_id": [f"P{n + 1:03d}" for n in found.keys[0]],
                "usage_date": dates(found.keys[1]),
                "model": [MODELS[n] for n in found.keys[2]],
                **found.columns(),
            }
        )

    @property
    def principal_usage(self) -> pa.Table:
        """One row per actor, UTC day and token class, with whom it belongs to.

        `attribution` is person, service or unattributed; its totals sum to the
        vendor's total.
        """
        usage = self.usage.take(self.usage.model > 0)
        found = totals(usage, [usage.principal, usage.day])
        actors = [self.company.principals[n] for n in found.keys[0]]
        return pa.table(
            {
                "principal_type": [a.principal_type for a in actors],
                "principal_id": [a.principal_id for a in actors],
                "attribution": [a.attribution for a in actors],
                "person_id": pa.array([a.person_id for a in actors], TEXT),
                "usage_date": dates(found.keys[1]),
                **found.columns(),
            }
        )

    @property
    def issues(self) -> pa.Table:
        """One row per issue; see `delivery.issues`."""
        return delivery.issues(self.company, self._at_ms)

    @property
    def delivered(self) -> pa.Table:
        """One row per delivered issue and credited person; see `delivery.delivered`."""
        return delivery.delivered(self.company, self._at_ms)

    @property
    def merged(self) -> pa.Table:
        """One row per merged change and credited person; see `delivery.merged`."""
        return delivery.merged(self.company, self._at_ms)

    @property
    def rework(self) -> pa.Table:
        """One row per change that wrote source lines; see `rework.rework`."""
        return rework.rework(self.company, self._at_ms)

    def write(self, folder: Path) -> None:
        """Every table as `<folder>/<table>.parquet`."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in TABLES:
            pq.write_table(getattr(self, name), folder / f"{name}.parquet")

    @property
    def _at_ms(self) -> int:
        if self.present is None:
            return timeline.midnight_ms(timeline.DAYS) - 1
        return timeline.epoch_ms(self.present)

"""Sums of AI usage per key and token class, and how tables of truth are made."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# pyarrow ships no types.

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pyarrow as pa

from ingestion.simulator import prices, timeline
from ingestion.simulator.usage import Integers, Usage

MONEY = pa.decimal128(38, 12)
TEXT, WHOLE_NUMBER, DAY = pa.string(), pa.int64(), pa.date32()
INSTANT = pa.timestamp("ms", "UTC")


@dataclass(frozen=True)
class Totals:
    """Sums per key and token class."""

    keys: list[Integers]
    classes: Integers
    tokens: Integers
    pico: Integers

    def columns(self) -> dict[str, object]:
        """The columns that every usage table ends with."""
        cost = [Decimal(int(pico)).scaleb(-12) for pico in self.pico]
        return {
            "token_class": [prices.TOKEN_CLASSES[n] for n in self.classes],
            "tokens": self.tokens,
            "list_cost_usd": pa.array(cost, MONEY),
        }


def totals(usage: Usage, keys: list[Integers]) -> Totals:
    """Tokens and list cost per combination of keys and class, without zeros."""
    stacked = np.stack(keys, axis=1)
    groups, places = np.unique(stacked, axis=0, return_inverse=True)
    size = (len(groups), len(prices.TOKEN_CLASSES))
    tokens, pico = np.zeros(size, np.int64), np.zeros(size, np.int64)
    np.add.at(tokens, places.reshape(-1), usage.tokens)
    np.add.at(pico, places.reshape(-1), usage.tokens * usage.unit_prices())
    rows, classes = np.nonzero(tokens)
    return Totals(
        [groups[rows, n] for n in range(len(keys))],
        classes,
        tokens[rows, classes],
        pico[rows, classes],
    )


def dates(days: Integers) -> pa.Array:
    """Day indexes as dates."""
    return pa.array([timeline.day_at(int(day)) for day in days], DAY)


def table(
    rows: Iterable[tuple[object, ...]], *columns: tuple[str, pa.DataType]
) -> pa.Table:
    """A table of (name, type) columns from rows, which may be none."""
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pa.table(
        {
            name: pa.array(value, kind)
            for (name, kind), value in zip(columns, values, strict=True)
        }
    )

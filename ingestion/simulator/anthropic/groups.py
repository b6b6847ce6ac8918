"""Usage summed by day and dimensions, and money as the vendor writes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ingestion.simulator import prices
from ingestion.simulator.anthropic.dimensions import Dimensions
from ingestion.simulator.usage import Integers, Usage

# What the contract takes off the list price, in percent.
DISCOUNT_PERCENT = 12
_PICO_A_CENT = prices.PICO // 100


@dataclass(frozen=True)
class Groups:
    """One entry per bucket and combination of codes; `codes` has a column a dimension.

    Amounts are pico-dollars at list price; `tokens` and `token_pico` have a column per
    token class.
    """

    bucket: Integers
    codes: Integers
    requests: Integers
    searches: Integers
    spans: Integers
    tokens: Integers
    token_pico: Integers

    def __len__(self) -> int:
        return len(self.bucket)

    @cached_property
    def search_pico(self) -> Integers:
        """Cost of web searches at list price."""
        return self.searches * prices.WEB_SEARCH_PICO

    @cached_property
    def span_pico(self) -> Integers:
        """Cost of code executions at list price."""
        return self.spans * prices.CODE_EXECUTION_PICO

    @cached_property
    def pico(self) -> Integers:
        """Cost of everything at list price."""
        return self.token_pico.sum(axis=1) + self.search_pico + self.span_pico


def grouped(
    usage: Usage, dimensions: Dimensions, names: Sequence[str], buckets: Integers
) -> Groups:
    """The rows summed by `buckets` (one number a row) and the named dimensions."""
    codes = [dimensions.codes(name, usage) for name in names]
    keys = np.stack([buckets, *codes], axis=1)
    groups, places = np.unique(keys, axis=0, return_inverse=True)
    places = places.reshape(-1)

    def total(values: Integers) -> Integers:
        sums = np.zeros((len(groups), *values.shape[1:]), np.int64)
        np.add.at(sums, places, values)
        return sums

    return Groups(
        bucket=groups[:, 0],
        codes=groups[:, 1:],
        requests=total(usage.requests),
        searches=total(usage.searches),
        spans=total(usage.spans),
        tokens=total(usage.tokens),
        token_pico=total(usage.tokens * usage.unit_prices()),
    )


def cents(pico: int) -> str:
    """Pico-dollars as exact decimal cents with at least six places."""
    whole, rest = divmod(pico, _PICO_A_CENT)
    places = f"{rest:010d}"
    return f"{whole}.{places[:6]}{places[6:].rstrip('0')}"


def billed(pico: int) -> int:
    """What is charged of a list amount; exact, since prices are whole hundreds."""
    return pico * (100 - DISCOUNT_PERCENT) // 100

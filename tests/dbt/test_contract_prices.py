"""Contract prices over generated books, against a plain oracle asked day by day.

Every world is a vendor of its own, and all of them are built together. A world's twin
has the same book and contract, and one more agreement that starts tomorrow.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import parquet_lake
import pytest
from warehouse import World

from ingestion.sources.prices import price_book

pytestmark = pytest.mark.slow
Row = dict[str, Any]
WORLDS = 20
START, DAYS, TOMORROW = date(2026, 1, 1), 60, date(2026, 2, 10)
DIMENSIONS = ("model", "token_class", "service_tier", "context_band", "region")
VALUES = {
    "model": ("m", "n"),
    "token_class": ("input_uncached", "output"),
    "service_tier": ("standard", "batch"),
    "context_band": ("base", ">200000"),
    "region": ("eu", "us"),
}
PICO = Decimal("1e-12")


def day(number: int) -> date:
    """A day by its number."""
    return START + timedelta(days=number)


def listed(draw: random.Random, vendor: str) -> Iterator[Row]:
    """List prices of some cells, in half-open spans."""
    for model in VALUES["model"]:
        for token_class in VALUES["token_class"]:
            for tier in VALUES["service_tier"]:
                if draw.random() < 0.3:
                    continue
                for band in VALUES["context_band"]:
                    cuts = sorted(draw.sample(range(1, DAYS), draw.randint(0, 2)))
                    starts = [date(1970, 1, 1), *map(day, cuts)]
                    ends = [*starts[1:], None]
                    for start, end in zip(starts, ends, strict=True):
                        yield {
                            "vendor": vendor,
                            "model": model,
                            "token_class": token_class,
                            "service_tier": tier,
                            "context_band": band,
                            "region": "any",
                            "usd_per_token": draw.randint(1, 10**9) * PICO,
                            "price_source": "drawn",
                            "source_version": "1",
                            "valid_from": start,
                            "valid_to": end,
                        }


def agreed(draw: random.Random, vendor: str) -> Iterator[Row]:
    """Agreements, of which those for the same cells never hold on the same day."""
    taken: set[tuple[Any, ...]] = set()
    for _ in range(draw.randint(0, 6)):
        where = {
            name: draw.choice(values) if draw.random() < 0.4 else "*"
            for name, values in VALUES.items()
        }
        first = draw.randrange(DAYS)
        last = draw.choice([None, day(draw.randrange(first, DAYS))])
        held = [(*where.values(), n) for n in range(DAYS + 1)]
        held = [h for h in held if day(h[-1]) >= day(first)]
        held = [h for h in held if last is None or day(h[-1]) <= last]
        if taken.intersection(held):
            continue
        taken.update(held)
        yield agreement(draw, vendor, where, day(first), last)


def agreement(
    draw: random.Random,
    vendor: str,
    where: dict[str, str],
    first: date,
    last: date | None,
) -> Row:
    """A price or a discount for these cells."""
    is_price = draw.random() < 0.5
    micro = draw.randint(1, 10**6)
    return {
        "vendor": vendor,
        **where,
        "usd_per_million": Decimal(micro).scaleb(-3) if is_price else None,
        "discount_share": None if is_price else Decimal(micro).scaleb(-6),
        "valid_from": first,
        "valid_to": last,
    }


class Book:
    """One world: its list prices and its agreements."""

    def __init__(self, seed: int) -> None:
        self.vendor, self.twin = f"v{seed}", f"twin{seed}"
        draw = random.Random(seed)  # noqa: S311 - worlds, no secrets
        self.listed = list(listed(draw, self.vendor))
        self.agreed = list(agreed(draw, self.vendor))
        later = {name: draw.choice(["*", VALUES[name][0]]) for name in DIMENSIONS}
        self.later = agreement(draw, self.twin, later, TOMORROW, None)

    def price(self, cell: Row, on: date) -> Decimal | None:
        """The contracted price of a cell on a day; None where nothing was agreed."""
        price = self.list_price(cell, on)
        found = [row for row in self.agreed if price and holds(row, cell, on)]
        if price is None or not found:
            return None
        named = {id(row): [row[name] != "*" for name in DIMENSIONS] for row in found}
        best = max(
            found,
            key=lambda row: (
                sum(named[id(row)]),
                row["usd_per_million"] is not None,
                named[id(row)],
            ),
        )
        if best["usd_per_million"] is not None:
            return best["usd_per_million"].scaleb(-6)
        rest = price * (1 - best["discount_share"])
        return rest.quantize(PICO, ROUND_HALF_UP)

    def list_price(self, cell: Row, on: date) -> Decimal | None:
        """The list price of a cell on a day."""
        names = ("model", "token_class", "service_tier", "context_band")
        for row in self.listed:
            is_here = all(row[name] == cell[name] for name in names)
            is_now = row["valid_from"] <= on < (row["valid_to"] or date.max)
            if is_here and is_now:
                return row["usd_per_token"]
        return None


def holds(row: Row, cell: Row, on: date) -> bool:
    """Whether an agreement is for a cell on a day; the last day holds."""
    is_here = all(row[name] in ("*", cell[name]) for name in DIMENSIONS)
    return is_here and row["valid_from"] <= on <= (row["valid_to"] or date.max)


BOOKS = [Book(seed) for seed in range(WORLDS)]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """All worlds and their twins, beside the price book as it is bundled."""
    made = World(tmp_path_factory.mktemp("contracts"))
    prices = [row for book in BOOKS for row in book.listed]
    agreements = [row for book in BOOKS for row in book.agreed]
    twins = {book.vendor: book.twin for book in BOOKS}
    rows = {
        "prices/list_prices": prices,
        "finance/contract_prices": agreements,
    }
    for held in rows.values():
        held += [{**row, "vendor": twins[row["vendor"]]} for row in list(held)]
    # An agreement for the very same cells and days would be refused with its file.
    rows["finance/contract_prices"] += [
        book.later for book in BOOKS if not clashes(book)
    ]
    rows["prices/list_prices"] += [price._asdict() for price in price_book().prices]
    parquet_lake.write_lake(made.lake, rows)
    tests = ("--exclude-resource-type", "unit_test", "--indirect-selection", "cautious")
    return made.built("build", "-s", "+int_contract_prices_spanned", *tests)


@pytest.fixture(scope="module")
def spans(world: World) -> list[Row]:
    """All contracted spans."""
    return world.rows("from intermediate.int_contract_prices_spanned")


def clashes(book: Book) -> bool:
    """Whether the later agreement is for the cells of another."""
    later = [book.later[name] for name in DIMENSIONS]
    return any([row[name] for name in DIMENSIONS] == later for row in book.agreed)


def found(spans: list[Row], vendor: str, cell: Row, on: date) -> Decimal | None:
    """The price that the spans give a cell; the region's own before any region's."""
    prices = {
        span["region"]: span["usd_per_token"]
        for span in spans
        if span["vendor"] == vendor
        and all(span[name] == cell[name] for name in DIMENSIONS[:-1])
        and span["valid_from"] <= on < span["valid_to"]
        and span["region"] in (cell["region"], "any")
    }
    return prices.get(cell["region"], prices.get("any"))


def cells() -> Iterator[Row]:
    """Every cell that a price may be for."""
    for model in VALUES["model"]:
        for token_class in VALUES["token_class"]:
            for tier in VALUES["service_tier"]:
                for band in VALUES["context_band"]:
                    for region in (*VALUES["region"], "not_reported"):
                        names = (model, token_class, tier, band, region)
                        yield dict(zip(DIMENSIONS, names, strict=True))


def test_every_day_has_the_price_of_the_agreement_that_wins(spans: list[Row]) -> None:
    contracted = 0
    for book in BOOKS:
        own = [span for span in spans if span["vendor"] == book.vendor]
        for cell in cells():
            for number in range(-1, DAYS + 1):
                expected = book.price(cell, day(number))
                price = found(own, book.vendor, cell, day(number))
                assert price == expected, (book.vendor, cell, day(number))
                contracted += expected is not None
    assert contracted > 5000


def test_an_agreement_that_starts_tomorrow_leaves_yesterday(spans: list[Row]) -> None:
    moved = 0
    for book in BOOKS:
        own = [span for span in spans if span["vendor"] == book.vendor]
        twin = [span for span in spans if span["vendor"] == book.twin]
        for cell in cells():
            for number in range(DAYS):
                on = day(number)
                before = found(own, book.vendor, cell, on)
                after = found(twin, book.twin, cell, on)
                assert on >= TOMORROW or before == after, (book.vendor, cell, on)
                moved += before != after
    assert moved > 500


def test_each_size_of_request_has_one_band_at_every_vendor(world: World) -> None:
    key = "vendor, model, token_class, service_tier, region"
    broken = world.rows(
        f"""
        with bands as (
            select distinct {key}, context_band, band_from_tokens, band_to_tokens
            from intermediate.int_prices_spanned
        ),

        followed as (
            select
                *,
                lead(band_from_tokens) over (
                    partition by {key} order by band_from_tokens
                ) as next_from,
                row_number() over (
                    partition by {key} order by band_from_tokens
                ) as place
            from bands
        )

        from followed
        where
            band_to_tokens <> coalesce(next_from, 9223372036854775807)
            or (place = 1 and band_from_tokens <> 0)
        """
    )
    assert broken == []
    (found,) = world.rows(
        "select count(distinct context_band) as n from intermediate.int_prices_spanned"
    )
    assert found["n"] >= 10

"""The price book and the spellings of model names, from a pinned, bundled catalogue."""

from collections.abc import Iterator, Mapping

from ingestion.page import Page
from ingestion.sources.prices.aliases import Spellings, canonical_models
from ingestion.sources.prices.catalogue import Price, PriceBook, price_book

__all__ = [
    "Price",
    "PriceBook",
    "list_prices",
    "model_aliases",
    "models",
    "price_book",
]


def models() -> dict[str, set[str]]:
    """The models that have a list price, by provider."""
    found: dict[str, set[str]] = {}
    for price in price_book().prices:
        found.setdefault(price.vendor, set()).add(price.model)
    return found


def list_prices() -> Iterator[Page]:
    """One page of `prices/list_prices`; what of the catalogue is not read is named in
    its unknown fields."""
    book = price_book()
    columns = zip(*book.prices, strict=True)
    yield Page(
        dict(zip(Price._fields, map(list, columns), strict=True)),
        unknown_fields=frozenset(book.skipped),
    )


def model_aliases(
    configured: Mapping[str, Mapping[str, str]], seen: Spellings | None = None
) -> Iterator[Page]:
    """One page of `prices/model_aliases`: by vendor the operator's spellings, those of
    the catalogue, and those `seen` in reports that the catalogue's rules resolve."""
    found = canonical_models(configured, seen or {})
    yield Page(
        {
            "vendor": [vendor for vendor, _ in found],
            "model_alias": [spelling for _, spelling in found],
            "model": list(found.values()),
        }
    )

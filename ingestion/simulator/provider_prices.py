"""List prices of any provider of the catalogue, in whole pico-dollars per token."""

from datetime import UTC, date, datetime, time
from functools import cache

from genai_prices.data import providers
from genai_prices.types import TieredPrices

PICO = 10**12


@cache
def pico_prices(
    provider: str, model: str, day: date, fields: tuple[str, ...]
) -> tuple[int, ...]:
    """Pico-dollars per token for each price field, as in force on a UTC day, for
    requests of the base size; raises ValueError where the catalogue has none."""
    known = next(each for each in providers if each.id == provider)
    info = known.find_model(model)
    if info is None:
        raise ValueError(f"the catalogue of {provider} lacks {model}")
    held = info.get_prices(datetime.combine(day, time.min, UTC), {})
    found: list[int] = []
    for field in fields:
        price = getattr(held, field)
        if isinstance(price, TieredPrices):
            price = price.base
        if price is None:
            raise ValueError(f"the catalogue lacks {field} of {model}")
        found.append(int(price * PICO / 1_000_000))
    return tuple(found)

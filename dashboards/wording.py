"""Values as people read them. Missing is words, never zero."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from dashboards.vocabulary import words

CENT = Decimal("0.01")
TENTH = Decimal("0.1")
TEN_THOUSAND = 10_000
# Singular and plural of the units that marts use; money is written before its amount.
UNITS = {
    "tokens": ("token", "tokens"),
    "items": ("item", "items"),
    "hours": ("hour", "hours"),
    "days": ("day", "days"),
    "requests": ("request", "requests"),
}
MONEY = frozenset({"usd"})
SHARE = "share"


def number(value: Any, step: Decimal | None = None) -> str:
    """Digits in groups of three; rounded to `step`, without zeros at the end."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if step is not None:
        exact = exact.quantize(step, ROUND_HALF_EVEN)
    text = f"{exact:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def usd(value: Any) -> str:
    """US dollars to the cent; less than half a cent says so."""
    exact = Decimal(str(value))
    cents = exact.quantize(CENT, ROUND_HALF_EVEN)
    if exact and not cents:
        return "under $0.01" if exact > 0 else "above −$0.01"
    return f"−${-cents:,.2f}" if cents < 0 else f"${cents:,.2f}"


def percent(value: Any) -> str:
    """A share as per cent, to one decimal; what is not whole never reads as whole."""
    exact = Decimal(str(value)) * 100
    text = number(exact, TENTH)
    if text == "100" and exact < 100:
        return "just under 100 %"
    return "under 0.1 %" if text == "0" and exact > 0 else f"{text} %"


def quantity(value: Any, unit: str) -> str:
    """A figure with its unit."""
    if unit in MONEY:
        return usd(value)
    if unit == SHARE:
        return percent(value)
    if unit not in UNITS:
        return f"{number(value, CENT)} {unit}"
    one, many = UNITS[unit]
    amount = number(value, CENT)
    return f"{amount} {one if amount == '1' else many}"


def short(value: Any, unit: str) -> str:
    """A figure in the few signs that fit over a bar; empty where there is none."""
    if value is None:
        return ""
    exact = Decimal(str(value))
    if exact >= TEN_THOUSAND:
        text = f"{number(exact / 1000, TENTH)}k"
    elif unit in MONEY and exact < 10:
        return usd(exact)
    else:
        text = number(exact, Decimal(1) if exact >= 100 else TENTH)
    return f"${text}" if unit in MONEY else text


def likely_range(low: float, high: float, unit: str) -> str:
    """The likely range of a figure; the unit stands once."""
    if unit in MONEY:
        return f"{usd(low)} to {usd(high)}"
    return f"{number(low, TENTH)} to {quantity(round(high, 1), unit)}"


def day(value: date) -> str:
    """A date, as `4 February 2027`."""
    return f"{value.day} {value:%B %Y}"


def month(value: date) -> str:
    """The month of a date, as `February 2027`."""
    return f"{value:%B %Y}"


def instant(value: datetime) -> str:
    """A time in UTC to the minute."""
    return f"{value.day} {value:%B %Y, %H:%M} UTC"


def age(value: timedelta) -> str:
    """A time span in its two largest units, at least minutes."""
    minutes = max(0, int(value.total_seconds() // 60))
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    if days:
        parts = [(days, "day"), (hours, "hour")]
    else:
        parts = [(hours, "hour"), (minutes, "minute")]
    shown = [counted(amount, noun) for amount, noun in parts if amount]
    return " and ".join(shown) or "0 minutes"


def counted(amount: int, noun: str) -> str:
    """An amount with its noun in singular or plural."""
    return f"{amount:,} {noun}" if amount == 1 else f"{amount:,} {noun}s"


def code(kind: str) -> Callable[[str], str]:
    """What pages call the codes of a kind; an unknown code is shown as it is."""
    return lambda value: words()[kind].get(value, value.replace("_", " "))


def listed(items: list[str]) -> str:
    """Items as an English list."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


FORMATS: dict[str, Callable[[Any], str]] = {
    "text": str,
    "plain": lambda value: str(value).replace("_", " "),
    "count": number,
    "exact_number": number,
    "number": lambda value: number(value, CENT),
    "usd": usd,
    "percent": percent,
    "date": day,
    "month": month,
    "instant": instant,
    "days": lambda value: counted(int(value), "day"),
    "source": code("sources"),
    "decision": code("decisions"),
    "freshness": code("freshness"),
    "token_class": code("token_classes"),
    "limit": code("limits"),
    "quarter_status": code("quarter_status"),
    "reason": code("short_reasons"),
    "mode": code("modes"),
}
NUMERIC = frozenset({"count", "exact_number", "number", "usd", "percent", "days"})

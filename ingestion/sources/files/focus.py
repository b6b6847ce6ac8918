"""A FOCUS 1.2 bill as columns of `files/costs` and `files/usage`.

A meter of tokens belongs to a class by `x_TokenType` or by the name of the meter. A
meter that no rule knows is kept as metered items under its own name: its tokens would
otherwise be guessed into a class that has a price.
"""

import re
from decimal import Decimal
from typing import Any, Final

from ingestion.sheets.delimited import (
    Reading,
    Sheet,
    amount,
    count,
    currency,
    utc_day,
)
from ingestion.sheets.values import text
from ingestion.sources.files.connection import FileSet
from ingestion.sources.files.rows import (
    TOKEN_COLUMNS,
    Columns,
    in_window,
    mapped,
    placed,
    principals,
)
from ingestion.window import Window

DAY: Final = "ChargePeriodStart"
CLASSES: Final = tuple(name.removesuffix("_tokens") for name in TOKEN_COLUMNS)
# Words of a meter's name, the more telling first.
_METERS: Final = (
    (("cache", "read"), "cache_read"),
    (("cached", "input"), "cache_read"),
    (("cache", "write", "5m"), "cache_write_5m"),
    (("cache", "write", "1h"), "cache_write_1h"),
    (("cache", "write"), "cache_write_unspecified"),
    (("cache", "creation"), "cache_write_unspecified"),
    (("output",), "output"),
    (("uncached", "input"), "input_uncached"),
    (("input",), "input_unspecified"),
)
_UNIT: Final = re.compile(r"(?:(\d+) )?tokens?", re.IGNORECASE | re.ASCII)


def cost_columns(held: FileSet, sheet: Sheet, window: Window) -> Columns:
    """Every charge of the window's days."""
    kept = in_window(sheet, DAY, window)
    reading = Reading(kept)
    columns = {
        **_shared(held, kept, reading),
        "charge_category": reading.column("ChargeCategory", text, is_required=True),
        "charge_class": reading.optional("ChargeClass", text),
        "consumed_quantity": reading.optional("ConsumedQuantity", amount),
        "consumed_unit": reading.optional("ConsumedUnit", text),
        "billed_cost": reading.column("BilledCost", amount, is_required=True),
        "list_cost": reading.optional("ListCost", amount),
        "contracted_cost": reading.optional("ContractedCost", amount),
        "effective_cost": reading.optional("EffectiveCost", amount),
        "billing_currency": reading.column(
            "BillingCurrency", currency, is_required=True
        ),
    }
    meters = _meters(reading)
    units = columns["consumed_unit"]
    columns["token_class"] = [
        (meter if _tokens_a_unit(unit) else None) or "none"
        for meter, unit in zip(meters, units, strict=True)
    ]
    reading.refuse()
    return columns


def usage_columns(held: FileSet, sheet: Sheet, window: Window) -> Columns:
    """What was consumed on the window's days, with its list cost."""
    kept = in_window(sheet, DAY, window)
    categories = Reading(kept).column("ChargeCategory", text)
    quantities = kept.cells.get("ConsumedQuantity", [None] * len(kept.lines))
    kept = kept.take(
        [
            row
            for row, (category, quantity) in enumerate(
                zip(categories, quantities, strict=True)
            )
            if category == "Usage" and quantity is not None
        ]
    )
    reading = Reading(kept)
    consumed = reading.optional("ConsumedQuantity", amount)
    units = reading.optional("ConsumedUnit", text)
    meters = _meters(reading)
    rows = list(zip(consumed, units, meters, strict=True))
    columns = {
        **_shared(held, kept, reading),
        **{name: [_tokens(name, *row) for row in rows] for name in TOKEN_COLUMNS},
        "requests": reading.optional("x_RequestCount", count),
        "tool_units": [None if _is_tokens(*row) else row[0] for row in rows],
        "tool_unit": [None if _is_tokens(*row) else row[1] for row in rows],
        "list_amount": reading.optional("ListCost", amount),
        "billed_amount": [None] * len(rows),
        "currency": reading.column("BillingCurrency", currency, is_required=True),
    }
    for line, row in zip(kept.lines, rows, strict=True):
        if _is_tokens(*row) and _whole(*row[:2]) is None:
            fix = "export the bill again; tokens are whole."
            problem = f"{row[0]} {row[1]} are no whole number of tokens."
            reading.fault(line, "ConsumedQuantity", problem, fix)
    reading.refuse()
    return columns


def _shared(held: FileSet, sheet: Sheet, reading: Reading) -> Columns:
    """Where a charge comes from, whose it is and what was bought."""
    names = {
        "model": "x_Model" if "x_Model" in sheet.cells else "SkuId",
        "product": "ServiceName",
        "service_tier": "x_ServiceTier",
        "region": "RegionId",
        "project_id": "SubAccountId",
        "api_key_id": "ResourceId",
    }
    makers = mapped(held, reading, "provider", text, "PublisherName")
    return {
        **placed(held, sheet, reading.column(DAY, utc_day, is_required=True)),
        **principals(held, reading, "x_PersonId", "x_PersonEmail"),
        "provider": [maker and maker.lower() for maker in makers],
        **{
            target: mapped(held, reading, target, text, name)
            for target, name in names.items()
        },
    }


def _meters(reading: Reading) -> list[str | None]:
    """The token class of each row's meter; None where none is known."""
    types = reading.optional("x_TokenType", text)
    names = reading.optional("SkuMeter", text)
    return [
        kind if kind in CLASSES else _class_of(name or "")
        for kind, name in zip(types, names, strict=True)
    ]


def _class_of(meter: str) -> str | None:
    words = set(re.findall(r"[a-z0-9]+", meter.lower()))
    return next((kind for needed, kind in _METERS if set(needed) <= words), None)


def _tokens_a_unit(unit: str | None) -> int | None:
    """Tokens in one unit, e.g. 1 of `Tokens`; None for a unit of something else."""
    found = _UNIT.fullmatch(unit or "")
    return int(found[1] or 1) if found else None


def _is_tokens(quantity: Decimal | None, unit: str | None, meter: str | None) -> bool:
    return meter is not None and _tokens_a_unit(unit) is not None


def _whole(quantity: Decimal | None, unit: str | None) -> int | None:
    """The tokens of a quantity; None if they are not whole."""
    found = (quantity or Decimal(0)) * (_tokens_a_unit(unit) or 1)
    return int(found) if found == found.to_integral_value() else None


def _tokens(name: str, quantity: Any, unit: Any, meter: str | None) -> int | None:
    """The tokens of a row for one column."""
    if not _is_tokens(quantity, unit, meter) or name != f"{meter}_tokens":
        return None
    return _whole(quantity, unit)

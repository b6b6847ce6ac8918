"""Files of tools without a connector: an export as CSV, and a bill in FOCUS columns.

Both hold whole days before the present, under the vendor `files`. Every second person
is in the one, the others in the other.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# pyarrow ships no types.

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from ingestion.simulator import habits, prices, timeline
from ingestion.simulator.company import Company
from ingestion.simulator.exported import Held, bill, export, totals_of
from ingestion.simulator.totals import MONEY, dates
from ingestion.simulator.usage import MODELS
from ingestion.simulator.vendor import Controls, SimulatedVendor, truth_table
from ingestion.window import Window

FOLDER: Final = "files"
EXPORT, BILL = "assistant.csv", "notebooks.csv"
TOKENS: Final = (
    "input_uncached_tokens",
    "cache_read_tokens",
    "cache_write_5m_tokens",
    "cache_write_1h_tokens",
    "output_tokens",
)
_HEADER: Final = (
    *("Day", "User", "Account kind", "Account", "Model"),
    *("Fresh", "Cache read", "Cache 5m", "Cache 1h", "Output"),
)
_FOCUS: Final = (
    *("BilledCost", "BillingAccountId", "BillingAccountName", "BillingCurrency"),
    *("BillingPeriodStart", "BillingPeriodEnd", "ChargeCategory", "ChargeClass"),
    *("ChargeDescription", "ChargePeriodStart", "ChargePeriodEnd", "ContractedCost"),
    *("EffectiveCost", "InvoiceIssuerName", "ListCost", "PricingQuantity"),
    *("PricingUnit", "ProviderName", "PublisherName", "ServiceCategory"),
    *("ServiceName", "ConsumedQuantity", "ConsumedUnit", "SkuId", "SkuMeter", "Tags"),
    "x_TokenType",
)
_METERS: Final = (
    *("Input Tokens", "Cache Read Tokens", "Cache Write 5m Tokens"),
    *("Cache Write 1h Tokens", "Output Tokens"),
)


def write(company: Company, at: datetime, folder: Path) -> None:
    """Writes both files, whole days only."""
    target = folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    _write(target / EXPORT, _HEADER, _export_rows(export(company), at))
    _write(target / BILL, _FOCUS, _bill_rows(bill(company), at))


def _write(path: Path, header: Sequence[str], lines: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)


def _export_rows(held: Held, at: datetime) -> Iterable[Sequence[Any]]:
    usage = held.before(at)
    each = zip(
        usage.day.tolist(),
        usage.principal.tolist(),
        usage.model.tolist(),
        usage.tokens.tolist(),
        strict=True,
    )
    for day, who, model, tokens in each:
        holder = held.holders[who]
        named = (holder.email or "", holder.kind, holder.account, MODELS[model])
        yield timeline.day_at(day), *named, *tokens


def _bill_rows(held: Held, at: datetime) -> Iterable[Sequence[Any]]:
    """A row a day, holder and meter, in the order of the days."""
    found = totals_of(held, at)
    each = zip(
        *(key.tolist() for key in found.keys),
        found.classes.tolist(),
        found.tokens.tolist(),
        found.pico.tolist(),
        strict=True,
    )
    for day, who, model, kind, tokens, pico in each:
        start = timeline.day_at(day)
        month = start.replace(day=1)
        following = (month + timedelta(days=32)).replace(day=1)
        cost = f"{Decimal(pico).scaleb(-12):f}"
        email = held.holders[who].email
        tags = f'{{"user": "{email}"}}' if email else "{}"
        yield (
            *(cost, "acct-1", "Example Works", "USD", f"{month}T00:00:00Z"),
            *(f"{following}T00:00:00Z", "Usage", "", "Notebook assistant"),
            *(f"{start}T00:00:00Z", f"{start + timedelta(days=1)}T00:00:00Z"),
            *(cost, cost, "Notebooks", cost, tokens, "Tokens", "Notebooks"),
            *("Anthropic", "AI and Machine Learning", "Notebook assistant"),
            *(tokens, "Tokens", MODELS[model], _METERS[kind], tags),
            prices.TOKEN_CLASSES[kind],
        )


def settings(url: str, folder: Path) -> Mapping[str, Any]:
    """Both sets of files."""
    columns = zip(TOKENS, _HEADER[5:], strict=True)
    mapping = {
        "usage_date": "Day",
        "principal_email": "User",
        "principal_type": "Account kind",
        "principal_id": "Account",
        "provider": {"constant": "anthropic"},
        "model": "Model",
        "product": {"constant": "assistant"},
        **dict(columns),
    }
    return {
        "starts_on": habits.HABITS["files"].starts_on,
        "sets": [
            {
                "name": "assistant",
                "files": f"{folder}/{FOLDER}/{EXPORT}",
                "format": "csv",
                "mapping": mapping,
            },
            {
                "name": "notebooks",
                "files": f"{folder}/{FOLDER}/{BILL}",
                "format": "focus",
                "mapping": {"principal_email": "Tags.user"},
            },
        ],
    }


def expected(company: Company, at: datetime, window: Window) -> Controls:
    """Control sums of both tables."""
    first, last = timeline.index(window.first), timeline.index(window.last)
    usage = export(company).before(at)
    usage = usage.take((usage.day >= first) & (usage.day <= last))
    found = totals_of(bill(company), at)
    kept = (found.keys[0] >= first) & (found.keys[0] <= last)
    sums: dict[str, int | Decimal] = {
        name: int(usage.tokens[:, n].sum())
        + int(found.tokens[kept & (found.classes == n)].sum())
        for n, name in enumerate(TOKENS)
    }
    lines = int(kept.sum())
    cost = Decimal(sum(found.pico[kept].tolist())).scaleb(-12)
    return {
        "usage": {"rows": len(usage) + lines, **sums},
        "costs": {"rows": lines, "billed_cost": cost, "list_cost": cost},
    }


def truth(company: Company, at: datetime | None) -> pa.Table:
    """Usage of both files by day, holder, model and token class; see `TRUTH`."""
    return pa.concat_tables(
        [
            _truth(export(company), at, is_billed=False),
            _truth(bill(company), at, is_billed=True),
        ]
    )


def _truth(held: Held, at: datetime | None, *, is_billed: bool) -> pa.Table:
    found = totals_of(held, at)
    who = [held.holders[n] for n in found.keys[1]]
    persons = [h.person.person_id if h.person else None for h in who]
    columns = found.columns()
    none = pa.nulls(len(who), MONEY)
    return truth_table(
        {
            "usage_date": dates(found.keys[0]),
            "principal_type": [holder.kind for holder in who],
            "principal_id": [holder.principal_id for holder in who],
            "attribution": [holder.attribution for holder in who],
            "person_id": pa.array(persons, pa.string()),
            "model": [MODELS[n] for n in found.keys[2]],
            **columns,
            "billed_cost_usd": columns["list_cost_usd"] if is_billed else none,
        }
    )


VENDOR = SimulatedVendor(
    source="files",
    settings=settings,
    secrets={},
    expected=expected,
    truth=truth,
    write=write,
)

"""The finance models over hand-made tables: what lies below them is written as rows.

Each vendor is a case of its own, named for what it shows. Present: 10 August 2026.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
from warehouse import World

Row = Mapping[str, Any]
MODELS = (
    "int_rates_spanned",
    "int_vendor_amounts_converted",
    "int_costs_allocated",
    "int_commitments_applied",
    "int_teams_sized",
    "int_seats_used",
    "int_usage_charged",
    "int_charges_collected",
    "int_models_named",
    "int_bill_lines_converted",
    "int_charges_invoiced",
    "int_bill_periods_found",
    "int_bill_quantities_measured",
    "int_bill_cells_compared",
    "int_bill_variances_decomposed",
    "fct_ai_cost",
    "mart_seat_utilisation",
    "mart_cost_variance",
)
PRICE = Decimal("0.00001")
NOT_REPORTED = "not_reported"
MONEY, DAY, AT = "decimal(38, 12)", "date", "timestamp"
CLASSES = (
    *("input_uncached", "cache_read", "cache_write_5m", "cache_write_1h"),
    *("cache_write_unspecified", "output", "input_unspecified"),
)
SCOPE = (
    *("vendor_model", "product", "service_tier", "context_window", "region"),
    *("project_id", "api_key_id"),
)


def _texts(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, "varchar")


TABLES: Mapping[str, Mapping[str, str]] = {
    "staging.stg_finance__exchange_rates": {
        **_texts("currency", "rate_source"),
        **{"usd_per_unit": MONEY, "rate_date": DAY, "removed_at": AT},
    },
    "staging.stg_finance__commitments": {
        **_texts("vendor", "commitment_id", "kind", "currency"),
        **{"amount": MONEY, "starts_on": DAY, "ends_on": DAY, "removed_at": AT},
    },
    "staging.stg_finance__invoice_lines": {
        **_texts("vendor", "invoice_id", "time_zone", "charge_kind", "model"),
        **_texts("service_tier", "token_class", "quantity_unit", "currency"),
        **{"line_number": "bigint", "quantity": MONEY, "unit_price": MONEY},
        **{"amount": MONEY, "period_start": DAY, "period_end": DAY},
        **{"issued_at": AT, "removed_at": AT},
    },
    "intermediate.int_usage_attributed": {
        **_texts("vendor", "scope", "provider", "evidence", "principal_type"),
        **_texts("principal_id", "person_id", "cost_pool", "team", "attribution"),
        **_texts("method", "reason", "model", "token_class", *SCOPE, "tool_unit"),
        **_texts("price_basis", "pull_id"),
        **{"confidence": "double", "tokens": "bigint", "requests": "bigint"},
        **{"tool_units": MONEY, "credits": MONEY, "usd_per_token": "decimal(18, 12)"},
        **{"usage_usd": MONEY, "contracted_usd": MONEY, "is_final": "boolean"},
        **{"usage_date": DAY, "quarter_start": DAY},
    },
    "intermediate.int_usage_reported": {
        **_texts("source", "scope", "evidence", "vendor_model", "service_tier"),
        **dict.fromkeys(CLASSES, "bigint"),
        **{"requests": "bigint", "credits": MONEY, "is_elsewhere": "boolean"},
        **{"usage_date": DAY, "used_hour_at": AT, "known_at": AT},
    },
    "intermediate.int_usage_versions_summed": {
        **_texts("source", "scope", "evidence", "vendor_model", "service_tier"),
        **dict.fromkeys(CLASSES, "bigint"),
        **{"requests": "bigint", "credits": MONEY},
        **{"usage_date": DAY, "known_at": AT, "superseded_at": AT},
    },
    "intermediate.int_scopes_decided": {
        **_texts("scope", "counting_source", "evidence"),
        "usage_date": DAY,
    },
    "intermediate.int_usage_days_missed": {**_texts("vendor"), "usage_date": DAY},
    "intermediate.int_vendor_costs_converted": {
        **_texts("vendor", "principal_type", "principal_id", *SCOPE, "token_class"),
        **_texts("charge_kind", "quantity_unit", "currency", "pull_id"),
        **dict.fromkeys(
            ("quantity", "list_usd", "billed_usd", "amount_list", "amount_billed"),
            MONEY,
        ),
        **{
            "page_number": "bigint",
            "is_to_allocate": "boolean",
            "is_total": "boolean",
            "usage_date": DAY,
        },
    },
    "intermediate.int_accounts_resolved": {
        **_texts("source", "account_kind", "account_id", "person_id", "cost_pool"),
        **_texts("team", "attribution", "method", "reason"),
        **{"confidence": "double", "seen_date": DAY},
    },
    "intermediate.int_seats_held": {
        **_texts("vendor", "account_kind", "account_id", "person_id", "team", "plan"),
        **{"monthly_usd": MONEY, "assigned_on": DAY, "last_active_on": DAY},
        **{"ends_on": DAY, "known_at": AT},
    },
    "intermediate.int_persons_spanned": {
        **_texts("person_id", "team"),
        **{"valid_from": DAY, "valid_to": DAY},
    },
    "intermediate.int_quarters_spanned": {"quarter_start": DAY, "quarter_end": DAY},
    "intermediate.int_days_spanned": {"calendar_date": DAY},
    "intermediate.int_settings_resolved": {"as_of_utc_date": DAY, "group_size": "int"},
}


def at(month: int, day: int, hour: int = 0) -> datetime:
    """An instant of 2026 as the warehouse keeps it: UTC without a zone."""
    return datetime(2026, month, day, hour, tzinfo=UTC).replace(tzinfo=None)


def used(vendor: str, day: date, tokens: int, **other: Any) -> dict[str, Any]:
    """A priced row of usage: output of model m, by one person of team one."""
    price = other.pop("price", PRICE)
    usd = None if price is None else tokens * price
    return {
        "vendor": vendor,
        "scope": vendor,
        "provider": vendor,
        "evidence": "vendor",
        "principal_type": "user",
        "principal_id": "u1",
        "person_id": "person-1",
        "team": "one",
        "attribution": "person",
        "method": "exact_email",
        "confidence": 1.0,
        "model": "m",
        **dict.fromkeys(SCOPE, NOT_REPORTED),
        "vendor_model": "m-0101",
        "token_class": "output",
        "tokens": tokens,
        "usd_per_token": price,
        "usage_usd": usd,
        "contracted_usd": usd,
        "price_basis": "unpriced" if price is None else "list",
        "is_final": True,
        "usage_date": day,
        "quarter_start": date(day.year, (day.month - 1) // 3 * 3 + 1, 1),
        **other,
    }


def billed(vendor: str, number: int = 1, **other: Any) -> dict[str, Any]:
    """A line of the invoice for May: a million output tokens of m at list price."""
    return {
        "vendor": vendor,
        "invoice_id": f"{vendor}-05",
        "line_number": number,
        "period_start": date(2026, 5, 1),
        "period_end": date(2026, 6, 1),
        "time_zone": "UTC",
        "issued_at": at(6, 2),
        "charge_kind": "usage",
        "model": "m",
        "service_tier": "standard",
        "token_class": "output",
        "quantity": Decimal(1_000_000),
        "quantity_unit": "tokens",
        "unit_price": PRICE,
        "amount": Decimal(10),
        "currency": "USD",
        **other,
    }


def charged(vendor: str, day: date, **other: Any) -> dict[str, Any]:
    """A row of the vendor's own cost report, in dollars, for nobody by name."""
    return {
        "vendor": vendor,
        "principal_type": "unknown",
        "principal_id": "",
        **dict.fromkeys(SCOPE, NOT_REPORTED),
        "token_class": "none",
        "charge_kind": "usage",
        "currency": "USD",
        "is_to_allocate": True,
        "is_total": True,
        "usage_date": day,
        **other,
    }


def built(folder: Path, rows: Mapping[str, Sequence[Row]]) -> World:
    """The finance models over the rows, by table; others of the tables are empty."""
    world = World(folder)
    assert set(rows) <= set(TABLES), set(rows) - set(TABLES)
    with duckdb.connect(world.warehouse) as connection:
        connection.execute("create schema staging")
        connection.execute("create schema intermediate")
        for table, columns in TABLES.items():
            listed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
            connection.execute(f"create table {table} ({listed})")
            for row in rows.get(table, ()):
                names, places = ", ".join(row), ", ".join("?" * len(row))
                connection.execute(
                    f"insert into {table} ({names}) values ({places})",
                    list(row.values()),
                )
    return world.built("run", "--select", *MODELS)


def organisation(people: int = 9) -> dict[str, list[Row]]:
    """Teams one (of `people`) and two (of three), from January to September."""
    months = [date(2026, month, 1) for month in range(1, 10)]
    persons = [("one", number) for number in range(1, people + 1)]
    persons += [("two", number) for number in range(101, 104)]
    return {
        "intermediate.int_settings_resolved": [
            {"as_of_utc_date": date(2026, 8, 10), "group_size": 8}
        ],
        "intermediate.int_quarters_spanned": [
            {"quarter_start": date(2026, 4, 1), "quarter_end": date(2026, 7, 1)},
            {"quarter_start": date(2026, 7, 1), "quarter_end": date(2026, 10, 1)},
        ],
        "intermediate.int_days_spanned": [{"calendar_date": day} for day in months],
        "intermediate.int_persons_spanned": [
            {
                "person_id": f"person-{number}",
                "team": team,
                "valid_from": date(2026, 1, 1),
                "valid_to": date(9999, 12, 31),
            }
            for team, number in persons
        ],
    }

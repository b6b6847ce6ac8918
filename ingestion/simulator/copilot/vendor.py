"""GitHub Copilot as the simulator serves it, and its truth."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false, reportUnknownArgumentType=false
# pyright: reportUnknownParameterType=false
# pyarrow ships no types.

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.copilot.accounts import TOOL, Account, accounts, links
from ingestion.simulator.copilot.consumption import (
    CREDITS_IN_REPORTS_SINCE,
    MODELS,
    activity_at,
    credits_at,
)
from ingestion.simulator.copilot.keys import ORGANIZATION, SEATS_TOKEN, TOKEN
from ingestion.simulator.copilot.routes import routes
from ingestion.simulator.github.answers import refusal
from ingestion.simulator.habits import HABITS
from ingestion.simulator.totals import dates
from ingestion.simulator.usage import Integers
from ingestion.simulator.vendor import Controls, Example, SimulatedVendor, truth_table
from ingestion.window import Window

_NDJSON = "vendors/github/copilot_organization_users_1_day.ndjson"
_JSON = "vendors/github/github_examples.json"
_REPORTS = f"/orgs/{ORGANIZATION}/copilot/metrics/reports/users-1-day"
_SEATS = f"/orgs/{ORGANIZATION}/copilot/billing/seats"
_CREDITS = f"/organizations/{ORGANIZATION}/settings/billing/ai_credit/usage"
_DAY = Window(date(2026, 11, 18), date(2026, 11, 18))
# Tokens by class in the reports: nothing tells a cache or a model.
_TOKENS = (
    ("cli_input", "input_unspecified"),
    ("cli_output", "output"),
    ("app_input", "input_unspecified"),
    ("app_output", "output"),
)


def settings(url: str, folder: Path) -> Mapping[str, object]:
    """The organisation's part of the configuration."""
    return {
        "organization": ORGANIZATION,
        "base_url": url,
        "seat_usd_per_month": 19,
        "starts_on": HABITS[TOOL].starts_on,
    }


def expected(company: Company, at: datetime, window: Window) -> Controls:
    """Control sums by the connector's column names."""
    days = timeline.index(window.first), timeline.index(window.last) + 1
    credits_ = credits_at(company, at).of(*days)
    activity = activity_at(company, at).of(*days)
    gross, discount = int(credits_.gross.sum()), int(credits_.discount.sum())
    told = activity.day >= timeline.index(CREDITS_IN_REPORTS_SINCE)
    held = sum(account.has_seat(at.date()) for account in accounts(company))
    return {
        "user_days": {
            "rows": len(activity.day),
            "ai_credits_used": _credits(int(activity.count("credits")[told].sum())),
            "loc_added_sum": int(activity.count("added").sum()),
            "cli_prompt_tokens": int(activity.count("cli_input").sum()),
            "cli_output_tokens": int(activity.count("cli_output").sum()),
            "app_output_tokens": int(activity.count("app_output").sum()),
        },
        "credit_usage": {
            "rows": len(credits_.day),
            "gross_quantity": _credits(gross),
            "discount_quantity": _credits(discount),
            "gross_amount": _usd(gross),
            "net_amount": _usd(gross - discount),
        },
        "seats": {"rows": held},
    }


def truth(company: Company, at: datetime | None) -> pa.Table:
    """Credits by day, account and model, and tokens of CLI and app; see `TRUTH`."""
    today = timeline.LAST_DAY if at is None else at.date()
    known: list[Account | None] = [*accounts(company), None]
    billed = credits_at(company, at)
    # Billing knows who was renamed by the present login.
    paid = {
        **_principals([known[n] for n in billed.account], [today] * len(billed.day)),
        "usage_date": dates(billed.day),
        "model": [MODELS[n] for n in billed.model],
        "token_class": ["none"] * len(billed.day),
        "tokens": pa.nulls(len(billed.day), pa.int64()),
        "list_cost_usd": [_usd(int(gross)) for gross in billed.gross],
        "billed_cost_usd": [_usd(int(net)) for net in billed.gross - billed.discount],
    }
    return pa.concat_tables([truth_table(paid), _tokens(company, at, known)])


def _tokens(
    company: Company, at: datetime | None, known: Sequence[Account | None]
) -> pa.Table:
    """Tokens by day, account and class; the models price none of them."""
    found = activity_at(company, at)
    classes = sorted({name for _, name in _TOKENS})
    sums: list[Integers] = [
        np.sum([found.count(n) for n, kind in _TOKENS if kind == name], axis=0)
        for name in classes
    ]
    tokens = np.stack(sums, axis=1)
    rows, kinds = np.nonzero(tokens)
    used_on = [timeline.day_at(int(day)) for day in found.day[rows]]
    money = pa.nulls(len(rows), pa.decimal128(38, 12))
    return truth_table(
        {
            **_principals([known[n] for n in found.account[rows]], used_on),
            "usage_date": used_on,
            "model": ["not_reported"] * len(rows),
            "token_class": [classes[n] for n in kinds],
            "tokens": tokens[rows, kinds],
            "list_cost_usd": money,
            "billed_cost_usd": money,
        }
    )


def _principals(
    found: Sequence[Account | None], days: Sequence[date]
) -> dict[str, list[str | None]]:
    """Who each row belongs to, by the login that the day shows."""
    named = zip(found, days, strict=True)
    is_person = [a is not None and a.attribution == "person" for a in found]
    return {
        "principal_type": [a.principal_type if a else "unknown" for a in found],
        "principal_id": [a.login(day).lower() if a else "" for a, day in named],
        "attribution": [a.attribution if a else "unattributed" for a in found],
        "person_id": [
            a.person.person_id if a and a.person and known else None
            for a, known in zip(found, is_person, strict=True)
        ],
    }


def _credits(hundredths: int) -> Decimal:
    return Decimal(hundredths).scaleb(-2)


def _usd(hundredths: int) -> Decimal:
    """Dollars of hundredths of a credit, which is one cent."""
    return Decimal(hundredths).scaleb(-4)


def _examples() -> tuple[Example, ...]:
    """The official bodies: the report's links, the files behind both, and the seats
    and the report again where the billing asks for them to learn the users."""
    links_, seats, credits_ = (
        "/copilot-usage-metrics-1-day-report",
        "/copilot-seats-list",
        "/billing-ai-credit-usage-report-org",
    )
    report = [(_JSON, links_, _REPORTS)] + [
        (_NDJSON, "", f"/copilot-usage-report-{number}.ndjson") for number in (1, 2)
    ]
    billing = [(_JSON, credits_, _CREDITS), (_JSON, seats, _SEATS), *report]
    return (
        *(Example("user_days", *each, days=_DAY) for each in report),
        *(Example("credit_usage", *each, days=_DAY) for each in billing),
        Example("seats", _JSON, seats, _SEATS),
    )


VENDOR = SimulatedVendor(
    source="copilot",
    routes=routes,
    settings=settings,
    secrets={"GITHUB_TOKEN": TOKEN},
    weak_secrets={"GITHUB_TOKEN": SEATS_TOKEN},
    expected=expected,
    truth=truth,
    links=links,
    refusal=refusal,
    row_fields=("seats", "usageItems"),
    examples=_examples(),
)

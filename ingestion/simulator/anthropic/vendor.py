"""The organisation as the simulator serves it, and its truth."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false, reportUnknownArgumentType=false
# pyarrow ships no types.

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from ingestion.simulator import organisation, timeline
from ingestion.simulator.accounts import Link
from ingestion.simulator.anthropic.answers import refusal
from ingestion.simulator.anthropic.claude_code import sessions
from ingestion.simulator.anthropic.directories import members_of, workspace_ids
from ingestion.simulator.anthropic.keys import ADMIN_KEY, DIRECTORY_KEY
from ingestion.simulator.anthropic.routes import routes
from ingestion.simulator.company import Company
from ingestion.simulator.totals import dates, totals
from ingestion.simulator.usage import MODEL_ALIASES, MODELS, Usage
from ingestion.simulator.vendor import (
    Controls,
    Example,
    KeyOwner,
    SimulatedVendor,
    truth_table,
)
from ingestion.window import Window


def settings(url: str, folder: Path) -> Mapping[str, object]:
    """The organisation's part of the configuration."""
    return {"base_url": url, "starts_on": timeline.AI_FIRST_DAY}


def expected(company: Company, at: datetime, window: Window) -> Controls:
    """Control sums of every table but the cost, by the connector's column names."""
    usage = company.revisions.as_served(at)
    first, last = timeline.index(window.first), timeline.index(window.last)
    usage = usage.take((usage.day >= first) & (usage.day <= last))
    tokens = usage.take(usage.spans == 0).tokens.sum(axis=0)
    names = (
        "uncached_input_tokens", "cache_read_input_tokens",
        "cache_creation_5m_input_tokens", "cache_creation_1h_input_tokens",
        "output_tokens",
    )  # fmt: skip
    sums = {name: int(total) for name, total in zip(names, tokens, strict=True)}
    return {
        "usage": sums,
        "usage_by_key": sums,
        **_claude_code(company, usage),
        **_directories(company, at.date()),
    }


def _claude_code(company: Company, usage: Usage) -> Controls:
    shown = sessions(company, usage)
    edits, refused = shown.verdicts("edit_tool")
    uncached, read, short, long, output = map(int, shown.tokens.sum(axis=0))
    return {
        "claude_code": {
            "rows": len(shown.day),
            "num_sessions": int(shown.counts["sessions"].sum()),
            "lines_of_code_added": int(shown.counts["added"].sum()),
            "commits_by_claude_code": int(shown.counts["commits"].sum()),
            "edit_tool_accepted": int(edits.sum()),
            "edit_tool_rejected": int(refused.sum()),
        },
        "claude_code_models": {
            "rows": len(shown.place),
            "input_tokens": uncached,
            "output_tokens": output,
            "cache_read_tokens": read,
            "cache_creation_tokens": short + long,
            "estimated_cost_cents": Decimal(int(shown.pico.sum())).scaleb(-10),
        },
    }


def _directories(company: Company, today: date) -> Controls:
    listed = [member for member in company.members if member.is_listed(today)]
    keys = [key for key in company.api_keys if key.created_on <= today]
    places = workspace_ids(company)
    return {
        "users": {"rows": len(listed)},
        "api_keys": {"rows": len(keys)},
        "workspaces": {"rows": len(places) + 1},
        "workspace_members": {
            "rows": sum(len(members_of(company, each, today)) for each in places)
        },
    }


def truth(company: Company, at: datetime | None) -> pa.Table:
    """Usage by day, actor, model and token class; see `TRUTH`."""
    served = company.usage if at is None else company.revisions.as_served(at)
    usage: Usage = served.take(served.model > 0)
    found = totals(usage, [usage.principal, usage.day, usage.model])
    actors = [company.principals[n] for n in found.keys[0]]
    columns = found.columns()
    return truth_table(
        {
            "usage_date": dates(found.keys[1]),
            "principal_type": [a.principal_type for a in actors],
            "principal_id": [a.principal_id for a in actors],
            "attribution": [a.attribution for a in actors],
            "person_id": [a.person_id for a in actors],
            "model": [MODELS[n] for n in found.keys[2]],
            **columns,
        }
    )


def key_owners(company: Company) -> Sequence[KeyOwner]:
    """The keys that somebody wrote down."""
    return [
        KeyOwner(
            key.api_key_id,
            key.purpose,
            key.owner_person_id,
            key.cost_pool,
            key.created_on,
        )
        for key in company.api_keys
        if key.purpose is not None
    ]


def links(company: Company) -> Sequence[Link]:
    """The e-mails of the Claude Code report that are not, or not always, HR's."""
    people = {person.person_id: person for person in company.people}
    return [
        Link(
            "anthropic",
            email.lower(),
            person.person_id,
            "directory_id",
            "identity provider",
            person.positions[0].valid_from,
            person.last_day,
        )
        for member in company.members
        if member.person_id in {organisation.RENAMED, organisation.OLD_VENDOR_EMAIL}
        for person in [people[member.person_id or ""]]
        for _, email in member.emails
    ]


def _examples() -> tuple[Example, ...]:
    """Bodies of the analytics API, and the official ones of every other endpoint."""
    base, older, newer = (
        "/v1/organizations",
        Window(date(2025, 8, 1), date(2025, 8, 1)),
        Window(date(2026, 11, 20), date(2026, 11, 20)),
    )
    unified = "vendors/anthropic/anthropic_unified_usage_cost_synthetic.json"
    tokens, money = "/usage_response", "/cost_response"
    usage, cost = f"{base}/analytics/usage", f"{base}/analytics/cost"
    code = Window(date(2025, 8, 8), date(2025, 8, 8))
    messages = ("usage_report_messages", f"{base}/usage_report/messages", older)
    sessions_ = ("usage_report_claude_code", f"{base}/usage_report/claude_code", code)
    workspace = f"{base}/workspaces/wrkspc_01JwQvzr7rXLA5AGx3HKfFUJ"
    return (
        Example("usage", unified, tokens, usage, newer),
        Example("usage_by_key", unified, tokens, usage, newer),
        Example("cost", unified, money, cost, newer),
        _official("usage", *messages),
        _official("usage_by_key", *messages),
        _official("cost", "cost_report", f"{base}/cost_report", older),
        _official("claude_code", *sessions_),
        _official("claude_code_models", *sessions_),
        _official("users", "users_list", f"{base}/users"),
        _official("api_keys", "api_keys_list", f"{base}/api_keys"),
        _official("workspaces", "workspaces_list", f"{base}/workspaces"),
        _official(
            "workspace_members",
            "workspaces_list",
            f"{base}/workspaces",
            # Of an archived workspace no members are listed.
            placeholders={'"2024-11-01T23:59:27.427722Z"': "null"},
        ),
        _official(
            "workspace_members", "workspace_members_list", f"{workspace}/members"
        ),
    )


def _official(
    table: str,
    name: str,
    path: str,
    days: Window | None = None,
    placeholders: Mapping[str, str] | None = None,
) -> Example:
    file = "vendors/anthropic/anthropic_admin_examples.json"
    return Example(table, file, f"/{name}/examples/0", path, days, placeholders or {})


VENDOR = SimulatedVendor(
    source="anthropic",
    routes=routes,
    settings=settings,
    secrets={"ANTHROPIC_ADMIN_KEY": ADMIN_KEY},
    weak_secrets={"ANTHROPIC_ADMIN_KEY": DIRECTORY_KEY},
    expected=expected,
    truth=truth,
    aliases={"anthropic": MODEL_ALIASES},
    links=links,
    key_owners=key_owners,
    refusal=refusal,
    cursor_fields=("next_page", "last_id"),
    examples=_examples(),
)

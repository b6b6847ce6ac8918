"""A simulated vendor: what its module offers, so that server and demo find it.

A module or package below `ingestion.simulator` that has a `VENDOR` is served, named in
the demo's configuration, and examined by the tests that every connector passes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import msgspec
import pyarrow as pa
from starlette.responses import Response
from starlette.routing import BaseRoute

from ingestion.simulator.accounts import Link
from ingestion.simulator.company import Company
from ingestion.simulator.world import World
from ingestion.window import Window

# Columns of a vendor's truth: one row per UTC day, principal, model and token class, as
# the models are expected to find it. `tokens` and the costs are null where the vendor
# reports none. `attribution` is person, service or unattributed; `is_counted` is false
# for usage that another source counts. What is no token has the class `none`.
TRUTH = pa.schema(
    [
        ("usage_date", pa.date32()),
        ("principal_type", pa.string()),
        ("principal_id", pa.string()),
        ("attribution", pa.string()),
        ("person_id", pa.string()),
        ("model", pa.string()),
        ("token_class", pa.string()),
        ("tokens", pa.int64()),
        ("list_cost_usd", pa.decimal128(38, 12)),
        ("billed_cost_usd", pa.decimal128(38, 12)),
        ("is_counted", pa.bool_()),
    ]
)


def truth_table(columns: Mapping[str, Any]) -> pa.Table:
    """The table `TRUTH` of its columns; those left out are null, and all counted."""
    size = len(columns["usage_date"])
    nothing = {field.name: pa.nulls(size, field.type) for field in TRUTH}
    counted = {"is_counted": pa.array([True] * size)}
    return pa.table({**nothing, **counted, **columns}).cast(TRUTH)


Controls = Mapping[str, Mapping[str, int | Decimal]]


def refusal(status: int, message: str, headers: Mapping[str, str]) -> Response:
    """A refusal in the shape of no vendor in particular."""
    body = {"error": {"message": message, "type": "error", "code": str(status)}}
    named = {"content-type": "application/json", **headers}
    return Response(msgspec.json.encode(body), status, named)


@dataclass(frozen=True)
class Example:
    """An official example body: the file below the folder of shared data, the JSON
    pointer in it (empty: the whole file), the request path below the vendor's address
    that it answers, and the table whose feed reads it. `days` is the window that the
    body tells of, for window tables. A signed link, or a body that another request of
    the same feed is answered with, is another Example of the same table and days.
    `placeholders` are texts of the body that stand for a value, and such a value.
    `made` is a body of ours, in place of a file, for a request that the feed makes too
    and of which the vendor shows no body."""

    table: str
    file: str
    pointer: str
    path: str
    days: Window | None = None
    placeholders: Mapping[str, str] = field(default_factory=dict[str, str])
    made: str = ""


@dataclass(frozen=True)
class KeyOwner:
    """A row of key_owners.csv, its source left out."""

    api_key_id: str
    purpose: str
    owner_person_id: str | None
    cost_pool: str | None
    valid_from: date
    valid_to: date | None = None


def _no_links(company: Company) -> Sequence[Link]:
    return ()


def _no_owners(company: Company) -> Sequence[KeyOwner]:
    return ()


@dataclass(frozen=True)
class SimulatedVendor:
    """One vendor over the company.

    source: the connector's name, and the path below which it answers.
    routes: its routes over a world; a vendor of files has none.
    settings: its part of `tokenworth.yaml`, from its address and the demo's folder.
    secrets: environment variables and values that its connection needs.
    weak_secrets: the same for an account that is valid and lacks a permission that a
        feed or the probe needs; empty where no such account exists.
    expected: control sums by table, as served at an instant and for a window, made
        without HTTP: `rows`, and sums of columns by the connector's column names.
    truth: the table `TRUTH`, final (None) or as served at an instant.
    aliases: model aliases of the configuration: provider in the price book → the
        vendor's name → canonical model.
    write: writes the vendor's files below the demo's folder.
    """

    source: str
    settings: Callable[[str, Path], Any]
    secrets: Mapping[str, str]
    expected: Callable[[Company, datetime, Window], Controls]
    truth: Callable[[Company, datetime | None], pa.Table] | None = None
    routes: Callable[[World], Sequence[BaseRoute]] | None = None
    weak_secrets: Mapping[str, str] = field(default_factory=dict[str, str])
    aliases: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict[str, Mapping[str, str]]
    )
    write: Callable[[Company, datetime, Path], None] | None = None
    links: Callable[[Company], Sequence[Link]] = _no_links
    key_owners: Callable[[Company], Sequence[KeyOwner]] = _no_owners
    refusal: Callable[[int, str, Mapping[str, str]], Response] = refusal
    row_fields: tuple[str, ...] = ("data",)
    cursor_fields: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()


@cache
def vendors() -> tuple[SimulatedVendor, ...]:
    """Every simulated vendor and code host, by name."""
    from ingestion import simulator

    names = sorted(module.name for module in iter_modules(simulator.__path__))
    skipped = {"__main__", "vendor"}
    modules = [
        import_module(f"ingestion.simulator.{name}")
        for name in names
        if name not in skipped
    ]
    found = [getattr(module, "VENDOR", None) for module in modules]
    return tuple(each for each in found if isinstance(each, SimulatedVendor))

"""What the vendor charges: each token class and tool of a model is a line item."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Self

import msgspec
import numpy as np

from ingestion.simulator.company import Company
from ingestion.simulator.openai.members import PROJECTS, actors, project_id
from ingestion.simulator.openai.prices import TOKEN_CLASSES
from ingestion.simulator.openai.rows import IMAGES, MODELS, SEARCHES, Rows
from ingestion.simulator.prices import PICO, WEB_SEARCH_PICO
from ingestion.simulator.usage import Integers

# No catalogue lists it: one image at a made-up four cents.
IMAGE_PICO = 4 * PICO // 100
_KINDS = ("input", "cached input", "cache write", "output")
_SIZE = len(TOKEN_CLASSES)
_PICO = Decimal("1e-12")
COST_DIMENSIONS = ("project_id", "line_item", "api_key_id")
# By code: lines of tokens by model and class, then images and searches.
LINES = (
    *(f"{model}, {kind}" for model in MODELS for kind in _KINDS),
    "image models, images",
    "web search tool calls",
)
UNITS = (*("tokens" for _ in range(len(MODELS) * _SIZE)), "images", None)


@dataclass(frozen=True)
class Charges:
    """Columns of equal length; `line` is a position in `lines` and `units`."""

    day: Integers
    actor: Integers
    project: Integers
    line: Integers
    quantity: Integers
    pico: Integers
    lines: tuple[str, ...] = LINES
    units: tuple[str | None, ...] = UNITS

    def take(self, rows: object) -> Self:
        """The charges chosen by positions or by a mask."""
        names = [f.name for f in fields(self) if f.name not in {"lines", "units"}]
        return replace(self, **{name: getattr(self, name)[rows] for name in names})


def charges(company: Company, rows: Rows) -> Charges:
    """The charges of usage at list price; what is nothing is not charged."""
    project = np.array([actor.project for actor in actors(company)])
    at, classes = np.nonzero(rows.tokens)
    tokens, prices = rows.tokens[at, classes], rows.unit_prices()[at, classes]
    tools = np.flatnonzero(np.isin(rows.endpoint, [IMAGES, SEARCHES]))
    is_image = rows.endpoint[tools] == IMAGES
    each = np.where(is_image, IMAGE_PICO, WEB_SEARCH_PICO)
    chosen = np.concatenate([at, tools])
    lines = [rows.model[at] * _SIZE + classes, np.where(is_image, -2, -1) + len(LINES)]
    return Charges(
        day=rows.day[chosen],
        actor=rows.actor[chosen],
        project=project[rows.actor[chosen]],
        line=np.concatenate(lines),
        quantity=np.concatenate([tokens, rows.units[tools]]),
        pico=np.concatenate([tokens * prices, rows.units[tools] * each]),
    )


def cost_rows(
    company: Company, found: Charges, names: Sequence[str], first: int, after: int
) -> list[tuple[int, dict[str, object]]]:
    """(day, row) of the charges of [first, after) by group, in the order of days."""
    found = found.take((found.day >= first) & (found.day < after))
    labels: dict[str, list[object]] = {
        "project_id": [project_id(company, n) for n in range(len(PROJECTS))],
        "line_item": list(found.lines),
        "api_key_id": [actor.key_id for actor in actors(company)],
    }
    columns = {
        "project_id": found.project,
        "line_item": found.line,
        "api_key_id": found.actor,
    }
    keys = np.stack([found.day, *(columns[name] for name in names)], axis=1)
    groups, places = np.unique(keys, axis=0, return_inverse=True)
    pico, quantity = (np.zeros(len(groups), np.int64) for _ in range(2))
    np.add.at(pico, places.reshape(-1), found.pico)
    np.add.at(quantity, places.reshape(-1), found.quantity)
    rows: list[tuple[int, dict[str, object]]] = []
    for key, amount, count in zip(
        groups.tolist(), pico.tolist(), quantity.tolist(), strict=True
    ):
        told = {
            name: labels[name][code] for name, code in zip(names, key[1:], strict=True)
        }
        unit = (
            found.units[key[1 + names.index("line_item")]]
            if "line_item" in names
            else None
        )
        row = {
            "object": "organization.costs.result",
            "amount": {"value": _number(amount), "currency": "usd"},
            **dict[str, object].fromkeys(COST_DIMENSIONS),
            "quantity": count if unit else None,
            "quantity_unit": unit,
            **told,
        }
        rows.append((key[0], row))
    return rows


def _number(pico: int) -> msgspec.Raw:
    """Whole pico-dollars as a JSON number in dollars."""
    text = format((Decimal(pico) * _PICO).normalize(), "f")
    return msgspec.Raw(text.encode())

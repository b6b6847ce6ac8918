"""One board and the rows of one page become one self-contained HTML file."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import count
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from dashboards import chart, figures, wording
from dashboards.board import Board, Chart, Column
from dashboards.definition import HERE
from dashboards.release import Release, Row

# What fits beside each other with its labels; the table beside holds every quarter.
DRAWN_QUARTERS = 12
# Quarters that are listed one by one before the older ones are folded away.
LISTED_QUARTERS = 8


@dataclass(frozen=True)
class Checks:
    """How many checks a release passed, passed with a note, or met by withholding."""

    passed: int
    noted: int
    withheld: int

    @property
    def total(self) -> int:
        """All checks that ran."""
        return self.passed + self.noted + self.withheld


@dataclass(frozen=True)
class Setting:
    """What stands on every page of a site."""

    release: Release
    checks: Checks
    rule_versions: tuple[str, ...]
    present: datetime
    organisation: str
    contact: str


def html(
    board: Board,
    rows: Mapping[str, list[Row]],
    setting: Setting,
    *,
    name: str | None = None,
    trust_page: str | None = None,
) -> str:
    """The page; `name` is whose it is, `trust_page` a link to data trust."""
    quarters = figures.quarters(rows.get("figures", []))
    subject = rows.get("subject", [])
    context = {
        **rows,
        "contact": setting.contact,
        "newest": figures.newest(quarters),
        "mode": subject[0]["publication_mode"] if subject else None,
    }
    numbers = count(1)
    return (
        _environment()
        .get_template("page.html")
        .render(
            board=board,
            rows=rows,
            setting=setting,
            name=name,
            trust_page=trust_page,
            quarters=quarters,
            newest=context["newest"],
            text=lambda source: Markup(_text(source).render(context).strip()),  # noqa: S704 - escaped
            draw=lambda block: _draw(block, rows[block.query], next(numbers)),
            style=Markup(_style()),  # noqa: S704 - our own file
            style_hash=_style_hash(),
        )
    )


def cell(row: Row, column: Column) -> str:
    """The value in the words of the column's format, or why there is none."""
    value = row[column.field]
    return column.absent if value is None else wording.FORMATS[column.format](value)


def _draw(block: Chart, rows: list[Row], number: int) -> Markup | None:
    """The chart, or None when no row has a figure."""
    drawn = [
        {
            "quarter_label": row["quarter_label"],
            "figure": row[block.field],
            "label": wording.short(row[block.field], block.unit),
            "gap": "withheld" if row["is_complete_quarter"] else "in progress",
        }
        for row in rows[-DRAWN_QUARTERS:]
    ]
    if all(row["figure"] is None for row in drawn):
        return None
    return chart.svg(block.spec, drawn, title=block.words, number=number)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        {"as": lambda value, form: wording.FORMATS[form](value), "age": wording.age}
    )
    names: dict[str, Any] = {
        "cell": cell,
        "is_number": lambda column: column.format in wording.NUMERIC,
        "withheld": figures.withheld,
        "measures_of": _measures_of,
        "listed_quarters": LISTED_QUARTERS,
    }
    environment.globals.update(names)
    return environment


@cache
def _text(source: str) -> Template:
    """A text of a board; compiled once for all pages."""
    return _environment().from_string(source)


def _measures_of(rows: list[Row]) -> list[tuple[str, Any]]:
    """Code and words of each measure in the rows, in the order of pages."""
    found = {row["measure"]: figures.measure(row) for row in rows}
    return [(code, found[code]) for code in figures.measures() if code in found]


@cache
def _style() -> str:
    return (HERE / "templates" / "style.css").read_text()


@cache
def _style_hash() -> str:
    """The only style that the page's policy allows."""
    return b64encode(hashlib.sha256(_style().encode()).digest()).decode()

"""Vega-Lite charts as inline SVG: drawn here, so that a page needs no script."""

import json
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from html import escape
from typing import Any

import vl_convert
from markupsafe import Markup

from dashboards.claims import forbidden_words
from dashboards.definition import HERE
from dashboards.errors import BoardRefused
from dashboards.release import Row

# The engine writes size and namespaces into the opening tag; pages need neither.
OPENING = re.compile(r"<svg [^>]*?viewBox=\"([^\"]+)\"[^>]*>")
# A drawing is one image with one description; its inner marks are no objects.
INNER_ROLES = re.compile(r' (?:role|aria-roledescription|aria-label)="[^"]*"')
DATA = "rows"


def svg(spec: str, rows: Sequence[Row], *, title: str, number: int) -> Markup:
    """The chart `charts/<spec>.json` of the rows as one described image.

    `number` makes the ids on the page unique. Rows with a null value leave a gap.
    """
    drawing = json.loads(_compiled(spec))
    for data in drawing["data"]:
        if data["name"] == DATA:
            data["values"] = [
                {name: _plain(value) for name, value in row.items()} for row in rows
            ]
    drawn = vl_convert.vega_to_svg(drawing, allowed_base_urls=[])
    view = OPENING.match(drawn)
    if view is None:
        raise BoardRefused(spec, "it draws nothing.", fix="look at the chart's JSON.")
    opening = (
        f'<svg class="chart" viewBox="{view[1]}" role="img" '
        f'aria-labelledby="chart-{number}"><title id="chart-{number}">'
        f"{escape(title)}</title>"
    )
    return Markup(opening + INNER_ROLES.sub("", drawn[view.end() :]))  # noqa: S704 - ours


@cache
def _compiled(spec: str) -> str:
    """The chart compiled to Vega once, as JSON; each page only brings its rows."""
    content = json.loads((HERE / "charts" / f"{spec}.json").read_text())
    for text in _labels(content):
        if found := forbidden_words(text):
            raise BoardRefused(
                f"{spec}.json",
                f"a label says {found[0]!r}, which no figure here can carry.",
                fix="name what is drawn.",
            )
    return json.dumps(vl_convert.vegalite_to_vega(content))


def _labels(content: Any) -> list[str]:
    if isinstance(content, dict):
        return [text for value in content.values() for text in _labels(value)]
    if isinstance(content, list):
        return [text for value in content for text in _labels(value)]
    return [content] if isinstance(content, str) else []


def _plain(value: Any) -> Any:
    """The value as JSON knows it; a drawing needs no more than floating point."""
    return float(value) if isinstance(value, Decimal) else value

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from dashboards import chart
from dashboards.definition import HERE
from dashboards.errors import BoardRefused
from dashboards.release import Row
from dashboards.wording import short
from tests.dashboards.document import document


def quarter(label: str, figure: Decimal | None, is_complete: bool = True) -> Row:
    """One row as a page hands it to a chart."""
    return {
        "quarter_label": label,
        "figure": figure,
        "label": short(figure, "items"),
        "is_complete_quarter": is_complete,
        "gap": "withheld",
    }


def test_zero_is_drawn_and_missing_is_a_gap() -> None:
    rows = [
        quarter("2026-Q1", Decimal("12.5")),
        quarter("2026-Q2", None),
        quarter("2026-Q3", Decimal(0)),
    ]
    drawn = chart.svg("quarterly", rows, title="Issues", number=1)
    text = document(drawn).find("svg")[0].text
    assert text.count("withheld") == 1
    assert all(label in text for label in ("Q1", "Q2", "Q3", "12.5", "0"))


def test_only_zeros_lie_on_the_ground() -> None:
    drawn = chart.svg("quarterly", [quarter("2026-Q1", Decimal(0))], title="", number=1)
    (bar,) = re.findall(r'<path d="M[\d.]+,([\d.]+)h[\d.]+v0h', drawn)
    assert float(bar) == 110


def test_a_drawing_carries_no_namespace_size_or_inner_role() -> None:
    rows = [quarter("2026-Q1", Decimal(3))]
    drawn = str(chart.svg("quarterly", rows, title="Cost & more", number=7))
    opening = drawn.split(">")[0]
    assert "xmlns" not in drawn
    assert "width=" not in opening
    assert 'aria-labelledby="chart-7"' in opening
    assert '<title id="chart-7">Cost &amp; more</title>' in drawn
    assert drawn.count("role=") == 1


def test_pages_do_not_share_their_rows() -> None:
    first, second = (
        chart.svg(
            "quarterly",
            [quarter("2026-Q1", Decimal(figure))],
            title="Issues",
            number=1,
        )
        for figure in (4242, 5)
    )
    assert "4,242" in first
    assert "4,242" not in second


def test_a_label_that_compares_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = json.loads((HERE / "charts" / "quarterly.json").read_text())
    content["title"] = "Top spenders"
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts" / "bragging.json").write_text(json.dumps(content))
    monkeypatch.setattr(chart, "HERE", tmp_path)
    with pytest.raises(BoardRefused, match="'top'"):
        chart.svg("bragging", [quarter("2026-Q1", Decimal(1))], title="", number=1)

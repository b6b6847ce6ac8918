from decimal import Decimal
from typing import Any

import pytest

from dashboards import figures
from dashboards.errors import BoardRefused
from dashboards.release import Row


def row(quarter: str, measure: str, **changes: Any) -> Row:
    """A published figure of a complete quarter, with changes."""
    return {
        "quarter_label": quarter,
        "is_complete_quarter": True,
        "measure": measure,
        "unit": "items",
        "value": Decimal(3),
        "lo80": None,
        "hi80": None,
        "coverage": 1.0,
        "status": "published",
        "withheld_reason": None,
    } | changes


def held(quarter: str, measure: str, reason: str | None) -> Row:
    """A withheld figure."""
    return row(quarter, measure, value=None, status="withheld", withheld_reason=reason)


def test_quarters_keep_their_order_and_measures_follow_the_words() -> None:
    rows = [row("2026-Q2", "merged_n"), row("2026-Q2", "delivered_n")]
    rows += [row("2026-Q1", "merged_n")]
    found = figures.quarters(rows)
    assert [quarter.label for quarter in found] == ["2026-Q2", "2026-Q1"]
    names = [figure.measure.name for figure in found[0].figures]
    assert names == ["Delivered issues", "Merged work"]


def test_the_newest_complete_quarter_is_not_the_one_in_progress() -> None:
    rows = [row("2026-Q2", "merged_n", is_complete_quarter=False)]
    assert figures.newest(figures.quarters(rows)) is None
    rows += [row("2026-Q1", "merged_n")]
    newest = figures.newest(figures.quarters(rows))
    assert newest is not None
    assert newest.label == "2026-Q1"


def test_a_published_figure_without_a_value_says_why_and_is_not_zero() -> None:
    (quarter,) = figures.quarters([row("2026-Q1", "turnaround_hours", value=None)])
    (figure,) = quarter.figures
    assert figure.text == "no figure"
    assert (
        figure.beside
        == "Fewer than half of the issues were done, or too few were started."
    )


def test_withheld_quarters_in_a_row_become_a_span() -> None:
    labels = ["2026-Q4", "2026-Q3", "2026-Q2", "2026-Q1", "2025-Q4"]
    rows = [
        held(label, "merged_n", "ramp")
        if label != "2026-Q1"
        else row(label, "merged_n")
        for label in labels
    ]
    (found,) = figures.withheld(rows)
    assert found.where == (("2025-Q4 and 2026-Q2 to 2026-Q4", "all figures"),)


def test_reasons_name_the_figures_they_hold_back() -> None:
    rows = [
        row("2026-Q1", "merged_n"),
        held("2026-Q1", "delivered_n", "coverage_link"),
        held("2026-Q1", "requests", "not_connected"),
        held("2026-Q1", "active_days", "not_connected"),
    ]
    link, connection = figures.withheld(rows)
    assert link.where == (("2026-Q1", "Delivered issues"),)
    assert connection.where == (("2026-Q1", "all of “What was used”"),)


@pytest.mark.parametrize("reason", ["solar_flare", None])
def test_a_reason_without_words_is_still_shown(reason: str | None) -> None:
    (found,) = figures.withheld([held("2026-Q1", "merged_n", reason)])
    assert f"“{reason or ''}”" in found.reason.why


def test_a_measure_without_words_is_refused() -> None:
    with pytest.raises(BoardRefused, match="'karma', which has no words"):
        figures.quarters([row("2026-Q1", "karma")])

from pathlib import Path

import pytest

from dashboards import definition
from dashboards.board import Table, board
from dashboards.errors import BoardRefused
from dashboards.vocabulary import measures, reasons, words
from dashboards.wording import FORMATS

BOARD = """
title: {title}
question: What was used?
audience: everyone
reads: [finance]
queries:
  costs: {{sql: "select 1 as best"}}
sections:
  - heading: Costs
    blocks:
      - {{kind: table, query: {query}, caption: Costs, empty: None, columns: []{more}}}
"""


@pytest.fixture
def refuse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of boards in place of ours."""
    (tmp_path / "boards").mkdir()
    monkeypatch.setattr(definition, "HERE", tmp_path)
    return tmp_path / "boards"


@pytest.mark.parametrize(
    ("title", "query", "more", "problem"),
    [
        ("Best of the year", "costs", "", "'best'"),
        ("Costs", "cost", "", "'cost'.*name one of costs"),
        ("Costs", "costs", ", colour: red", "unknown field `colour`"),
    ],
)
def test_a_board_is_refused_by_name_and_problem(
    refuse: Path, title: str, query: str, more: str, problem: str
) -> None:
    (refuse / "bad.yml").write_text(BOARD.format(title=title, query=query, more=more))
    with pytest.raises(BoardRefused, match=f"bad.*{problem}"):
        board("bad")


@pytest.mark.parametrize("name", ["data_trust", "my_figures"])
def test_every_column_has_a_format_that_exists(name: str) -> None:
    tables = [
        block
        for section in board(name).sections
        for block in section.blocks
        if isinstance(block, Table)
    ]
    assert tables
    for table in tables:
        assert {column.format for column in table.columns} <= set(FORMATS)


def test_every_reason_has_short_and_long_words() -> None:
    assert set(reasons()) == set(words()["short_reasons"])


def test_every_measure_says_what_it_means_and_where_it_comes_from() -> None:
    for measure in measures().values():
        assert measure.meaning.endswith(".")
        assert measure.absent.endswith(".")
        assert not measure.evidence.endswith(".")

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.disclosure import (
    MASKED,
    TOO_FEW,
    Mask,
    hide_small_groups,
)
from dashboards.release import SMALLEST_GROUP


def hidden(*counts: int) -> list[str]:
    """The counts of one group as a page shows them."""
    rows = [{"quarter": "2026-Q1", "people": count} for count in counts]
    return [row["people"] for row in hide_small_groups(rows, "people", "quarter")]


def test_groups_that_are_large_enough_are_shown() -> None:
    assert hidden(8, 1200) == ["8", "1,200"]


def test_a_small_count_takes_the_next_one_with_it() -> None:
    assert hidden(100, 3, 9) == ["100", TOO_FEW, TOO_FEW]


def test_small_counts_are_hidden_until_together_they_are_large() -> None:
    assert hidden(1, 2, 3, 40) == [TOO_FEW] * 4
    assert hidden(4, 5, 40) == [TOO_FEW, TOO_FEW, "40"]


def test_groups_are_looked_at_one_by_one() -> None:
    rows = [{"quarter": "a", "people": 50}, {"quarter": "b", "people": 2}]
    found = hide_small_groups(rows, "people", "quarter")
    assert [row["people"] for row in found] == ["50", TOO_FEW]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.integers(1, 60), min_size=1, max_size=7))
def test_nobody_who_knows_the_total_learns_a_small_count(counts: list[int]) -> None:
    shown = hidden(*counts)
    kept = [n for n, text in zip(counts, shown, strict=True) if text == TOO_FEW]
    assert all(n >= SMALLEST_GROUP for n in counts if str(n) in shown)
    if kept and len(kept) < len(counts):
        assert len(kept) > 1
        assert sum(kept) >= SMALLEST_GROUP


def test_texts_that_name_a_person_are_blanked() -> None:
    mask = Mask(["Ada Example", "0f3a"])
    texts = [
        "by Ada Example.",
        "key 0f3a",
        "a.b@mail.example",
        "Adam Examples",
        "0f3ab",
    ]
    rows = mask.rows([{"detail": text, "n": 1} for text in texts])
    assert [row["detail"] for row in rows] == [MASKED] * 3 + texts[3:]
    assert {row["n"] for row in rows} == {1}


def test_without_names_addresses_are_still_blanked() -> None:
    assert Mask([]).rows([{"detail": "x@y.example"}]) == [{"detail": MASKED}]

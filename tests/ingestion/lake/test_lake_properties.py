"""What holds of window tables however their rows come, over drawn rows.

Numbers are those of the measurement specification's list of properties.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from small_tables import NOON, SPEND, Hand, days, spend_page

from ingestion.lake import Lake

Rows = list[tuple[int, str, int]]
CASES = settings(max_examples=200, deadline=None, derandomize=True)
WINDOW = days(0, 3)
spent = st.dictionaries(
    st.tuples(st.integers(0, 3), st.sampled_from("abcdef")), st.integers(0, 10**12)
).map(lambda found: [(day, name, cents) for (day, name), cents in found.items()])


def content(lake: Lake) -> list[dict[str, Any]]:
    own = [column.name for column in SPEND.columns]
    return lake.current(SPEND).select(own).to_pylist()


def landed(lake: Lake, pages: Iterable[Rows]) -> Sequence[str]:
    """Lands the pages; returns the content hash of every day."""
    found = lake.replace_days(
        SPEND, WINDOW, [spend_page(page) for page in pages], accept_smaller=True
    )
    return [receipt.content_hash for receipt in found]


@CASES
@given(rows=spent, order=st.randoms(use_true_random=False), cut=st.integers(0, 24))
def test_order_and_page_boundaries_change_nothing_and_twice_is_once(
    rows: Rows, order: Any, cut: int
) -> None:  # 2, 3
    with TemporaryDirectory() as folder:
        clock = Hand(NOON)
        plain, other = (Lake(Path(folder) / name, clock) for name in ("a", "b"))
        hashes = landed(plain, [rows])
        shuffled = list(rows)
        order.shuffle(shuffled)
        assert landed(other, [shuffled[:cut], shuffled[cut:]]) == hashes
        assert content(other) == content(plain)
        clock.on()
        assert landed(other, [rows]) == hashes
        assert content(other) == content(plain)


@CASES
@given(first=spent, second=spent)
def test_a_restated_window_is_what_it_says_last_and_what_it_said_first_is_kept(
    first: Rows, second: Rows
) -> None:  # 4
    with TemporaryDirectory() as folder:
        clock = Hand(NOON)
        lake = Lake(Path(folder), clock)
        landed(lake, [first])
        before = content(lake)
        clock.on()
        landed(lake, [second])
        alone = Lake(Path(folder) / "alone", clock)
        landed(alone, [second])
        assert content(lake) == content(alone)
        own = [column.name for column in SPEND.columns]
        then = lake.as_of(SPEND, NOON).select(own).to_pylist()
        assert sorted(then, key=repr) == sorted(before, key=repr)

"""The guard against pulls that look like a fault of the vendor or of a permission."""

from ingestion.table import Table
from ingestion.window import Window

FEWEST_ROWS = 20  # below, a tenfold change is ordinary
SHRINK = 10


def is_shrunk(before: int, after: int) -> bool:
    """Whether a pull leaves less than a tenth of the rows that were in force."""
    return before >= FEWEST_ROWS and after * SHRINK < before


def is_suspicious(table: Table, window: Window, before: int, after: int) -> bool:
    """Whether a pull of days is held.

    One day alone that is empty now is believed: the vendor ended its paging normally,
    and a day can be withdrawn. A whole range that empties is not.
    """
    is_one_empty_day = window.first == window.last and after == 0
    return is_shrunk(before, after) and not is_one_empty_day

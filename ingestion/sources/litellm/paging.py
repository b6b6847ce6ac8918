"""Pages by number, counted from 1."""

from ingestion.errors import Unavailable
from ingestion.sources.litellm.tables import SOURCE


def check_number(path: str, told: int, number: int) -> None:
    """Raises Unavailable where another page came than the one that was asked for."""
    if told != number:
        raise Unavailable(
            SOURCE,
            f"GET {path}: page {told} came for page {number}; nothing was kept.",
            fix="run again; if it repeats, update the proxy.",
        )

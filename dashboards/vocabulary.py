"""What pages call measures, reasons and codes: `words/*.yml`."""

from functools import cache

from dashboards.definition import HERE, Part, read


class Measure(Part, frozen=True):
    """What a figure is, in words. `ranged`: a likely range belongs to it."""

    name: str
    group: str
    meaning: str
    absent: str
    evidence: str
    ranged: bool = False


class Reason(Part, frozen=True):
    """Why a figure is withheld, and what the person can do about it."""

    why: str
    do: str


@cache
def measures() -> dict[str, Measure]:
    """Every measure by its code, in the order pages show them."""
    return read(HERE / "words" / "measures.yml", dict[str, Measure])


@cache
def reasons() -> dict[str, Reason]:
    """Every reason for withholding by its code."""
    return read(HERE / "words" / "reasons.yml", dict[str, Reason])


@cache
def words() -> dict[str, dict[str, str]]:
    """Codes of the marts and what pages call them, by kind of code."""
    return read(HERE / "words" / "codes.yml", dict[str, dict[str, str]])

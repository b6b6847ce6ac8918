"""A person's figures as a page shows them: by quarter, by group, by reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dashboards.errors import BoardRefused
from dashboards.release import Row
from dashboards.vocabulary import Measure, Reason, measures, reasons
from dashboards.wording import code, likely_range, listed, percent, quantity

RANGE_LATER = "likely range comes with the measurement release"


@dataclass(frozen=True)
class Figure:
    """One measure of one quarter in words.

    `beside` is its likely range or why there is no figure, empty if there is nothing
    to say; `reason` is empty unless it is withheld.
    """

    measure: Measure
    text: str
    beside: str
    coverage: str
    reason: str


@dataclass(frozen=True)
class Quarter:
    """A quarter's figures by group, in the order of the measures' words."""

    label: str
    is_complete: bool
    groups: tuple[tuple[str, tuple[Figure, ...]], ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures of the quarter."""
        return tuple(figure for _, group in self.groups for figure in group)

    @property
    def total(self) -> int:
        """How many figures there are, withheld ones included."""
        return len(self.figures)

    @property
    def withheld(self) -> int:
        """How many of them are withheld."""
        return sum(1 for figure in self.figures if figure.reason)

    @property
    def published(self) -> int:
        """How many of them are published."""
        return self.total - self.withheld


@dataclass(frozen=True)
class Withheld:
    """One reason and the quarters and figures that it holds back."""

    reason: Reason
    where: tuple[tuple[str, str], ...]


def quarters(rows: Sequence[Row]) -> list[Quarter]:
    """The quarters in the order of the rows."""
    found: list[Quarter] = []
    for label, members in groupby(rows, key=lambda row: row["quarter_label"]):
        quarter = sorted(members, key=_place)
        groups = tuple(
            (name, tuple(_figure(row) for row in group))
            for name, group in groupby(quarter, key=_group)
        )
        found.append(Quarter(label, quarter[0]["is_complete_quarter"], groups))
    return found


def newest(found: Sequence[Quarter]) -> Quarter | None:
    """The newest complete quarter, None when there is none."""
    return next((quarter for quarter in found if quarter.is_complete), None)


def withheld(rows: Sequence[Row]) -> list[Withheld]:
    """Every reason on the page with its quarters and measures."""
    labels = list(dict.fromkeys(row["quarter_label"] for row in rows))
    found: list[Withheld] = []
    for reason in sorted({_reason(row) for row in rows if _is_held(row)}):
        where: dict[str, list[str]] = {}
        for label in labels:
            quarter = [row for row in rows if row["quarter_label"] == label]
            held = [row for row in quarter if _is_held(row) and _reason(row) == reason]
            if held:
                where.setdefault(_what(held, quarter), []).append(label)
        spans = tuple((_span(found, labels), what) for what, found in where.items())
        found.append(Withheld(words(reason), spans))
    return found


def _what(held: Sequence[Row], quarter: Sequence[Row]) -> str:
    """The measures in words; whole groups by the name of the group."""
    if len(held) == len(quarter):
        return "all figures"
    parts: list[str] = []
    for group, members in groupby(sorted(quarter, key=_place), key=_group):
        names = [measure(row).name for row in members if row in held]
        every = sum(1 for row in quarter if _group(row) == group)
        parts += [f"all of “{group}”"] if len(names) == every else names
    return listed(parts)


def _span(labels: Sequence[str], every: Sequence[str]) -> str:
    """The quarters in words, oldest first; three and more in a row as a span."""
    places = sorted((every.index(label) for label in labels), reverse=True)
    parts: list[str] = []
    # In a row, place plus position stays the same.
    for _, run in groupby(enumerate(places), key=lambda pair: pair[0] + pair[1]):
        row = [every[place] for _, place in run]
        parts += [f"{row[0]} to {row[-1]}"] if len(row) > 2 else row
    return listed(parts)


def words(reason: str) -> Reason:
    """The reason in plain words; a code without words is at least named."""
    return reasons().get(reason) or Reason(
        why=f"The rules withhold it; their word for the reason is “{reason}”.",
        do="Ask the data steward what that means for you.",
    )


def measure(row: Row) -> Measure:
    """The row's measure in words; raises BoardRefused when nobody wrote them."""
    found = measures().get(row["measure"])
    if found is None:
        raise BoardRefused(
            "words/measures.yml",
            f"the release holds the measure {row['measure']!r}, which has no words.",
            fix="say there what it means; nobody is shown a figure without that.",
        )
    return found


def _is_held(row: Row) -> bool:
    return row["status"] == "withheld"


def _reason(row: Row) -> str:
    return row["withheld_reason"] or ""


def _group(row: Row) -> str:
    return measure(row).group


def _place(row: Row) -> int:
    measure(row)
    return list(measures()).index(row["measure"])


def _figure(row: Row) -> Figure:
    found, is_published = measure(row), row["status"] == "published"
    if not is_published:
        text, beside = "withheld", ""
    elif row["value"] is None:
        text, beside = "no figure", found.absent
    else:
        text, beside = quantity(row["value"], row["unit"]), _likely(row, found)
    return Figure(
        measure=found,
        text=text,
        beside=beside,
        coverage="" if row["coverage"] is None else percent(row["coverage"]),
        reason="" if is_published else code("short_reasons")(_reason(row)),
    )


def _likely(row: Row, found: Measure) -> str:
    if row["lo80"] is None or row["hi80"] is None:
        return RANGE_LATER if found.ranged else ""
    return f"likely {likely_range(row['lo80'], row['hi80'], row['unit'])}"

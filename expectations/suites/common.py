"""Expectations that several marts share, each tied to the gate it belongs to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

STATUSES = ("published", "withheld")
WITHHELD_REASONS = (
    "not_connected",
    "not_reported",
    "unpriced",
    "coverage_identity",
    "coverage_feed",
    "coverage_seat",
    "coverage_link",
    "coverage_calendar",
    "immature",
    "incomplete_quarter",
    "low_exposure",
    "ramp",
    "not_comparable",
    "small_cell",
    "low_reliability",
    "insufficient_evidence",
    "attribution_sensitive",
    "contested",
    "restatement_pending",
    "restricted_jurisdiction",
    "suppressed_complementary",
)
# Decimals arrive as floats, which know 15 digits: what is exact is judged in SQL.
LEAST = -1e-9


@dataclass(frozen=True)
class GateOf:
    """The gate that an expectation belongs to, and what to say when it is not met."""

    id: str
    title: str
    fix: str
    decision: Literal["block", "warn"] = "block"


@dataclass(frozen=True)
class Expected:
    """One expectation by the name of its class; `words` say what fails it."""

    gate: GateOf
    type: str
    words: str
    arguments: dict[str, Any]


@dataclass(frozen=True)
class Suite:
    """A mart's expectations, made into Great Expectations' own when they are needed."""

    name: str
    expected: tuple[Expected, ...]

    def of(self, gates: Collection[str]) -> "Suite":
        """The part of it that belongs to the gates."""
        kept = (one for one in self.expected if one.gate.id in gates)
        return Suite(self.name, tuple(kept))

    def built(self) -> Any:
        """The suite as Great Expectations runs it."""
        types = import_module("great_expectations.expectations")
        return import_module("great_expectations").ExpectationSuite(
            name=self.name,
            expectations=[
                getattr(types, one.type)(
                    **one.arguments,
                    severity="critical" if one.gate.decision == "block" else "warning",
                    meta={"place": place},
                )
                for place, one in enumerate(self.expected)
            ],
        )


GRAIN = GateOf(
    "DQ09",
    "One row per grain, and no part of it empty",
    "find the join that repeats rows; state the grain the mart really has.",
)
POSITIVE = GateOf(
    "DQ10",
    "No token, cost or count is negative",
    "find the vendor's correction row that lost the row it corrects.",
)
VOCABULARY = GateOf(
    "PC14",
    "Every code is one that readers know",
    "use a known code, or add the new one here and on the pages.",
)
PLAUSIBLE = GateOf(
    "PC08",
    "Values lie where they can be",
    "check unit and formula of the column.",
)


def build(mart: str, *expected: Sequence[Expected]) -> Suite:
    """A suite from groups of expectations."""
    return Suite(mart, tuple(one for group in expected for one in group))


def grain(*columns: str) -> Sequence[Expected]:
    """One row per combination of the columns, none of them empty."""
    unique = Expected(
        GRAIN,
        "ExpectCompoundColumnsToBeUnique",
        f"{', '.join(columns)} is not unique",
        {"column_list": list(columns)},
    )
    return (unique, *filled(*columns, gate=GRAIN))


def filled(*columns: str, gate: GateOf = PLAUSIBLE) -> Sequence[Expected]:
    """No empty value in any of the columns."""
    return [
        Expected(
            gate,
            "ExpectColumnValuesToNotBeNull",
            f"{column} is empty",
            {"column": column},
        )
        for column in columns
    ]


def never_negative(*columns: str) -> Sequence[Expected]:
    """Each value at least zero, or empty."""
    return [
        Expected(
            POSITIVE,
            "ExpectColumnValuesToBeBetween",
            f"{column} is negative",
            {"column": column, "min_value": LEAST},
        )
        for column in columns
    ]


def within(
    least: float, most: float, *columns: str, gate: GateOf = PLAUSIBLE
) -> Sequence[Expected]:
    """Each value from `least` to `most`, or empty."""
    return [
        Expected(
            gate,
            "ExpectColumnValuesToBeBetween",
            f"{column} is not within {least:g} to {most:g}",
            {"column": column, "min_value": least, "max_value": most},
        )
        for column in columns
    ]


def one_of(column: str, values: Sequence[str]) -> Sequence[Expected]:
    """Each value one of the known codes, or empty."""
    return [
        Expected(
            VOCABULARY,
            "ExpectColumnValuesToBeInSet",
            f"{column} has an unknown code",
            {"column": column, "value_set": list(values)},
        )
    ]


def usually(
    share: float, least: float, most: float, column: str, gate: GateOf
) -> Sequence[Expected]:
    """At least `share` of the values from `least` to `most`."""
    return [
        Expected(
            gate,
            "ExpectColumnValuesToBeBetween",
            f"{column} is often outside {least:g} to {most:g}",
            {"column": column, "min_value": least, "max_value": most, "mostly": share},
        )
    ]

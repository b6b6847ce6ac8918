"""Gates on purpose and wording: what a release must not contain at all."""

from collections.abc import Iterable

from expectations.evidence import FIGURES, Evidence, Finding, Look
from expectations.gate.definition import WHOLE, Gate, Looking

# A comparison or verdict in a name; figures here describe.
CLAIMS = frozenset(
    {"score", "scores", "scored", "rank", "ranks", "ranked", "ranking", "roi"}
    | {"leaderboard", "winner", "loser", "best", "worst", "top", "bottom"}
    | {"performance", "productivity", "impact", "saved", "savings"}
)
REASONS_OF_ABSENCE = frozenset(
    {"absence", "sick", "sickness", "illness", "leave", "vacation", "parental"}
    | {"maternity", "paternity", "disability", "medical"}
)
# Facts of projects, teams and services: blame of one person would end their reporting.
NOT_OF_PERSONS = frozenset(
    {"csat", "satisfaction", "rating", "ratings", "incident", "incidents", "outage"}
    | {"outages", "failure", "failures"}
)
REVIEW = "review."
SHARED_AUDIENCES = ("teams.", "finance.")
STEWARD = "steward."
E_MAIL = r"[^\s@]@[^\s@]+\.[a-z]"
WALLED_OFF = ("allocation", "detector", "detectors")


def names_without(
    words: frozenset[str], also_measures: bool = False, audience: str = ""
) -> Looking:
    """Columns, and measures if asked, whose name holds one of the words."""

    def look(evidence: Evidence) -> Look:
        names = [
            (column["mart"], column["column_name"])
            for column in evidence.columns
            if column["mart"].startswith(audience)
        ]
        if also_measures and FIGURES in evidence.marts:
            rows = evidence.rows("select distinct measure from {figures}")
            names += [(FIGURES, row["measure"]) for row in rows]
        return _blocked(
            f"{mart}.{name}"
            for mart, name in sorted(names)
            if words & set(name.lower().split("_"))
        )

    return look


def no_persons_in_shared_files(evidence: Evidence) -> Look:
    """Columns of shared files that identify a person."""
    return _blocked(
        f"{column['mart']}.{column['column_name']}"
        for column in evidence.columns
        if column["mart"].startswith(SHARED_AUDIENCES)
        and set(column["column_name"].split("_")) & {"person", "manager", "email"}
        and not column["data_type"].startswith(("BIGINT", "DECIMAL", "DOUBLE"))
    )


def no_addresses(evidence: Evidence) -> Look:
    """Marts outside the steward's file with an e-mail address in a text column."""
    found: list[str] = []
    for mart in sorted(evidence.marts):
        types = evidence.columns_of(mart).items()
        texts = [name for name, data_type in types if data_type == "VARCHAR"]
        if mart.startswith(STEWARD) or not texts:
            continue
        text = f"concat_ws(' ', {', '.join(texts)})"
        rows = evidence.rows(
            f"from {mart} select count(*) as n where regexp_matches({text}, '{E_MAIL}')"
        )
        if count := int(rows[0]["n"]):
            found.append(f"{mart}: {count} rows")
    return _blocked(found)


def purpose_wall(evidence: Evidence) -> Look:
    """Models of the review that stem from allocation or detectors, however far."""
    if not any("/" in model for edge in evidence.edges for model in edge):
        return _blocked(["the lineage of the models is not known by folder"])
    downstream: dict[str, set[str]] = {}
    for upstream, model in evidence.edges:
        downstream.setdefault(upstream, set()).add(model)
    walled = {name for edge in evidence.edges for name in edge if _is_walled(name)}
    reached: set[str] = set()
    waiting = list(walled)
    while waiting:
        for model in downstream.get(waiting.pop(), set()) - reached:
            reached.add(model)
            waiting.append(model)
    return _blocked(
        f"{model} stems from allocation or detectors"
        for model in sorted(reached)
        if "review" in model.split("/")
    )


def _is_walled(model: str) -> bool:
    """Whether a model (`marts/allocation/mart_x`) is of a purpose kept from reviews."""
    *folders, name = model.split("/")
    return bool(set(folders) & set(WALLED_OFF)) or "detector" in name.split("_")


def _blocked(texts: Iterable[str]) -> Look:
    found = tuple(Finding(text, "block") for text in texts)
    return Look(found, float(len(found)))


GATES = (
    Gate(
        id="DQ31",
        title="No reason of an absence is published",
        subject=WHOLE,
        look=names_without(REASONS_OF_ABSENCE),
        fix="drop the column; only the share of absent time may be known.",
    ),
    Gate(
        id="DQ44",
        title="No column or measure is called a score, a rank or a return",
        subject=WHOLE,
        look=names_without(CLAIMS, also_measures=True),
        fix="name what is counted; figures describe and do not compare.",
    ),
    Gate(
        id="DQ47",
        title="Nothing of allocation or detectors reaches the review",
        subject=WHOLE,
        look=purpose_wall,
        fix="remove the ref() that leads there.",
    ),
    Gate(
        id="PC19",
        title="No figure of a person is one of projects, teams or services",
        subject=WHOLE,
        look=names_without(NOT_OF_PERSONS, also_measures=True, audience=REVIEW),
        fix="publish it per project, or per team and service.",
    ),
    Gate(
        id="PC12",
        title="Files for everyone identify no person",
        subject=WHOLE,
        look=no_persons_in_shared_files,
        fix="aggregate, or give the mart another audience.",
    ),
    Gate(
        id="PC13",
        title="No e-mail address is published outside the steward's file",
        subject=WHOLE,
        look=no_addresses,
        fix="drop the column, or publish a team or cost pool instead.",
    ),
)

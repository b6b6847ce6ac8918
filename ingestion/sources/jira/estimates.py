"""Which field of a site holds the estimate, and which fields' history is read.

configured field > what boards estimate in > field of team-managed projects (by schema)
> field named exactly so; of two with equal claim neither is taken
"""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ingestion.errors import Misconfigured
from ingestion.sources.jira.shapes import Field

TEAM_MANAGED: Final = "com.pyxis.greenhopper.jira:jsw-story-points"
SPRINT: Final = "com.pyxis.greenhopper.jira:gh-sprint"
NAMES: Final = ("Story Points", "Story point estimate")
HISTORY: Final = ("status", "assignee", "resolution", "issuekey", "project")


@dataclass(frozen=True)
class FieldChoice:
    """The fields of one site that mean more than their name.

    `passed_over` are other fields that could be the estimate, as `id (name)`.
    """

    story_points: str | None
    sprints: tuple[str, ...]
    passed_over: tuple[str, ...]

    @property
    def history_field_ids(self) -> tuple[str, ...]:
        """Fields of which every change is read."""
        points = () if self.story_points is None else (self.story_points,)
        return (*HISTORY, *points, *self.sprints)


def choice(
    fields: Sequence[Field], configured: str | None, of_boards: Sequence[str] = ()
) -> FieldChoice:
    """The estimate and sprint fields; raises Misconfigured where that is a guess.

    `of_boards` are the ids of fields in which boards estimate.
    """
    by_board = [f for f in fields if f.id in of_boards]
    by_schema = [f for f in fields if f.schema and f.schema.custom == TEAM_MANAGED]
    by_name = [f for f in fields if _is_named(f) and f not in by_schema]
    chosen = _configured(fields, configured) or next(
        filter(None, map(_only, (by_board, by_schema, by_name))), None
    )
    likely = dict.fromkeys(map(_shown, (*by_board, *by_schema, *by_name)))
    return FieldChoice(
        story_points=chosen and chosen.id,
        sprints=tuple(f.id for f in fields if f.schema and f.schema.custom == SPRINT),
        passed_over=tuple(one for one in likely if chosen and one != _shown(chosen)),
    )


def _is_named(field: Field) -> bool:
    """A number field that is called exactly like an estimate."""
    return (
        field.name in NAMES
        and field.schema is not None
        and (field.schema.type == "number")
    )


def _configured(fields: Sequence[Field], configured: str | None) -> Field | None:
    """The field the configuration names; raises Misconfigured if it does not exist."""
    if configured is None:
        return None
    for field in fields:
        if field.id == configured:
            return field
    near = {field.name: field for field in fields}
    names = difflib.get_close_matches(configured, near, n=3, cutoff=0.6)
    similar = [_shown(near[name]) for name in names]
    raise Misconfigured(
        "jira",
        f"this site has no field with the id {configured}.",
        field="story_points_field",
        fix="set it to the id of a field, such as customfield_10016"
        + (f"; similar: {', '.join(similar)}." if similar else "."),
    )


def _only(candidates: Sequence[Field]) -> Field | None:
    """The one candidate, or None; raises Misconfigured for several."""
    if len(candidates) > 1:
        raise Misconfigured(
            "jira",
            "several fields could hold the estimate: "
            f"{', '.join(_shown(field) for field in candidates)}.",
            field="story_points_field",
            fix="set it to the one that your boards use.",
        )
    return candidates[0] if candidates else None


def _shown(field: Field) -> str:
    return f"{field.id} ({field.name})"

"""Who a person key stands for: the only place that undoes a pseudonym."""

import pyarrow.compute as pc

from dagster_project.workspace import Workspace
from ingestion.sources.people.tables import PERSONS
from publication.pseudonym import pseudonym


def display_names(found: Workspace) -> dict[str, str]:
    """Person key of the review audience → the person's latest name."""
    rows = found.lake.current(PERSONS).filter(pc.field("removed_at").is_null())
    rows = rows.sort_by("valid_from")
    latest = dict(
        zip(rows["person_id"].to_pylist(), rows["full_name"].to_pylist(), strict=True)
    )
    return {
        pseudonym(found.secret, "review", person_id): name
        for person_id, name in latest.items()
    }

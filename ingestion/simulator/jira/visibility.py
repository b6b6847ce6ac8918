"""What the account of the token may see: not the hidden project, and not always all.

In the week after the demo's present its access to one project is lost and given back.
"""

from datetime import timedelta

from ingestion.simulator import timeline
from ingestion.simulator.jira.site import PROJECTS, Project

LOST_PROJECT = "LUM"
LOST_AT = timeline.PRESENT + timedelta(days=1, hours=1)
RETURNED_AT = timeline.PRESENT + timedelta(days=2, hours=1)
_LOST_MS = (timeline.epoch_ms(LOST_AT), timeline.epoch_ms(RETURNED_AT))


def is_visible(project: Project, at_ms: int) -> bool:
    """Whether the account may browse a project at an instant."""
    is_lost = project.key == LOST_PROJECT and _LOST_MS[0] <= at_ms < _LOST_MS[1]
    return not is_lost


def visible_projects(at_ms: int) -> list[Project]:
    """All projects that the account may browse at an instant."""
    return [project for project in PROJECTS.values() if is_visible(project, at_ms)]

"""The truth about reviews at an instant."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# pyarrow ships no types.

import pyarrow as pa

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.hosting.places import REPOSITORIES
from ingestion.simulator.hosting.requests import requests
from ingestion.simulator.totals import INSTANT, TEXT, WHOLE_NUMBER, table


def reviews(company: Company, at_ms: int) -> pa.Table:
    """One row per pull request and person who said something of another's work.

    Deleted accounts, machines and authors themselves are not here; what was only
    dismissed is no review either.
    """
    rows = [
        (
            person_id,
            host,
            repository,
            request.number,
            timeline.instant(request.created_ms),
            timeline.instant(first_ms),
        )
        for host, names in REPOSITORIES.items()
        for repository in names
        for request in requests(company, repository)
        if request.is_there(at_ms)
        for person_id, first_ms in request.reviewers(at_ms).items()
    ]
    return table(
        rows,
        ("person_id", TEXT),
        ("source", TEXT),
        ("repository", TEXT),
        ("number", WHOLE_NUMBER),
        ("created_at", INSTANT),
        ("first_reviewed_at", INSTANT),
    )

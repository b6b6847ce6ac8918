"""What the control sums of a host's tables are taken over."""

from datetime import datetime

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.hosting.requests import Request, requests


def existing(company: Company, repository: str, at: datetime) -> list[Request]:
    """Pull requests that exist at an instant."""
    at_ms = timeline.epoch_ms(at)
    return [each for each in requests(company, repository) if each.is_there(at_ms)]


def changed(
    company: Company, repository: str, at: datetime, since: datetime
) -> list[Request]:
    """Of those the ones that were updated since a time, and all that are open."""
    at_ms, since_ms = timeline.epoch_ms(at), timeline.epoch_ms(since)
    return [
        each
        for each in existing(company, repository, at)
        if each.updated_ms(at_ms) >= since_ms or each.state(at_ms) == "open"
    ]

"""Whether the configured files can be read, and how far they reach: for the doctor."""

from datetime import date

from ingestion.probe import Findings, Probe
from ingestion.sources.deliverables.connection import Connection, FileFeed
from ingestion.sources.deliverables.reading import feed_files
from ingestion.sources.deliverables.tables import SOURCE


def probe(at: Connection) -> Probe:
    """What each feed holds; a Jira project is examined with its site."""
    findings = Findings()
    newest = [
        findings.attempt(f"feed {feed.feed}", lambda feed=feed: _newest(at, feed))
        for feed in at.files
    ]
    findings.permissions.extend(f"feed {feed.feed} by Jira" for feed in at.jira)
    return findings.probe(
        SOURCE,
        account=", ".join(each.feed for each in (*at.files, *at.jira)),
        newest_day=max((day for day in newest if day), default=None),
    )


def _newest(at: Connection, feed: FileFeed) -> date | None:
    """The UTC day of the newest delivery of a feed, every row of it read."""
    days = [
        moment.date()
        for _, held in feed_files(at, feed)
        for moment in held.items["delivered_at"]
        if moment is not None
    ]
    return max(days, default=None)

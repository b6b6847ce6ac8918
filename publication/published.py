"""Plain rows of a release, for the command line and tests."""

from typing import Any

from publication.manifest import PublishedMart
from publication.release import Release
from publication.sql import quoted


class Published:
    """Reads one pinned release; every call opens and closes the file."""

    def __init__(self, release: Release) -> None:
        self.release = release

    def marts(self) -> tuple[PublishedMart, ...]:
        """Every mart with its audience, rows, grain and content hash."""
        return self.release.manifest.marts

    def rows(self, audience: str, mart: str) -> list[dict[str, Any]]:
        """All rows of a mart in the order of its grain; exact decimals."""
        return self.select(audience, f"from {quoted(mart)}")

    def select(self, audience: str, sql: str) -> list[dict[str, Any]]:
        """The rows of one query over the audience's file."""
        with self.release.connect(audience) as connection:
            result = connection.execute(sql)
            names = [column[0] for column in result.description or ()]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def gates(self) -> list[dict[str, Any]]:
        """Every gate's decision on this release."""
        return [dict(gate) for gate in self.release.manifest.gates]

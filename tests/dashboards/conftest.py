"""One small release and the pages made from it, built once and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboards import site
from tests.dashboards.small_release import (
    PRESENT,
    SECRET,
    names,
    person_key,
    write_release,
)

PEOPLE = 12
CONTACT = "the data steward, room 1"


def build(release: Path, target: Path, whose: Mapping[str, str]) -> site.Site:
    """Build the pages as the pipeline does."""
    return site.build(
        release,
        target,
        present=PRESENT,
        secret=SECRET,
        organisation="Demo Company",
        contact=CONTACT,
        names=whose,
    )


@dataclass(frozen=True)
class Pages:
    """The built site, read back."""

    site: site.Site
    target: Path

    def person(self, number: int) -> str:
        """The page of a made-up person."""
        folder = site.opaque(SECRET, person_key(number))
        return (self.site.path / "people" / folder / "index.html").read_text()

    def trust(self) -> str:
        """The page of data trust."""
        return (self.site.path / "index.html").read_text()

    def all(self) -> dict[str, str]:
        """Every page by its path in the site."""
        return {
            str(path.relative_to(self.site.path)): path.read_text()
            for path in sorted(self.site.path.rglob("*.html"))
        }


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of twelve people."""
    return write_release(tmp_path_factory.mktemp("published") / "release", PEOPLE)


@pytest.fixture(scope="session")
def pages(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Its pages."""
    target = tmp_path_factory.mktemp("pages") / "current"
    return Pages(build(release, target, names(PEOPLE)), target)

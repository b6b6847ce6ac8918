"""A folder with everything the company keeps itself: people files and repositories."""

import hashlib
import json
import shutil
from datetime import datetime
from pathlib import Path

from ingestion.simulator import organisation, repository, timeline
from ingestion.simulator.change import REPOSITORIES
from ingestion.simulator.company import Company
from ingestion.simulator.files import write_people
from ingestion.simulator.finance import write_finance
from ingestion.simulator.vendor import vendors

# Written last, so that a folder without it is known to be unfinished.
MARKER = "company.json"


def write_company(company: Company, present: datetime, home: Path) -> bool:
    """Writes `company/` and `repositories/*.git`; False if the same was there."""
    wanted = {
        "seed": company.seed,
        "present": present.isoformat(),
        "generator": _generator(),
    }
    marker = home / MARKER
    if marker.exists() and json.loads(marker.read_text()) == wanted:
        return False
    marker.unlink(missing_ok=True)
    people, repositories = home / "company", home / "repositories"
    for folder in (people, repositories):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    write_people(company, people)
    (people / "entities.json").write_text(json.dumps(list(organisation.ENTITIES)))
    at_ms = timeline.epoch_ms(present)
    for name in REPOSITORIES:
        path = repositories / f"{name}.git"
        repository.write(company.seed, company.changes, name, path, at_ms)
    write_vendors(company, present, home)
    write_finance(company, present, home / "finance")
    marker.write_text(json.dumps(wanted))
    return True


def write_vendors(company: Company, present: datetime, home: Path) -> None:
    """Writes `<home>/<vendor>/` for every vendor that leaves files."""
    for vendor in vendors():
        if vendor.write is not None:
            vendor.write(company, present, home)


def _generator() -> str:
    """Hash of this package's code: a folder made by other code is made again."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()

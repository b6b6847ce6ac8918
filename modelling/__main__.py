"""`python -m modelling`: bring what is written from the lake's tables up to date.

dbt's staging layer, and `docs/vendors.md`.
"""

import sys
from pathlib import Path

from ingestion.catalog import TABLES
from ingestion.sources import connectors
from modelling.staging import files
from modelling.vendors import document

ROOT = Path(__file__).parent.parent
STAGING = ROOT / "dbt" / "models" / "staging"


def wanted() -> dict[Path, str]:
    """Text by path of everything that is written."""
    staging = {STAGING / path: text for path, text in files(TABLES).items()}
    return {**staging, ROOT / "docs" / "vendors.md": document(connectors())}


def main(arguments: list[str]) -> int:
    """Write what differs, remove what is gone; with `--check` say so and return 1."""
    texts = wanted()
    gone = [p for p in STAGING.rglob("*") if p.is_file() and p not in texts]
    stale = [p for p in texts if not p.exists() or p.read_text() != texts[p]]
    for path in [*stale, *gone]:
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
    if "--check" in arguments:
        if stale or gone:
            sys.stdout.write("not up to date; run `make models`\n")
        return 1 if stale or gone else 0
    for path in gone:
        path.unlink()
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts[path])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

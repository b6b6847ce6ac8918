"""`python -m modelling`: bring the staging layer up to date with the lake's tables."""

import sys
from pathlib import Path

from ingestion.catalog import TABLES
from modelling.staging import files, write

STAGING = Path(__file__).parent.parent / "dbt" / "models" / "staging"


def main(arguments: list[str]) -> int:
    """Write what differs; with `--check` only say it, and return 1."""
    if "--check" not in arguments:
        for path in write(TABLES, STAGING):
            sys.stdout.write(f"{path.relative_to(STAGING)}\n")
        return 0
    stale = [
        path
        for path, text in files(TABLES).items()
        if not (STAGING / path).exists() or (STAGING / path).read_text() != text
    ]
    for path in stale:
        sys.stdout.write(f"not up to date: {path}; run `make models`\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Run every benchmark and print its report: `python -m benchmarks [name …]`."""

import sys

from benchmarks import ingestion, models

REPORTS = {"ingestion": ingestion.report, "models": models.report}


def main(names: list[str]) -> None:
    """Print the named reports, all by default."""
    for name in names or REPORTS:
        print(f"## {name}\n\n{REPORTS[name]()}\n")


if __name__ == "__main__":
    main(sys.argv[1:])

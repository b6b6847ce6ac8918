"""Run every benchmark and print its report: `python -m benchmarks [name …]`."""

import sys
from importlib import import_module

REPORTS = ("ingestion", "models", "history")


def main(names: list[str]) -> None:
    """Print the named reports, all by default."""
    for name in names or REPORTS:
        report = import_module(f"benchmarks.{name}").report
        print(f"## {name}\n\n{report()}\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

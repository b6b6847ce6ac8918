"""Ours: the named tables of one repository, read whole and not landed."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from ingestion.sources.git import Repository, read


def main(location: str, folder: str, *tables: str) -> None:
    """Read every page of the tables."""
    with TemporaryDirectory(dir=folder) as workdir:
        history = read(Repository("measured", location), None, Path(workdir))
        for table in tables:
            for _ in getattr(history, table):
                pass


if __name__ == "__main__":
    main(*sys.argv[1:])

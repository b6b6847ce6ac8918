"""Reads whatever is current, over and over, and reports every release it saw.

python -m tests.publication.watching ROOT STOP_FILE
"""

import sys
from pathlib import Path

from publication import Published, Releases

MART = "mart_person_efficiency_quarterly"


def main(root: str, stop: str) -> int:
    """Print each release once, with what is wrong with it; end after the stop file."""
    seen: set[str] = set()
    is_last = False
    while True:
        release = Releases(Path(root)).current()
        if release is None:
            raise RuntimeError("nothing is current")
        damaged = release.damaged_files()
        ids = Published(release).select(
            "review", f"select distinct release_id from {MART}"
        )
        gates = Published(release).gates()
        if damaged or [row["release_id"] for row in ids] != [release.id] or not gates:
            print(f"partial {release.id} {damaged} {ids}", flush=True)
        if release.id not in seen:
            seen.add(release.id)
            print(f"saw {release.id}", flush=True)
        if is_last:
            return 0
        is_last = Path(stop).exists()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

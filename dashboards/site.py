"""All pages of one release, written beside the old ones and put in place at once.

<target>                   link to the folder in force, swapped by one rename
  site/index.html          data trust, for everyone
  site/people/<opaque>/    index.html about one person, for that person
  access.json              person key → folder; lies outside what is served
"""

import base64
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dashboards import release as releases
from dashboards.board import Board, Query, board
from dashboards.disclosure import Mask, hide_small_groups
from dashboards.errors import BoardRefused, TargetRefused
from dashboards.folder import replaced
from dashboards.page import Checks, Setting, html
from dashboards.release import Release, Row

SHORTEST_SECRET = 16
PERSON_KEY = "person_key"


@dataclass(frozen=True)
class Site:
    """What was built: pages in all, pages about a person, and the folder to serve."""

    pages: int
    people: int
    path: Path


def build(
    release: Path,
    target: Path,
    *,
    present: datetime,
    secret: bytes,
    organisation: str,
    contact: str,
    names: Mapping[str, str],
) -> Site:
    """Write every page of the release; `names` maps person keys to display names.

    Whoever is in the release or in `names` gets a page. Raises PagesError; then, and
    after a kill at any point, the pages of before stay in place.
    """
    if len(secret) < SHORTEST_SECRET:
        raise TargetRefused(
            "secret",
            f"it is shorter than {SHORTEST_SECRET} bytes, so folders could be guessed.",
            fix="give a longer random key.",
        )
    pinned = releases.pinned(release)
    mine, trust = board("my_figures"), board("data_trust")
    setting = _setting(pinned, present, organisation, contact)
    shared, by_person = _rows(pinned, mine)
    everyone = sorted({*by_person, *names})
    folders = {key: opaque(secret, key) for key in everyone}
    mask = Mask([*everyone, *names.values()])
    with replaced(target) as folder:
        for key in everyone:
            page = html(
                mine,
                shared | by_person.get(key, _nothing(mine)),
                setting,
                name=names.get(key),
                trust_page="../../index.html",
            )
            folder.write(f"site/people/{folders[key]}/index.html", page)
        rows = {
            name: mask.rows(found) for name, found in _rows(pinned, trust)[0].items()
        }
        folder.write("site/index.html", html(trust, rows, setting))
        folder.write("access.json", json.dumps(folders, indent=1) + "\n")
    return Site(pages=len(everyone) + 1, people=len(everyone), path=target / "site")


def opaque(secret: bytes, person_key: str) -> str:
    """A folder name that tells nothing without the secret: 26 letters and digits."""
    digest = hmac.digest(secret, f"pages/{person_key}".encode(), "sha256")
    return base64.b32encode(digest[:16]).decode().rstrip("=").lower()


def _setting(
    release: Release, present: datetime, organisation: str, contact: str
) -> Setting:
    """What every page says about the release."""
    with release.reading(["steward", "review"]) as reading:
        decisions = reading.rows(
            "decisions",
            "select decision, count(*) as decisions_n "
            "from steward.mart_publication_gate "
            "where candidate_id = release_id group by decision",
        )
        versions = reading.rows(
            "rule versions",
            "select distinct rule_version from review.fct_person_figure order by 1",
        )
    by_decision = {row["decision"]: row["decisions_n"] for row in decisions}
    return Setting(
        release,
        Checks(
            passed=by_decision.get("pass", 0),
            noted=by_decision.get("warn", 0),
            withheld=by_decision.get("withhold", 0),
        ),
        tuple(row["rule_version"] for row in versions if row["rule_version"]),
        present,
        organisation,
        contact,
    )


def _rows(
    release: Release, board: Board
) -> tuple[dict[str, list[Row]], dict[str, dict[str, list[Row]]]]:
    """Rows by query that everyone may see, and rows by person and query.

    Each per-person query runs once; a person's rows leave here without their key.
    """
    shared: dict[str, list[Row]] = {}
    by_person: dict[str, dict[str, list[Row]]] = {}
    with release.reading(board.reads) as reading:
        for name, query in board.queries.items():
            rows = reading.rows(name, query.sql)
            if not query.per_person:
                shared[name] = _safe(query, rows)
                continue
            for row in rows:
                own = by_person.setdefault(row.pop(PERSON_KEY), _nothing(board))
                own[name].append(row)
    return shared, by_person


def _safe(query: Query, rows: list[Row]) -> list[Row]:
    """The rows with small groups hidden; a query for all never returns persons."""
    if rows and PERSON_KEY in rows[0]:
        raise BoardRefused(
            PERSON_KEY,
            "a query that is not per_person returns it.",
            fix="mark the query per_person or aggregate it.",
        )
    small = query.small_groups
    return rows if small is None else hide_small_groups(rows, small.count, small.within)


def _nothing(board: Board) -> dict[str, list[Row]]:
    """No rows for each query about a person."""
    return {name: [] for name, query in board.queries.items() if query.per_person}

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from dashboards import site
from dashboards.board import Board, Query, Section
from dashboards.errors import BoardRefused, ReleaseUnreadable, TargetRefused
from dashboards.wording import quantity
from tests.dashboards.conftest import PEOPLE, Pages, build
from tests.dashboards.document import document
from tests.dashboards.small_release import (
    MEASURES,
    PRESENT,
    QUARTERS,
    SECRET,
    display_name,
    figure,
    names,
    person_key,
    reason,
    write_release,
)

KILLED = """
import os, signal, sys
from pathlib import Path
from dashboards import folder
from tests.dashboards.conftest import build
written, write = [], folder.Folder.write
def dying(self, name, text):
    write(self, name, text)
    written.append(name)
    if len(written) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
folder.Folder.write = dying
build(Path(sys.argv[1]), Path(sys.argv[2]), {})
"""


def shown(number: int) -> set[str]:
    """Every published figure of a person as a page would print it."""
    return {
        quantity(figure(number, quarter, measure), unit)
        for quarter in QUARTERS
        for measure, unit in MEASURES.items()
        if reason(number, quarter, measure) is None
    }


def test_everyone_in_the_person_mart_has_a_page(pages: Pages) -> None:
    assert (pages.site.pages, pages.site.people) == (PEOPLE + 1, PEOPLE)
    for number in range(PEOPLE):
        assert display_name(number) in pages.person(number)


def test_a_person_without_a_name_has_a_page(release: Path, tmp_path: Path) -> None:
    built = build(release, tmp_path / "pages", {})
    page = Pages(built, tmp_path / "pages").person(2)
    assert document(page).find("h1")[0].text == "My figures"


def test_a_person_without_figures_has_a_page_that_says_so(
    release: Path, tmp_path: Path
) -> None:
    target = tmp_path / "pages"
    page = Pages(build(release, target, names(PEOPLE + 1)), target).person(PEOPLE)
    text = document(page).text
    assert "Nothing about you is in this release." in text
    assert "That is not zero" in text


def test_a_page_shows_all_figures_of_its_person(pages: Pages) -> None:
    text = document(pages.person(1)).text
    missing = [value for value in sorted(shown(1)) if value not in text]
    assert missing == []


def test_a_page_holds_no_key_name_or_figure_of_anybody_else(pages: Pages) -> None:
    mine, page = shown(4), pages.person(4)
    for other in set(range(PEOPLE)) - {4}:
        assert person_key(other) not in page
        assert display_name(other) not in page
        assert site.opaque(SECRET, person_key(other)) not in page
        assert [value for value in shown(other) - mine if value in page] == []


def test_the_page_for_everyone_names_nobody(pages: Pages) -> None:
    page = pages.trust()
    for number in range(PEOPLE):
        assert person_key(number) not in page
        assert display_name(number) not in page
        assert site.opaque(SECRET, person_key(number)) not in page
    assert "lee.moss" not in page
    assert "[left out: names a person; ask the data steward]" in page


def test_folder_names_tell_nothing_without_the_secret(pages: Pages) -> None:
    folders = {path.name for path in (pages.site.path / "people").iterdir()}
    assert len(folders) == PEOPLE
    assert all(len(name) == 26 and name.isalnum() for name in folders)
    guessed = {site.opaque(b"another secret, as long", key) for key in names(PEOPLE)}
    assert not folders & guessed


def test_the_access_map_lies_outside_what_is_served(pages: Pages) -> None:
    place = pages.target / "access.json"
    access = json.loads(place.read_text())
    assert set(access) == set(names(PEOPLE))
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert pages.site.path == pages.target / "site"
    assert [path.name for path in pages.site.path.rglob("*.json")] == []


def test_only_the_owner_may_open_the_pages(pages: Pages) -> None:
    paths = [pages.target.resolve(), *pages.target.resolve().rglob("*")]
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in paths}
    assert modes == {(True, 0o700), (False, 0o600)}


def test_the_same_release_gives_the_same_pages(
    pages: Pages, release: Path, tmp_path: Path
) -> None:
    target = tmp_path / "pages"
    assert Pages(build(release, target, names(PEOPLE)), target).all() == pages.all()


def test_a_link_to_a_release_is_followed(release: Path, tmp_path: Path) -> None:
    (tmp_path / "current").symlink_to(release)
    built = build(tmp_path / "current", tmp_path / "pages", {})
    assert built.people == PEOPLE


def test_a_new_build_takes_the_place_of_the_old_one(
    release: Path, tmp_path: Path
) -> None:
    target = tmp_path / "pages"
    build(release, target, {})
    smaller = write_release(tmp_path / "smaller", people=2)
    assert build(smaller, target, {}).people == 2
    assert len(list((target / "site" / "people").iterdir())) == 2
    assert [path.name for path in tmp_path.glob(".pages-*")] == [target.readlink().name]


def test_a_release_that_cannot_be_read_leaves_the_old_pages(
    release: Path, tmp_path: Path
) -> None:
    target = tmp_path / "pages"
    before = Pages(build(release, target, {}), target).all()
    broken = write_release(tmp_path / "broken", people=2)
    with duckdb.connect(broken / "finance.duckdb") as connection:
        connection.execute("alter table mart_cost_reconciliation drop unpriced_tokens")
    with pytest.raises(ReleaseUnreadable, match=r"'conservation'.*unpriced_tokens"):
        build(broken, target, {})
    (broken / "finance.duckdb").unlink()
    with pytest.raises(ReleaseUnreadable, match=r"no file finance\.duckdb"):
        build(broken, target, {})
    assert Pages(site.Site(0, 0, target / "site"), target).all() == before
    assert len(list(tmp_path.glob(".pages-*"))) == 1


def test_a_kill_leaves_the_old_pages_and_the_next_build_clears_up(
    release: Path, tmp_path: Path
) -> None:
    target = tmp_path / "pages"
    before = Pages(build(release, target, {}), target).all()
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(release), str(target)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert len(list(tmp_path.glob(".pages-*"))) == 2
    assert Pages(site.Site(0, 0, target / "site"), target).all() == before
    build(release, target, {})
    assert len(list(tmp_path.glob(".pages-*"))) == 1


def test_what_these_pages_did_not_make_is_never_replaced(
    release: Path, tmp_path: Path
) -> None:
    (tmp_path / "pages").mkdir()
    with pytest.raises(TargetRefused, match="did not make"):
        build(release, tmp_path / "pages", {})


def test_a_short_secret_is_refused_and_not_shown(release: Path, tmp_path: Path) -> None:
    with pytest.raises(TargetRefused, match="shorter than 16 bytes") as refused:
        site.build(
            release,
            tmp_path / "pages",
            present=PRESENT,
            secret=b"hunter2",
            organisation="Demo Company",
            contact="nobody",
            names={},
        )
    assert "hunter2" not in str(refused.value)


def test_a_folder_without_a_manifest_is_no_release(tmp_path: Path) -> None:
    with pytest.raises(ReleaseUnreadable, match="manifest"):
        build(tmp_path, tmp_path / "pages", {})


def test_a_query_for_everyone_that_returns_persons_is_refused(
    release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    careless = Board(
        title="Careless",
        question="Who is it?",
        audience="everyone",
        reads=("review", "steward", "finance"),
        queries={
            "people": Query(sql="select person_key from review.fct_person_figure")
        },
        sections=(Section(heading="None", blocks=()),),
    )
    monkeypatch.setattr(site, "board", lambda name: careless)
    with pytest.raises(BoardRefused, match="not per_person"):
        build(release, tmp_path / "pages", {})


def test_a_board_reads_only_the_audiences_it_names(
    release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    curious = Board(
        title="Curious",
        question="What else is there?",
        audience="everyone",
        reads=("steward",),
        queries={"costs": Query(sql="select * from finance.mart_cost_reconciliation")},
        sections=(),
    )
    monkeypatch.setattr(site, "board", lambda name: curious)
    with pytest.raises(ReleaseUnreadable, match="finance"):
        build(release, tmp_path / "pages", {})

import json
import shutil
import stat
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from publication import (
    Published,
    Release,
    ReleaseRefused,
    Releases,
    durable,
)
from tests.publication.releasing import KEY, Verdict, candidate, release, verdict
from tests.publication.small_warehouse import PRESENT

Built = tuple[Path, Path]


@pytest.fixture
def revised(built: Built, tmp_path: Path) -> Built:
    """The same warehouse after a revision by the vendor."""
    warehouse = tmp_path / "warehouse.duckdb"
    shutil.copy(built[0], warehouse)
    with duckdb.connect(warehouse) as connection:
        connection.execute(
            "update marts.mart_unattributed_usage set tokens = tokens + 1"
        )
    return warehouse, built[1]


def test_before_the_first_release_nothing_is_current(releases: Releases) -> None:
    assert releases.current() is None
    assert releases.all() == []


def test_a_passing_candidate_becomes_current(built: Built, releases: Releases) -> None:
    new = candidate(releases, built)
    assert releases.is_news(new)
    promoted = releases.promote(new, verdict(new))
    current = releases.current()
    assert current == promoted
    assert (releases.root / "current").is_symlink()
    assert (releases.root / "current").readlink() == Path("releases") / new.id
    assert current.damaged_files() == []
    assert current.manifest.sequence == 1
    assert current.age(PRESENT + timedelta(hours=3)) == timedelta(hours=3)
    assert list(releases.candidates.iterdir()) == []


def test_the_stewards_file_ends_with_the_decisions_on_this_release(
    built: Built, releases: Releases
) -> None:
    promoted = release(releases, built)
    rows = Published(promoted).rows("steward", "mart_publication_gate")
    assert [row["candidate_id"] for row in rows] == [
        "20270101T060000Z-000000000000",
        promoted.id,
    ]
    assert {row["release_id"] for row in rows} == {promoted.id}
    assert rows[-1]["evaluated_at"] == PRESENT.replace(tzinfo=None)
    parquet = promoted.path / "steward" / "mart_publication_gate.parquet"
    assert duckdb.read_parquet(str(parquet)).fetchall() == [
        tuple(row.values()) for row in rows
    ]
    counted = {mart.path: mart.rows for mart in Published(promoted).marts()}
    assert counted["steward.mart_publication_gate"] == 2
    files = [path for path in promoted.path.rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o444}
    gates = Published(promoted).gates()
    assert [gate["gate_id"] for gate in gates] == ["DQ01"]
    assert gates[0]["evaluated_at"] == PRESENT.isoformat()


def test_equal_content_is_no_news_and_can_be_discarded(
    built: Built, revised: Built, releases: Releases
) -> None:
    first = release(releases, built)
    again = candidate(releases, built)
    assert not releases.is_news(again)
    assert again.id == f"{first.id}-2"
    releases.discard(again)
    assert not again.path.exists()
    assert releases.is_news(candidate(releases, revised))
    assert releases.is_news(candidate(releases, built, key=b"a new key"))


def test_a_blocked_candidate_is_kept_marked_and_never_promoted(
    built: Built, revised: Built, releases: Releases
) -> None:
    first = release(releases, built)
    before = durable.hashes(first.path)
    bad = candidate(releases, revised)
    with pytest.raises(ReleaseRefused, match=r"DQ01 \(finance.mart_cost"):
        releases.promote(bad, verdict(bad, "block"))
    assert bad.is_rejected
    rejected = json.loads((bad.path / "rejected.json").read_text())
    assert rejected["gates"][0]["decision"] == "block"
    with pytest.raises(ReleaseRefused, match="refused this candidate before"):
        releases.promote(bad, verdict(bad))
    assert releases.current() == first
    assert durable.hashes(first.path) == before


def test_warnings_and_withholding_do_not_stop_a_release(
    built: Built, releases: Releases
) -> None:
    for decision in ("warn", "withhold"):
        new = candidate(releases, built)
        assert releases.promote(new, verdict(new, decision)).id == new.id


def test_results_that_are_not_of_this_candidate_are_refused(
    built: Built, revised: Built, releases: Releases
) -> None:
    other = candidate(releases, revised)
    of_other = verdict(other)
    new = candidate(releases, built)
    with pytest.raises(ReleaseRefused, match=f"the audit is of {other.id}"):
        releases.promote(new, of_other)
    of_other_content = Verdict(new.id, of_other.content_hash, verdict(new).rows)
    with pytest.raises(ReleaseRefused, match="other content"):
        releases.promote(new, of_other_content)
    with pytest.raises(ReleaseRefused, match="no gate was evaluated"):
        releases.promote(new, Verdict(new.id, new.content_hash, []))
    with pytest.raises(ReleaseRefused, match="is gone"):
        releases.promote(other, of_other)
    assert not new.is_rejected
    assert releases.current() is None


def test_a_file_changed_after_its_audit_is_refused(
    built: Built, releases: Releases
) -> None:
    new = candidate(releases, built)
    file = new.path / "teams.duckdb"
    file.chmod(0o644)
    with duckdb.connect(file) as connection:
        connection.execute("update mart_team_period set delivered_n = 0")
    with pytest.raises(ReleaseRefused, match=r"changed.*teams\.duckdb"):
        releases.promote(new, verdict(new))


def test_the_last_releases_are_kept_and_the_current_always(
    built: Built, tmp_path: Path
) -> None:
    releases = Releases(tmp_path, keep=2)
    made = [release(releases, built) for _ in range(4)]
    assert releases.all() == [made[3], made[2]]
    assert releases.current() == made[3]
    assert sorted(path.name for path in releases.root.iterdir()) == [
        ".lock",
        "candidates",
        "current",
        "releases",
    ]


def test_a_reader_keeps_its_release_while_others_come_and_go(
    built: Built, tmp_path: Path
) -> None:
    releases = Releases(tmp_path, keep=2)
    first = release(releases, built)
    sql = "select distinct release_id from mart_team_period"
    with first.connect("teams") as reader, first.reading() as query:
        for _ in range(3):
            release(releases, built)
        assert not first.path.exists()
        assert reader.execute(sql).fetchall() == [(first.id,)]
        whole = query("select count(*) as n from review.fct_person_figure")
        assert whole["n"].tolist() == [1872]


def test_a_reader_opens_no_other_file(built: Built, releases: Releases) -> None:
    promoted = release(releases, built)
    other = promoted.path / "review" / "fct_person_figure.parquet"
    with promoted.connect("teams") as reader:
        with pytest.raises(duckdb.PermissionException):
            reader.execute(f"select * from read_parquet('{other}')")
        with pytest.raises(duckdb.InvalidInputException):
            reader.execute("set enable_external_access = true")


def test_undecided_candidates_are_swept_and_few_rejected_ones_kept(
    built: Built, releases: Releases
) -> None:
    rejected = []
    for day in range(5):
        bad = candidate(releases, built, present=PRESENT + timedelta(days=day))
        with pytest.raises(ReleaseRefused):
            releases.promote(bad, verdict(bad, "block"))
        rejected.append(bad.path)
    undecided = candidate(releases, built)
    last = candidate(releases, built)
    assert not undecided.path.exists() or undecided.id == last.id
    assert sorted(releases.candidates.iterdir()) == sorted([*rejected[2:], last.path])


def test_a_damaged_file_is_named(built: Built, releases: Releases) -> None:
    promoted = release(releases, built)
    (promoted.path / "teams.duckdb").unlink()
    assert promoted.damaged_files() == ["teams.duckdb"]


def test_an_unreadable_old_release_does_not_stop_the_next(
    built: Built, tmp_path: Path
) -> None:
    releases = Releases(tmp_path, keep=2)
    first = release(releases, built)
    (first.path / "manifest.json").unlink()
    second = release(releases, built)
    third = release(releases, built)
    assert releases.all() == [third, second]


def test_a_release_is_its_folder_and_not_the_link(
    built: Built, releases: Releases
) -> None:
    first = release(releases, built)
    pinned = releases.current()
    release(releases, built)
    assert pinned == first == Release(releases.releases / first.id)
    assert KEY not in (first.path / "manifest.json").read_bytes()

"""What a read of a repository says about commits, people and the branch."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingestion.sources.git import Repository, read
from ingestion.sources.git.tables import TABLES
from tests.ingestion.sources.made_repository import ANN, BEN, Made, tables


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """An empty repository."""
    return Made(tmp_path / "made")


@pytest.fixture
def workdir(tmp_path: Path) -> Path:
    """A folder for scratch files and mirrors."""
    return tmp_path / "work"


def utc(hour: int, minute: int, second: int) -> datetime:
    """That time of 1 January 2025, naive, as the lake has it."""
    return datetime(2025, 1, 1, hour, minute, second, tzinfo=UTC).replace(tzinfo=None)


def test_pages_have_the_columns_of_the_tables(made: Made, workdir: Path) -> None:
    tip = made.commit(a="1\n")
    history = read(Repository("made", str(made.folder)), None, workdir)
    for table in (*TABLES[1:], TABLES[0]):
        for _ in getattr(history, table.name):
            pass
    made.commit(a="2\n")
    history = read(Repository("made", str(made.folder)), tip, workdir)
    for table in (*TABLES[1:], TABLES[0]):
        (page,) = getattr(history, table.name)
        assert set(page.columns) == {column.name for column in table.columns}
        assert {len(column) for column in page.columns.values()} == {1}


def test_a_commit_keeps_people_times_and_offset(made: Made, workdir: Path) -> None:
    sha = made.commit("x", ("Ann", "Ann@People.example"), "1735700000 -0330", a="1\n")
    read_ = tables(made.folder, workdir)
    assert read_.commit(sha) == {
        "repository": "made",
        "commit_sha": sha,
        "mainline_sha": sha,
        "parents": 0,
        "author_name": "Ann",
        "author_email": "Ann@People.example",
        "committer_email": "host@host.example",
        "issue_keys": None,
        "reverts_sha": None,
        "is_revert": False,
        "authored_at": utc(2, 53, 20),
        "author_offset_minutes": -210,
        "committed_at": utc(0, 1, 0),
    }
    assert [row["author_email"] for row in read_.commit_authors] == [
        "ann@people.example"
    ]


def test_issue_keys_come_from_subject_and_body(made: Made, workdir: Path) -> None:
    sha = made.commit("ABC-12 does\n\nalso XY_Z-3, ABC-12; not xAB-1, AB-1x or A-1")
    assert tables(made.folder, workdir).commit(sha)["issue_keys"] == "ABC-12,XY_Z-3"


def test_a_revert_is_known_by_subject_or_body(made: Made, workdir: Path) -> None:
    first = made.commit("one", a="1\n")
    full = made.commit(f'Revert "one"\n\nThis reverts commit {first}.\n')
    told = made.commit(f"undo\n\nThis reverts commit {first[:12]}, as agreed.")
    bare = made.commit('Revert "one" (#2)')
    read_ = tables(made.folder, workdir)
    said = {
        sha: (read_.commit(sha)["is_revert"], read_.commit(sha)["reverts_sha"])
        for sha in (first, full, told, bare)
    }
    assert said == {
        first: (False, None),
        full: (True, first),
        told: (True, first[:12]),
        bare: (True, None),
    }


def test_co_authors_are_found_anywhere_in_the_body_once(
    made: Made, workdir: Path
) -> None:
    made.commit(
        "squash (#1)\n\n* one\n\nCo-authored-by: Ben Example <BEN@people.example>\n\n"
        "* two\n\nco-AUTHORED-by: Ben <ben@People.example>\n"
        "  Co-Authored-By: Claude <noreply@anthropic.com>\n"
        "Co-authored-by: Ann <ANN@people.example>\n"
        "Co-authored-by: dependabot[bot] <1+dependabot[bot]@users.noreply.github.com>\n"
        "Co-authored-by: nobody\n\nmore text\n",
        ANN,
    )
    people = [
        (row["author_email"], row["author_role"], row["author_kind"])
        for row in tables(made.folder, workdir).commit_authors
    ]
    assert people == [
        ("ann@people.example", "author", "human"),
        ("ben@people.example", "co_author", "human"),
        ("noreply@anthropic.com", "co_author", "ai_assistant"),
        ("1+dependabot[bot]@users.noreply.github.com", "co_author", "bot"),
    ]


@pytest.mark.parametrize(
    ("name", "email", "kind"),
    [
        ("Zoe", "zoe@anthropic.com", "human"),
        ("Zoe", "zoe@openai.com", "human"),
        ("Zoe", "123+zoe@users.noreply.github.com", "human"),
        ("Codex", "noreply@openai.com", "ai_assistant"),
        ("Cursor Agent", "cursoragent@cursor.com", "ai_assistant"),
        ("claude[bot]", "41898282+claude[bot]@users.noreply.github.com",
         "ai_assistant"),
        ("Copilot", "198982749+Copilot@users.noreply.github.com", "ai_assistant"),
        ("devin", "158243242+devin-ai-integration[bot]@users.noreply.github.com",
         "ai_assistant"),
        ("GitHub", "noreply@github.com", "bot"),
        ("deploy[bot]", "deploy@company.example", "bot"),
    ],
)  # fmt: skip
def test_kinds_go_by_exact_address_and_never_by_domain(
    made: Made, workdir: Path, name: str, email: str, kind: str
) -> None:
    made.commit("x", (name, email))
    (author,) = tables(made.folder, workdir).commit_authors
    assert author["author_kind"] == kind


def test_bots_are_those_the_organisation_names(made: Made, workdir: Path) -> None:
    made.commit("x", ("Build", "CI-Linux@people.example"))
    made.commit("y", ("Ann", "ann@people.example"))
    made.commit("z\n\nCo-authored-by: Sync <sync@people.example>", BEN)
    read_ = tables(
        made.folder, workdir, bots=("ci-*@people.example", "sync@people.example")
    )
    kinds = {row["author_email"]: row["author_kind"] for row in read_.commit_authors}
    assert kinds == {
        "ci-linux@people.example": "bot",
        "ann@people.example": "human",
        "ben@people.example": "human",
        "sync@people.example": "bot",
    }


def test_a_mailmap_is_kept_beside_the_address_as_given(
    made: Made, workdir: Path
) -> None:
    made.write(
        ".mailmap",
        "Ann Example <Ann@people.example> <ann@old.example>\n"
        "Ben Example <ben@people.example> Benny <shared@people.example>\n",
    )
    made.commit("x", ("Ann", "ANN@old.example"))
    made.commit("y", ("Benny", "shared@people.example"))
    made.commit("z\n\nCo-authored-by: A <b <ann@old.example>", ("<Odd>", "o@x.example"))
    read_ = tables(made.folder, workdir)
    assert {
        (row["author_email"], row["mailmap_email"]) for row in read_.commit_authors
    } == {
        ("ann@old.example", "ann@people.example"),
        ("shared@people.example", "ben@people.example"),
        ("o@x.example", None),
    }


def test_another_mailmap_or_other_bots_have_everything_read_again(
    made: Made, workdir: Path
) -> None:
    tip = made.commit("x", a="1\n")
    ruled = tables(made.folder, workdir).refs[0]["rules_hash"]
    assert tables(made.folder, workdir, tip, known_rules=ruled).commits == []
    bots = tables(
        made.folder, workdir, tip, known_rules=ruled, bots=("ann@people.example",)
    )
    assert [row["author_kind"] for row in bots.commit_authors] == ["bot"]
    assert not bots.history.is_rewritten
    made.commit("y", **{".mailmap": "<ann@new.example> <ann@people.example>\n"})
    mapped = tables(made.folder, workdir, tip, known_rules=ruled)
    emails = [row["mailmap_email"] for row in mapped.commit_authors]
    assert emails == ["ann@new.example", "ann@new.example"]


def test_every_commit_knows_the_mainline_commit_that_brought_it(
    made: Made, workdir: Path
) -> None:
    root = made.commit("root", a="1\n")
    made.git("checkout", "-qb", "feature")
    one = made.commit("one", b="1\n")
    two = made.commit("two", b="1\n2\n")
    made.git("checkout", "-q", "main")
    aside = made.commit("aside", c="1\n")
    merge = made.merge("feature")
    last = made.commit("last", d="1\n")
    read_ = tables(made.folder, workdir)
    assert {row["commit_sha"]: row["mainline_sha"] for row in read_.commits} == {
        root: root,
        aside: aside,
        one: merge,
        two: merge,
        merge: merge,
        last: last,
    }
    assert read_.commit(merge)["parents"] == 2
    assert read_.changes(merge) == []
    assert read_.changes(two) == [("b", None, 1, 0)]


def test_a_squash_is_one_mainline_commit_and_its_branch_is_not_read(
    made: Made, workdir: Path
) -> None:
    root = made.commit("root", a="1\n")
    made.git("checkout", "-qb", "feature")
    made.commit("one", b="1\n")
    made.commit("two", b="1\n2\n")
    made.git("checkout", "-q", "main")
    made.git("merge", "-q", "--squash", "feature")
    squash = made.commit("feature (#1)", BEN)
    read_ = tables(made.folder, workdir)
    assert [row["commit_sha"] for row in read_.commits] == [squash, root]
    assert read_.changes(squash) == [("b", None, 2, 0)]


def test_an_octopus_merge_brings_all_its_branches(made: Made, workdir: Path) -> None:
    made.commit("root", a="1\n")
    tips = []
    for name in ("x", "y"):
        made.git("checkout", "-qb", name, "main")
        made.write(name, "1\n")
        tips.append(made.commit(name))
    made.git("checkout", "-q", "main")
    octopus = made.merge("x", "y")
    read_ = tables(made.folder, workdir)
    assert read_.commit(octopus)["parents"] == 3
    assert {read_.commit(tip)["mainline_sha"] for tip in tips} == {octopus}


def test_the_next_read_brings_only_what_is_new(made: Made, workdir: Path) -> None:
    tip = made.commit("one", a="1\n")
    made.git("checkout", "-qb", "feature")
    two = made.commit("two", b="1\n")
    made.git("checkout", "-q", "main")
    merge = made.merge("feature")
    read_ = tables(made.folder, workdir, tip)
    assert [row["commit_sha"] for row in read_.commits] == [merge, two]
    assert read_.commit(two)["mainline_sha"] == merge
    assert (read_.history.is_rewritten, read_.history.reachable) == (False, None)
    assert read_.refs == [
        {
            "repository": "made",
            "ref": "refs/heads/main",
            "tip_sha": merge,
            "commits": 3,
            "is_rewritten": False,
            "unreadable_paths": 0,
            "rules_hash": read_.refs[0]["rules_hash"],
        }
    ]


def test_nothing_new_gives_the_ref_alone(made: Made, workdir: Path) -> None:
    tip = made.commit("one", a="1\n")
    read_ = tables(made.folder, workdir, tip)
    assert (read_.commits, read_.commit_authors, read_.file_changes) == ([], [], [])
    assert read_.refs[0]["tip_sha"] == tip


def test_a_force_push_is_read_in_full_and_names_what_is_left(
    made: Made, workdir: Path
) -> None:
    root = made.commit("root", a="1\n")
    gone = made.commit("gone", a="2\n")
    made.git("reset", "-q", "--hard", root)
    kept = made.commit("kept", a="3\n")
    read_ = tables(made.folder, workdir, gone)
    assert read_.history.is_rewritten
    assert read_.history.reachable == (kept, root)
    assert [row["commit_sha"] for row in read_.commits] == [kept, root]
    assert read_.refs[0]["is_rewritten"]


@pytest.mark.parametrize("known", ["f" * 40, "--all", ""])
def test_a_known_tip_that_is_gone_counts_as_rewritten(
    made: Made, workdir: Path, known: str
) -> None:
    sha = made.commit("one", a="1\n")
    history = tables(made.folder, workdir, known).history
    assert (history.is_rewritten, history.reachable) == (True, (sha,))


def test_a_merge_the_other_way_round_is_read_in_full(made: Made, workdir: Path) -> None:
    root = made.commit("root", a="1\n")
    made.git("checkout", "-qb", "local")
    local = made.commit("local", b="1\n")
    made.git("checkout", "-q", "main")
    known = made.commit("shared", c="1\n")
    made.git("checkout", "-q", "local")
    swapped = made.merge("main")
    made.git("branch", "-f", "main", "local")
    made.git("checkout", "-q", "main")
    read_ = tables(made.folder, workdir, known)
    assert {row["commit_sha"]: row["mainline_sha"] for row in read_.commits} == {
        root: root,
        local: local,
        known: swapped,
        swapped: swapped,
    }
    assert (read_.history.is_rewritten, read_.history.reachable) == (False, None)


def test_an_empty_repository_has_no_rows(made: Made, workdir: Path) -> None:
    read_ = tables(made.folder, workdir)
    assert (read_.commits, read_.refs, read_.history.is_rewritten) == ([], [], False)


def test_a_repository_emptied_since_lists_nothing_as_left(
    made: Made, workdir: Path
) -> None:
    history = tables(made.folder, workdir, "a" * 40).history
    assert (history.is_rewritten, history.reachable) == (True, ())


def test_refs_before_the_changes_are_refused(made: Made, workdir: Path) -> None:
    made.commit("one", a="1\n")
    history = read(Repository("made", str(made.folder)), None, workdir)
    with pytest.raises(RuntimeError, match="file_changes"):
        next(history.refs)


def test_odd_bytes_in_messages_and_names_are_kept_apart(
    made: Made, workdir: Path
) -> None:
    fake = b"\x01" + b"a" * 40
    first = made.commit(
        b"latin \xe9\r\r\nAB-1\rCo-authored-by: B <b@x.example>\r" + fake
    )
    second = made.commit(b"", a="1\n")
    read_ = tables(made.folder, workdir)
    assert [row["commit_sha"] for row in read_.commits] == [second, first]
    assert read_.commit(first)["issue_keys"] == "AB-1"
    emails = [row["author_email"] for row in read_.commit_authors]
    assert emails == ["ann@people.example", "ann@people.example", "b@x.example"]


def test_a_name_in_another_encoding_is_kept_readable(made: Made, workdir: Path) -> None:
    tree = made.git("mktree")
    raw = (
        f"tree {tree}\nauthor ".encode()
        + b"Andr\xe9 <andre@people.example> 1735689600 +0530\n"
        + b"committer Host <host@host.example> 99999999999999999999 +0000\n\nx\n"
    )
    sha = made.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally",
                   given=raw)  # fmt: skip
    made.git("update-ref", "refs/heads/main", sha)
    row = tables(made.folder, workdir).commit(sha)
    assert row["author_name"] == "Andr\\xe9"
    assert (row["author_offset_minutes"], row["committed_at"]) == (330, None)


def test_a_sha256_repository_is_read_alike(tmp_path: Path, workdir: Path) -> None:
    made = Made(tmp_path / "sha256", options=("--object-format=sha256",))
    tip = made.commit("one", a="1\n")
    sha = made.commit("two", a="1\n2\n")
    assert len(sha) == 64
    assert tables(made.folder, workdir).changes(sha) == [("a", None, 1, 0)]
    assert not tables(made.folder, workdir, tip).history.is_rewritten

"""Who wrote every line and who removed it, with `git blame` as the oracle."""

import os
import random
from collections import Counter
from pathlib import Path

import pytest

from ingestion.errors import BadInput
from ingestion.sources.git import Repository, read, removals
from ingestion.sources.git.hunks import Commits
from ingestion.sources.git.lines import kept
from ingestion.sources.git.process import GitFailed
from tests.ingestion.sources.line_oracle import blamed, ours, removed, text_files
from tests.ingestion.sources.made_repository import BEN, Made, Tables, rows, tables


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """An empty repository."""
    return Made(tmp_path / "made")


@pytest.fixture
def workdir(tmp_path: Path) -> Path:
    """A folder for mirrors, lines and scratch files."""
    return tmp_path / "work"


def lines(count: int, word: str = "line") -> str:
    """That many different lines."""
    return "".join(f"{word} {n}\n" for n in range(count))


def check_blame(made: Made, workdir: Path) -> None:
    """Every line of every text file has the writer that `git blame` finds."""
    paths, writers = text_files(made.folder), ours(made.folder, workdir, "made")
    assert paths
    for path in paths:
        assert writers.of(path) == blamed(made.folder, path), path


def line_tables(read_: Tables) -> tuple[set[tuple[object, ...]], ...]:
    """The rows of both tables of lines in any order."""
    both = (read_.line_removals, read_.mainline_lines)
    return tuple({tuple(row.values()) for row in table} for table in both)


def test_a_removed_line_names_its_writer(made: Made, workdir: Path) -> None:
    first = made.commit(a="1\n2\n3\n")
    second = made.commit(a="1\nnew\n3\n", author=BEN)
    third = made.commit(a="3\n")
    read_ = tables(made.folder, workdir)
    assert removed(read_.line_removals) == {
        (second, first): 1,
        (third, first): 1,
        (third, second): 1,
    }
    assert [
        (row["mainline_sha"], row["added_lines"], row["removed_lines"])
        for row in read_.mainline_lines
    ] == [(first, 3, 0), (second, 1, 1), (third, 0, 2)]
    check_blame(made, workdir)


def test_kinds_of_paths_are_kept_apart(made: Made, workdir: Path) -> None:
    first = made.commit(**{"uv.lock": "1\n", "main.py": "1\n2\n"})
    second = made.commit(**{"uv.lock": "2\n", "main.py": "1\n"})
    read_ = tables(made.folder, workdir)
    assert sorted(tuple(row.values()) for row in read_.line_removals) == [
        ("made", second, first, "lock_file", 1),
        ("made", second, first, "source", 1),
    ]


def test_a_revert_removes_the_lines_of_what_it_reverts(
    made: Made, workdir: Path
) -> None:
    first = made.commit(a=lines(9))
    undone = made.commit(a=lines(4) + "bad\n" + lines(9)[35:])
    made.git("revert", "--no-edit", undone, GIT_COMMITTER_NAME="x",
             GIT_COMMITTER_EMAIL="x@x.example", GIT_AUTHOR_NAME="x",
             GIT_AUTHOR_EMAIL="x@x.example")  # fmt: skip
    revert = made.git("rev-parse", "HEAD")
    found = removed(tables(made.folder, workdir).line_removals)
    assert found == {(undone, first): 1, (revert, undone): 1}
    check_blame(made, workdir)


def test_a_merge_counts_with_all_it_brings(made: Made, workdir: Path) -> None:
    root = made.commit(a="1\n2\n")
    made.git("checkout", "-qb", "side")
    made.commit(a="1\nx\n")
    made.commit(a="1\ny\n", b="1\n")
    made.git("checkout", "-q", "main")
    aside = made.commit(c="1\n")
    merge = made.merge("side")
    read_ = tables(made.folder, workdir)
    assert removed(read_.line_removals) == {(merge, root): 1}
    assert {
        row["mainline_sha"]: (row["added_lines"], row["removed_lines"])
        for row in read_.mainline_lines
    } == {root: (2, 0), aside: (1, 0), merge: (2, 1)}
    check_blame(made, workdir)


def test_what_a_merge_resolves_is_its_own(made: Made, workdir: Path) -> None:
    root = made.commit(a="1\n2\n")
    made.git("checkout", "-qb", "side")
    made.commit(a="side\n2\n")
    made.git("checkout", "-q", "main")
    ours_ = made.commit(a="main\n2\n")
    merge = made.merge("side", options=("-X", "theirs"))
    assert removed(tables(made.folder, workdir).line_removals) == {
        (ours_, root): 1,
        (merge, ours_): 1,
    }
    check_blame(made, workdir)


def test_a_moved_file_keeps_the_writers_of_its_lines(
    made: Made, workdir: Path
) -> None:
    first = made.commit(a=lines(20, "a"), b=lines(20, "b"))
    made.git("mv", "a", "moved")
    made.git("mv", "b", "c")
    second = made.commit(b=lines(20, "new"), moved=lines(19, "a") + "x\n")
    read_ = tables(made.folder, workdir)
    assert removed(read_.line_removals) == {(second, first): 1 + 20}
    check_blame(made, workdir)


def test_odd_names_are_followed(made: Made, workdir: Path) -> None:
    names = [
        b"a b", b'a "quoted"\nname', "ünicode/ファイル".encode(), b"\x01\x02\t", b"-",
        b"back\\slash", b"rename to x", b"@@ -1 +1 @@", b"d/a b", b"\xff\xfe",
    ]  # fmt: skip
    for name in names:
        path = Path(os.fsdecode(os.fsencode(made.folder) + b"/" + name))
        path.parent.mkdir(exist_ok=True)
        path.write_text(lines(5))
    made.commit()
    for place, path in enumerate(text_files(made.folder)):
        file = Path(os.fsdecode(os.fsencode(made.folder) + b"/" + path))
        file.write_text(lines(2) + f"{place}\n" + lines(5)[21:])
    made.git("mv", "-", "moved\n-")
    made.commit()
    tables(made.folder, workdir)
    assert len(text_files(made.folder)) == 10
    check_blame(made, workdir)


def test_lines_that_look_like_headers_are_lines(made: Made, workdir: Path) -> None:
    tricks = (
        "commit 0000000000000000000000000000000000000000\n"
        "diff --git x y\n@@ -1,9 +1,9 @@\nrename from x\n\n\\ No newline\n-- a\n++ b\n"
    )
    made.commit(a=tricks, b="no newline at the end")
    made.commit(a="x\n" + tricks[48:] + "\rcommit a\r\n", b="no newline at the end\n")
    made.commit(a=tricks, b="no newline")
    tables(made.folder, workdir)
    check_blame(made, workdir)


def test_modes_links_and_empty_files_change_no_writer(
    made: Made, workdir: Path
) -> None:
    made.commit(a=lines(3), empty="", link_to_be=lines(2))
    Path(made.folder, "a").chmod(0o755)
    made.git("mv", "empty", "still_empty")
    made.commit()
    Path(made.folder, "link_to_be").unlink()
    Path(made.folder, "link_to_be").symlink_to("a")
    made.commit(a=lines(3) + "x\n")
    Path(made.folder, "link_to_be").unlink()
    made.commit(link_to_be=lines(3))
    tables(made.folder, workdir)
    check_blame(made, workdir)


def test_a_file_may_become_a_folder(made: Made, workdir: Path) -> None:
    made.commit(a=lines(9))
    made.git("mv", "a", "b")
    made.write("a/inner", "1\n")
    made.commit(b=lines(9) + "x\n")
    tables(made.folder, workdir)
    check_blame(made, workdir)


def test_lines_after_a_binary_version_have_no_known_writer(
    made: Made, workdir: Path
) -> None:
    made.commit(a=lines(4))
    made.commit(a=b"\0\1\2")
    made.commit(a=lines(4))
    last = made.commit(a=lines(2))
    (row,) = tables(made.folder, workdir).line_removals
    assert (row["mainline_sha"], row["written_sha"]) == (last, "unknown")
    assert row["removed_lines"] == 2


def test_a_moved_submodule_is_one_line(made: Made, workdir: Path) -> None:
    for target in ("a" * 40, "b" * 40):
        made.git("update-index", "--add", "--cacheinfo", f"160000,{target},sub")
        made._commit(("commit", "-q"), "x", BEN, None)
    (row,) = tables(made.folder, workdir).line_removals
    assert row["removed_lines"] == 1


def grown(made: Made, draw: random.Random, steps: int) -> None:
    """More history: edits, moves, deletions, and every now and then a branch."""
    names = made.git("ls-files").split() or ["f0"]
    for step in range(steps):
        for name in draw.sample(names, min(len(names), 2)):
            file = Path(made.folder, name)
            old = file.read_text().splitlines() if file.exists() else []
            for _ in range(draw.randrange(1, 4)):
                at = draw.randrange(len(old) + 1)
                old[at : at + draw.randrange(4)] = [
                    draw.choice(("", "}", f"{made.minutes}.{step}.{n}"))
                    for n in range(draw.randrange(5))
                ]
            made.write(name, "\n".join(old) + "\n" * draw.randrange(2))
        if step % 5 == 2:
            old_name = draw.choice(names)
            new_name = f"d{step % 3}/f{made.minutes}"
            if Path(made.folder, old_name).exists():
                made.write(new_name, "")
                Path(made.folder, new_name).unlink()
                made.git("add", "-A")
                made.git("mv", old_name, new_name)
                names = [new_name if name == old_name else name for name in names]
        if step % 7 == 3:
            names.append(f"f{made.minutes}")
            made.write(names[-1], lines(draw.randrange(1, 30), f"{made.minutes}"))
        made.commit(f"step {step}", BEN if step % 2 else ("Ann", "ann@people.example"))
        if step % 6 == 4:
            made.git("checkout", "-qb", f"side{made.minutes}", "HEAD~1")
            made.write(f"side{made.minutes}", lines(3, f"{made.minutes}"))
            made.commit()
            made.git("checkout", "-q", "main")
            made.merge("@{-1}")
            names = made.git("ls-files").split()


@pytest.mark.parametrize("seed", range(3))
def test_drawn_histories_equal_blame_and_grow_alike(
    made: Made, workdir: Path, tmp_path: Path, seed: int
) -> None:
    draw = random.Random(seed)  # noqa: S311 - no secret, and the same each time
    made.commit(**{f"f{n}": lines(25, f"{n}") for n in range(5)})
    tip, parts = None, [set[tuple[object, ...]](), set[tuple[object, ...]]()]
    for _ in range(4):
        grown(made, draw, 12)
        read_ = tables(made.folder, workdir, tip)
        assert read_.history.has_all_lines is (tip is None)
        for part, more in zip(parts, line_tables(read_), strict=True):
            part |= more
        tip = read_.refs[0]["tip_sha"]
        check_blame(made, workdir)
    whole = tables(made.folder, tmp_path / "other")
    assert line_tables(whole) == tuple(parts)
    by_commit = Counter[str]()
    for row in whole.line_removals:
        by_commit[row["mainline_sha"]] += row["removed_lines"]
    sums = {
        row["mainline_sha"]: row["removed_lines"]
        for row in whole.mainline_lines
        if row["removed_lines"]
    }
    assert by_commit == sums


def test_pages_may_break_anywhere(
    made: Made, workdir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grown(made, random.Random(5), 20)  # noqa: S311 - the same each time
    whole = line_tables(tables(made.folder, workdir))
    monkeypatch.setattr(removals, "FILES_PER_PAGE", 1)
    assert line_tables(tables(made.folder, workdir)) == whole


@pytest.mark.parametrize("size", [1, 7, 64, 10_000])
def test_the_stream_may_be_cut_anywhere(size: int) -> None:
    stream = (
        b"commit " + b"a" * 40 + b"\n\ndiff --git p p\nindex 1..2 100644\n--- p\n+++ p\n"
        b"@@ -3 +2,0 @@ commit \n-commit b\n@@ -9,0 +9,2 @@\n+x\n+" + b"y" * 50 + b"\n"
        b'diff --git "o\\303\\2641\\t" new\nsimilarity index 100%\n'
        b'rename from "o\\303\\2641\\t"\nrename to new\ncommit ' + b"b" * 40 + b"\n"
    )
    blocks = [stream[n : n + size] for n in range(0, len(stream), size)]
    (first, (edited, moved)), (second, none) = Commits(blocks).edits()
    assert (first, second, none) == ("a" * 40, "b" * 40, [])
    assert (edited.new_path, edited.hunks) == (b"p", [(3, 1, 0), (9, 0, 2)])
    assert (moved.old_path, moved.new_path) == ("oô1\t".encode(), b"new")


def test_a_hunk_without_numbers_is_one_clear_error() -> None:
    stream = [b"commit a\n\ndiff --git p p\n@@ -x +y @@\n"]
    with pytest.raises(GitFailed, match="makes no sense"):
        list(Commits(stream).edits())


def test_nothing_new_needs_no_pass(made: Made, workdir: Path) -> None:
    tip = made.commit(a="1\n")
    tables(made.folder, workdir)
    read_ = tables(made.folder, workdir, tip)
    assert (read_.line_removals, read_.mainline_lines) == ([], [])
    assert not read_.history.has_all_lines


@pytest.mark.parametrize("damage", ["lost", "cut", "other", "empty"])
def test_lines_that_are_lost_or_damaged_are_found_again(
    made: Made, workdir: Path, damage: str
) -> None:
    tip = made.commit(a=lines(4))
    tables(made.folder, workdir)
    file = workdir / "lines/made" / f"{tip}.parquet"
    if damage == "lost":
        file.unlink()
    elif damage == "cut":
        file.write_bytes(file.read_bytes()[:-9])
    elif damage == "empty":
        file.write_bytes(b"")
    else:
        other = Made(made.folder.parent / "other")
        sha = other.commit(b="1\n")
        tables(other.folder, workdir.parent / "elsewhere")
        elsewhere = workdir.parent / "elsewhere/lines/made" / f"{sha}.parquet"
        file.write_bytes(elsewhere.read_bytes())
    made.commit(a=lines(3))
    read_ = tables(made.folder, workdir, tip)
    assert read_.history.has_all_lines
    assert len(read_.mainline_lines) == 2
    check_blame(made, workdir)


def test_lines_of_a_pull_that_did_not_land_are_not_believed(
    made: Made, workdir: Path
) -> None:
    tip = made.commit(a=lines(4))
    tables(made.folder, workdir)
    second = made.commit(a=lines(3))
    killed = read(Repository("made", str(made.folder)), tip, workdir)
    assert len(rows(killed.line_removals)) == 1  # and then nothing lands
    again = tables(made.folder, workdir, tip)
    assert not again.history.has_all_lines
    assert removed(again.line_removals) == {(second, tip): 1}
    third = made.commit(a="x\n")
    after = tables(made.folder, workdir, second)
    assert removed(after.line_removals) == {(third, tip): 3}
    assert [file.name for file in (workdir / "lines/made").iterdir()] != []
    check_blame(made, workdir)


def test_a_pass_that_is_killed_leaves_the_lines_as_they_were(
    made: Made, workdir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tip = made.commit(a=lines(4))
    tables(made.folder, workdir)
    made.commit(a=lines(3))

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("ingestion.sources.git.lines.os.replace", dies)
        history = read(Repository("made", str(made.folder)), tip, workdir)
        with pytest.raises(KeyboardInterrupt):
            rows(history.line_removals)
    assert not tables(made.folder, workdir, tip).history.has_all_lines
    check_blame(made, workdir)


def test_a_force_push_is_told_whole(made: Made, workdir: Path) -> None:
    root = made.commit(a=lines(4))
    gone = made.commit(a=lines(2))
    tables(made.folder, workdir)
    made.git("reset", "-q", "--hard", root)
    new = made.commit(a=lines(1))
    read_ = tables(made.folder, workdir, gone)
    assert read_.history.has_all_lines
    assert removed(read_.line_removals) == {(new, root): 3}
    check_blame(made, workdir)


def test_changed_attributes_have_all_lines_told_again(
    made: Made, workdir: Path
) -> None:
    made.commit(**{"a.gen": lines(4)})
    tip = made.commit(**{"a.gen": lines(2)})
    ruled = tables(made.folder, workdir).refs[0]["rules_hash"]
    same = tables(made.folder, workdir, tip, known_rules=ruled)
    assert not same.history.has_all_lines
    made.commit(**{".gitattributes": "*.gen linguist-generated\n"})
    read_ = tables(made.folder, workdir, tip, known_rules=ruled)
    assert read_.history.has_all_lines
    assert [row["path_kind"] for row in read_.line_removals] == ["generated"]
    assert len(read_.file_changes) == 3
    assert not read_.history.is_rewritten


def test_sums_before_the_pass_are_refused(made: Made, workdir: Path) -> None:
    made.commit(a="1\n")
    history = read(Repository("made", str(made.folder)), None, workdir)
    with pytest.raises(RuntimeError, match="line_removals first"):
        next(history.mainline_lines)


def test_an_unreadable_blob_costs_its_path_and_no_more(
    made: Made, workdir: Path
) -> None:
    made.commit(a=lines(3, "a"), b=lines(3, "b"))
    second = made.commit(a=lines(4, "a"), b=lines(1, "b"))
    blob = made.git("rev-parse", f"{second}:a")
    Path(made.folder, ".git", "objects", blob[:2], blob[2:]).unlink()
    read_ = tables(made.folder, workdir)
    assert [row["removed_lines"] for row in read_.line_removals] == [2]
    assert read_.refs[0]["unreadable_paths"] == 1


def test_a_blob_that_only_the_pass_over_lines_needs_may_be_unreadable(
    made: Made, workdir: Path
) -> None:
    made.commit(a=lines(9), b="1\n")
    made.git("checkout", "-qb", "side")
    made.commit(b="2\n")
    made.git("checkout", "-q", "main")
    made.commit(b="1\n1\n", c=lines(2))
    made.git("merge", "-q", "--no-commit", "-X", "ours", "side",
             GIT_COMMITTER_NAME="x", GIT_COMMITTER_EMAIL="x@x.example")  # fmt: skip
    made.write("a", lines(5))
    merge = made.commit("evil merge")
    blob = made.git("rev-parse", f"{merge}:a")
    Path(made.folder, ".git", "objects", blob[:2], blob[2:]).unlink()
    read_ = tables(made.folder, workdir)
    assert read_.refs[0]["unreadable_paths"] == 1
    assert kept(workdir / "lines/made", merge).of(b"a").tolist() == []  # type: ignore[union-attr]


def test_a_git_that_tells_less_than_asked_is_found_out(
    made: Made, workdir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.commit(a="1\n")
    history = read(Repository("made", str(made.folder)), None, workdir)
    monkeypatch.setattr(removals, "COMMAND", ("log", "--stdin", "--max-count=0"))
    with pytest.raises(BadInput, match="told of 0 of 1 commits"):
        list(history.line_removals)

"""Lines per file: renames, binaries, odd names, kinds of paths, unreadable objects."""

import os
import random
import shutil
from pathlib import Path

import pygit2
import pytest

from ingestion.errors import BadInput
from ingestion.sources.git import Repository, numstat, read
from ingestion.sources.git.process import blocks
from tests.ingestion.sources.made_repository import Made, tables


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """An empty repository."""
    return Made(tmp_path / "made")


@pytest.fixture
def workdir(tmp_path: Path) -> Path:
    """A folder for scratch files and mirrors."""
    return tmp_path / "work"


def lines(count: int, word: str = "line") -> str:
    """That many different lines."""
    return "".join(f"{word} {n}\n" for n in range(count))


def lose(made: Made, revision: str) -> None:
    """Deletes the loose object that `revision` names."""
    sha = made.git("rev-parse", revision)
    Path(made.folder, ".git", "objects", sha[:2], sha[2:]).unlink()


def test_renames_binaries_and_odd_names(made: Made, workdir: Path) -> None:
    made.write("old", lines(20))
    made.write("same", "1\n")
    made.commit()
    made.git("mv", "old", "new\tname")
    made.write("new\tname", lines(20) + "more\n")
    made.write("image", b"\0\1\2")
    made.write('a "quoted"\nname', "1\n2\n")
    made.write("ünicode/ファイル", "1\n")
    made.write("\x01" + "a" * 40, "1\n")
    made.write("-", "1\n")
    sha = made.commit()
    assert sorted(tables(made.folder, workdir).changes(sha)) == [
        ("\x01" + "a" * 40, None, 1, 0),
        ("-", None, 1, 0),
        ('a "quoted"\nname', None, 2, 0),
        ("image", None, None, None),
        ("new\tname", "old", 1, 0),
        ("ünicode/ファイル", None, 1, 0),
    ]


def test_a_name_that_is_no_text_is_kept_apart(made: Made, workdir: Path) -> None:
    Path(os.fsdecode(os.fsencode(made.folder) + b"/n\xff")).write_text("1\n")
    sha = made.commit()
    assert tables(made.folder, workdir).changes(sha) == [("n\\xff", None, 1, 0)]


def test_without_renames_a_move_is_all_lines_twice(made: Made, workdir: Path) -> None:
    made.commit(old=lines(10))
    made.git("mv", "old", "new")
    sha = made.commit()
    with_renames = tables(made.folder, workdir).changes(sha)
    without = tables(made.folder, workdir, find_renames=False).changes(sha)
    assert with_renames == [("new", "old", 0, 0)]
    assert without == [("new", None, 10, 0), ("old", None, 0, 10)]


def test_pages_break_between_commits(
    made: Made, workdir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(7):
        made.commit(a=str(n), b=str(n))
    whole = tables(made.folder, workdir).file_changes
    monkeypatch.setattr(numstat, "CHANGES_PER_PAGE", 3)
    assert tables(made.folder, workdir).file_changes == whole
    assert len(whole) == 14


@pytest.mark.parametrize("size", [1, 7, 64])
def test_the_stream_may_be_cut_anywhere(size: int) -> None:
    sha = b"a" * 40
    stream = b"\x01" + sha + b"\0\n1\t2\tp\0-\t-\t\0old\0new\0\x01" + b"b" * 40 + b"\0"
    blocks = [stream[n : n + size] for n in range(0, len(stream), size)]
    (rows,) = numstat.Numstat(blocks).rows()
    assert rows.paths == [b"p", b"new"]
    assert rows.old_paths == [None, b"old"]
    assert (rows.added, rows.deleted) == ([1, None], [2, None])


def test_kinds_follow_the_repository_then_the_name(made: Made, workdir: Path) -> None:
    made.write(
        ".gitattributes",
        "*.gen linguist-generated\nbought/** linguist-vendored=true\n"
        "vendor/ours/** -linguist-vendored\nmanual/* linguist-documentation\n"
        "src/forced.c -diff\n",
    )
    paths = {
        "a.gen": "generated",
        "api_pb2.py": "generated",
        "bought/x.c": "vendored",
        "vendor/x.c": "vendored",
        "web/node_modules/x/index.js": "vendored",
        "vendor/ours/x.c": "source",
        "manual/x.txt": "documentation",
        "docs/index.md": "documentation",
        "README": "documentation",
        "uv.lock": "lock_file",
        "web/package-lock.json": "lock_file",
        "src/readme_parser.py": "source",
        "src/forced.c": "source",
        ".gitattributes": "source",
    }
    for path in paths:
        if path != ".gitattributes":
            made.write(path, "1\n")
    made.commit()
    rows = tables(made.folder, workdir).file_changes
    assert {row["path"]: row["path_kind"] for row in rows} == paths
    assert all(row["added_lines"] is not None for row in rows)


def test_kinds_hold_for_a_path_that_is_gone(made: Made, workdir: Path) -> None:
    made.write("sub/x.gen", "1\n")
    made.commit()
    made.git("rm", "-q", "sub/x.gen")
    made.write("sub/.gitattributes", "*.gen linguist-generated\n")
    made.commit()
    rows = tables(made.folder, workdir).file_changes
    assert {r["path_kind"] for r in rows if r["path"] == "sub/x.gen"} == {"generated"}


def test_an_unreadable_blob_costs_its_path_and_no_more(
    made: Made, workdir: Path
) -> None:
    first = made.commit(a=lines(3, "a"), b=lines(3, "b"))
    second = made.commit(a=lines(4, "a"), b=lines(5, "b"))
    empty = made.commit("nothing")
    last = made.commit(c="1\n")
    lose(made, f"{first}:a")
    read_ = tables(made.folder, workdir)
    assert len(read_.commits) == 4
    assert read_.changes(last) == [("c", None, 1, 0)]
    assert read_.changes(empty) == []
    assert read_.changes(second) == [("b", None, 2, 0)]
    assert read_.changes(first) == [("b", None, 3, 0)]
    assert read_.refs[0]["unreadable_paths"] == 1


def test_several_unreadable_blobs_are_left_out_one_after_the_other(
    made: Made, workdir: Path
) -> None:
    names = {"x y": "1\n", "ü": "2\n", "[a]*": "3\n", "z\nz": "4\n"}
    for name, content in names.items():
        made.write(name, content)
    sha = made.commit(kept="5\n", **{"[a]b": "6\n"})
    for name in names:
        lose(made, f"HEAD:{name}")
    read_ = tables(made.folder, workdir)
    assert read_.changes(sha) == [("[a]b", None, 1, 0), ("kept", None, 1, 0)]
    assert read_.refs[0]["unreadable_paths"] == 4


def test_a_damaged_blob_is_left_out_like_a_missing_one(
    made: Made, workdir: Path
) -> None:
    sha = made.commit(a=lines(3), b="1\n")
    blob = made.git("rev-parse", "HEAD:a")
    file = Path(made.folder, ".git", "objects", blob[:2], blob[2:])
    file.chmod(0o644)
    file.write_bytes(b"this is no zlib stream")
    assert tables(made.folder, workdir).changes(sha) == [("b", None, 1, 0)]


def test_too_many_unreadable_paths_are_a_partial_clone(
    made: Made, workdir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingestion.sources.git.unreadable.MOST", 1)
    made.commit(a="1\n", b="2\n")
    lose(made, "HEAD:a")
    lose(made, "HEAD:b")
    with pytest.raises(BadInput, match=r"partial clone.*Fix: fetch it whole"):
        tables(made.folder, workdir)


@pytest.mark.parametrize("lost", ["HEAD^{tree}", "HEAD~1^{tree}", "HEAD~1:d", "HEAD~1"])
def test_an_unreadable_tree_or_commit_is_one_clear_error(
    made: Made, workdir: Path, lost: str
) -> None:
    made.write("d/x", "1\n")
    made.commit("one")
    made.write("d/x", "2\n")
    made.commit("two")
    sha = made.git("rev-parse", lost)
    lose(made, lost)
    with pytest.raises(BadInput, match=f"git repository made: .*{sha}.*Fix: "):
        tables(made.folder, workdir)


def test_a_commit_that_only_the_commit_graph_knows_is_one_clear_error(
    made: Made, workdir: Path
) -> None:
    made.commit("one", a="1\n")
    made.commit("two", a="2\n")
    made.git("commit-graph", "write", "--reachable")
    sha = made.git("rev-parse", "HEAD~1")
    lose(made, "HEAD~1")
    with pytest.raises(BadInput, match=f"{sha}.*Fix: fetch it whole"):
        tables(made.folder, workdir)


@pytest.mark.parametrize(
    ("does", "of_commits", "of_changes"),
    [
        ("exit 0", "told of 0 of 1 commits", "--numstat` told of 0 of 1 commits"),
        ("echo boom >&2; exit 3", "cannot be read: boom", "cannot be read: boom"),
        ("exit 3", "Git gave no reason", "Git gave no reason"),
    ],
)
def test_a_git_that_ends_early_is_found_out(
    made: Made, workdir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    does: str, of_commits: str, of_changes: str,
) -> None:  # fmt: skip
    made.commit("one", a="1\n")
    odd = tmp_path / "bin/git"
    odd.parent.mkdir()
    odd.write_text(
        f'#!/bin/sh\nfor word in "$@"; do test "$word" = log && {{ {does}; }}; done\n'
        f'exec {shutil.which("git")} "$@"\n'
    )
    odd.chmod(0o755)
    monkeypatch.setenv("PATH", f"{odd.parent}:/usr/bin:/bin")
    history = read(Repository("made", str(made.folder)), None, workdir)
    with pytest.raises(BadInput, match=of_commits):
        next(history.commits)
    with pytest.raises(BadInput, match=of_changes):
        list(history.file_changes)


def test_a_read_that_is_given_up_stops_the_program() -> None:
    output = blocks(["cat", "/dev/zero"], {"PATH": "/usr/bin:/bin"})
    next(output)
    output.close()  # would wait for ever if the program went on


def test_what_the_machine_or_the_repository_configures_changes_nothing(
    made: Made, workdir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.commit(a=lines(3))
    made.git("mv", "a", "b")
    made.commit(c="1\n")
    expected = tables(made.folder, workdir)
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text("[diff]\n\texternal = false\n\trenames = false\n")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    for name, value in {
        "diff.renames": "false",
        "diff.external": "false",
        "diff.mnemonicPrefix": "true",
        "log.showSignature": "true",
        "log.showRoot": "false",
        "core.quotepath": "true",
        "extensions.partialClone": "origin",
        "core.fsmonitor": "touch " + str(tmp_path / "ran"),
    }.items():
        with monkeypatch.context() as patch:
            patch.delenv("GIT_DIR")
            made.git("config", name, value)
    (made.folder / ".git/info/attributes").write_text("* -diff\n")
    found = tables(made.folder, workdir)
    assert (found.commits, found.file_changes) == (
        expected.commits,
        expected.file_changes,
    )
    assert not (tmp_path / "ran").exists()


def test_reading_writes_nothing_into_the_repository(made: Made, workdir: Path) -> None:
    made.write(".gitattributes", "* linguist-generated\n")
    made.commit(a=lines(3))
    before = {p: p.stat().st_mtime_ns for p in sorted(made.folder.rglob("*"))}
    tables(made.folder, workdir)
    assert {p: p.stat().st_mtime_ns for p in sorted(made.folder.rglob("*"))} == before


def totals(folder: Path) -> tuple[int, int]:
    """(added, deleted) over all commits that are no merge, by libgit2."""
    repository = pygit2.Repository(str(folder))
    added = deleted = 0
    for commit in repository.walk(repository.head.target):
        if len(commit.parents) > 1:
            continue
        if commit.parents:
            diff = repository.diff(commit.parents[0], commit)
        else:
            diff = commit.tree.diff_to_tree(swap=True)
        added, deleted = added + diff.stats.insertions, deleted + diff.stats.deletions
    return added, deleted


def our_totals(folder: Path, workdir: Path) -> tuple[int, int]:
    """The same by us, renames off."""
    rows = tables(folder, workdir, find_renames=False).file_changes
    added = sum(row["added_lines"] or 0 for row in rows)
    return added, sum(row["deleted_lines"] or 0 for row in rows)


def test_totals_equal_libgit2_on_a_generated_repository(
    made: Made, workdir: Path
) -> None:
    draw = random.Random(7)  # noqa: S311 - no secret, and the same each time
    words = {f"f{n}": [f"{n}.{m}" for m in range(30)] for n in range(6)}
    for step in range(40):
        name = draw.choice(list(words))
        at = draw.randrange(len(words[name]) + 1)
        words[name][at : at + draw.randrange(4)] = [
            f"{step}.{m}" for m in range(draw.randrange(1, 5))
        ]
        if step % 9 == 0:
            words[f"moved{step}"] = words.pop(name)
            made.git("rm", "-qf", "--ignore-unmatch", name)
        for path, content in words.items():
            made.write(path, "\n".join(content) + "\n" * (step % 2))
        made.commit(f"step {step}")
        if step % 10 == 5:
            made.git("checkout", "-qb", f"side{step}")
            made.write(f"side{step}", lines(step))
            made.commit()
            made.git("checkout", "-q", "main")
            made.merge(f"side{step}")
    assert our_totals(made.folder, workdir) == totals(made.folder)

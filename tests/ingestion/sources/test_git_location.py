"""Where repositories lie, which branch counts, and what is said when one is wrong."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from ingestion.errors import (
    BadCredentials,
    BadInput,
    Misconfigured,
    SourceError,
    Unavailable,
)
from ingestion.sources.git import Repository, probe
from tests.ingestion.sources.made_repository import Made, tables


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A repository with one commit."""
    made = Made(tmp_path / "made")
    made.commit("one", a="1\n")
    return made


@pytest.fixture
def workdir(tmp_path: Path) -> Path:
    """A folder for scratch files and mirrors."""
    return tmp_path / "work"


@pytest.fixture
def refusing() -> Iterator[str]:
    """The URL of a host that wants credentials."""

    class Refusing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="x"')
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/x.git"
    server.shutdown()
    thread.join()
    server.server_close()


def error(location: Path | str, workdir: Path, branch: str | None = None) -> str:
    """What a read says that fails."""
    with pytest.raises(SourceError) as raised:
        tables(location, workdir, branch=branch)
    assert isinstance(raised.value, BadInput)
    return str(raised.value)


def test_a_bare_clone_a_worktree_and_a_git_folder_read_alike(
    made: Made, workdir: Path, tmp_path: Path
) -> None:
    made.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    made.git("worktree", "add", "-q", "--detach", str(tmp_path / "tree"))
    expected = tables(made.folder, workdir).commits
    for folder in (tmp_path / "bare.git", tmp_path / "tree", made.folder / ".git"):
        assert tables(folder, workdir).commits == expected
    assert tables(tmp_path / "tree", workdir).refs[0]["ref"] == "HEAD"


def test_objects_borrowed_from_another_repository_are_found(
    made: Made, workdir: Path, tmp_path: Path
) -> None:
    made.git("clone", "-q", "--shared", ".", str(tmp_path / "shared"))
    read_ = tables(tmp_path / "shared", workdir)
    assert read_.refs[0]["ref"] == "refs/remotes/origin/main"
    assert len(read_.commits) == 1


def test_a_url_is_mirrored_and_brought_up_to_date(made: Made, workdir: Path) -> None:
    url = f"file://{made.folder}"
    first = tables(url, workdir)
    known = first.refs[0]["tip_sha"]
    sha = made.commit("two", a="2\n")
    assert [row["commit_sha"] for row in tables(url, workdir, known).commits] == [sha]
    made.git("reset", "-q", "--hard", known)
    other = made.commit("other", a="3\n")
    pushed = tables(url, workdir, sha)
    assert pushed.history.reachable == (other, known)


def test_a_killed_clone_is_begun_again(made: Made, workdir: Path) -> None:
    (workdir / "mirrors/made.partial/objects").mkdir(parents=True)
    assert len(tables(f"file://{made.folder}", workdir).commits) == 1
    assert not (workdir / "mirrors/made.partial").exists()


def test_a_url_that_changed_is_followed(
    made: Made, workdir: Path, tmp_path: Path
) -> None:
    tables(f"file://{made.folder}", workdir)
    made.folder.rename(tmp_path / "moved")
    assert len(tables(f"file://{tmp_path}/moved", workdir).commits) == 1


def test_the_remote_default_comes_before_the_branch_checked_out(
    made: Made, workdir: Path, tmp_path: Path
) -> None:
    clone = Made(tmp_path / "clone")
    clone.git("remote", "add", "origin", str(made.folder))
    clone.git("fetch", "-q")
    clone.git("remote", "set-head", "origin", "main")
    clone.git("checkout", "-qb", "mine", "origin/main")
    mine = clone.commit("mine", b="1\n")
    assert tables(clone.folder, workdir).refs[0]["ref"] == "refs/remotes/origin/main"
    named = tables(clone.folder, workdir, branch="mine")
    assert named.refs[0]["ref"] == "refs/heads/mine"
    assert named.refs[0]["tip_sha"] == mine


def test_a_branch_that_is_not_there_is_named_with_those_that_are(
    made: Made, workdir: Path
) -> None:
    said = error(made.folder, workdir, "trunk")
    assert "field branch: there is no branch trunk. Fix: set its branch" in said
    assert "one of: main." in said
    made.git("symbolic-ref", "HEAD", "refs/heads/gone")
    assert "HEAD points to no commit" in error(made.folder, workdir)


def test_a_branch_of_an_empty_repository_is_named(
    workdir: Path, tmp_path: Path
) -> None:
    said = error(Made(tmp_path / "empty").folder, workdir, "main")
    assert "no branch main. Fix: it is empty" in said


def test_a_branch_whose_commit_is_lost_is_named(made: Made, workdir: Path) -> None:
    sha = made.git("rev-parse", "HEAD")
    Path(made.folder, ".git/objects", sha[:2], sha[2:]).unlink()
    assert f"refs/heads/main points to {sha}" in error(made.folder, workdir)


def test_no_repository_no_folder_and_a_folder_inside_are_told_apart(
    made: Made, workdir: Path, tmp_path: Path
) -> None:
    (tmp_path / "plain").mkdir()
    for place in ("plain", "absent", "-odd"):
        said = error(tmp_path / place, workdir)
        assert f"git repository made: {tmp_path}/{place} is no Git repository" in said
        assert "Fix: name a clone" in said
    (made.folder / "inside").mkdir()
    said = error(made.folder / "inside", workdir)
    assert f"is a folder inside the repository {made.folder}" in said


def test_a_shallow_clone_is_refused(made: Made, workdir: Path, tmp_path: Path) -> None:
    made.commit("two", a="2\n")
    shallow = tmp_path / "shallow"
    made.git("clone", "-q", "--depth=1", f"file://{made.folder}", str(shallow))
    assert "Fix: run `git fetch --unshallow`" in error(shallow, workdir)


@pytest.mark.parametrize(
    "location",
    [
        "https://ann:s3cret@host.example/x.git",
        "https://s3cret@host.example/x.git",
        "ssh://ann:s3cret@host.example/x.git",
        "https://[s3cret@host.example/x.git",
    ],
)
def test_a_credential_in_a_url_is_refused_and_not_repeated(
    workdir: Path, location: str
) -> None:
    with pytest.raises(Misconfigured, match="credential helper") as raised:
        tables(location, workdir)
    assert "s3cret" not in str(raised.value)
    assert not list(workdir.rglob("*"))


def test_a_host_that_wants_credentials_is_told_how_to_get_them(
    workdir: Path, refusing: str
) -> None:
    with pytest.raises(BadCredentials, match="Fix: give the machine's Git"):
        tables(refusing, workdir)


def test_a_host_that_does_not_answer_may_answer_later(workdir: Path) -> None:
    with pytest.raises(Unavailable, match="Fix: check the network"):
        tables("http://127.0.0.1:9/x.git", workdir)


@pytest.mark.parametrize("location", ["ext::sh -c true://", "file:///absent/x.git"])
def test_a_url_without_a_repository_is_named(workdir: Path, location: str) -> None:
    assert "Fix: correct its location" in error(location, workdir)


def test_without_git_the_fix_is_to_install_it(
    made: Made, workdir: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Misconfigured, match="Fix: install Git"):
        tables(made.folder, workdir)


def test_a_probe_tells_what_can_be_read(made: Made, tmp_path: Path) -> None:
    local = probe(Repository("made", str(made.folder)))
    assert local.is_usable
    assert (local.account, local.permissions) == ("made", ("default branch",))
    assert str(local.newest_day) == "2025-01-01"
    remote = probe(Repository("made", f"file://{made.folder}"))
    assert (remote.is_usable, remote.permissions) == (True, ("refs",))
    empty = probe(Repository("empty", str(Made(tmp_path / "empty").folder)))
    assert (empty.is_usable, empty.newest_day) == (True, None)
    (problem,) = probe(Repository("made", str(tmp_path))).problems
    assert "is no Git repository" in problem.problem

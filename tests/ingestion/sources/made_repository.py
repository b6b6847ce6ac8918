"""Small real Git repositories, made by script, and what our reader makes of them."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from ingestion.page import Page
from ingestion.sources.git import History, Repository, read

ANN = ("Ann Example", "ann@people.example")
BEN = ("Ben Example", "ben@people.example")


@dataclass
class Made:
    """A repository in `folder`; each commit is a minute after the one before."""

    folder: Path
    minutes: int = 0
    options: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True)
        self.git("init", "-q", "-b", "main", *self.options)

    def git(self, *arguments: str, given: bytes = b"", **environment: str) -> str:
        """What Git says; raises if it fails."""
        done = subprocess.run(
            ["git", "-c", "maintenance.auto=false", *arguments],
            cwd=self.folder,
            input=given,
            capture_output=True,
            env={
                "PATH": "/usr/local/bin:/usr/bin:/bin",
                "HOME": str(self.folder),
                "GIT_CONFIG_NOSYSTEM": "1",
                "LC_ALL": "C",
                **environment,
            },
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def write(self, path: str | bytes, content: str | bytes) -> None:
        """A file of the working tree."""
        file = Path(self.folder, path if isinstance(path, str) else path.decode())
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())

    def commit(
        self,
        message: str | bytes = "work",
        author: tuple[str, str] = ANN,
        at: str | None = None,
        **files: str | bytes,
    ) -> str:
        """The sha of a commit of everything; `files` are written first."""
        for path, content in files.items():
            self.write(path, content)
        self.git("add", "-A")
        return self._commit(
            ("commit", "-q", "--allow-empty", "--allow-empty-message"),
            message, author, at,
        )  # fmt: skip

    def merge(
        self, *branches: str, message: str = "merge", options: tuple[str, ...] = ()
    ) -> str:
        """The sha of a merge of `branches` into the current branch."""
        self.git(
            "merge", "-q", "--no-ff", "--no-commit", *options, *branches,
            **self._people(ANN, None),
        )  # fmt: skip
        return self._commit(("commit", "-q"), message, ANN, None)

    def _commit(
        self, command: tuple[str, ...], message: str | bytes,
        author: tuple[str, str], at: str | None,
    ) -> str:  # fmt: skip
        text = message if isinstance(message, bytes) else message.encode()
        self.git(
            *command, "--cleanup=verbatim", "-F", "-",
            given=text, **self._people(author, at),
        )  # fmt: skip
        return self.git("rev-parse", "HEAD")

    def _people(self, author: tuple[str, str], at: str | None) -> dict[str, str]:
        self.minutes += 1
        committed = f"{1735689600 + 60 * self.minutes} +0000"  # from 2025-01-01
        return {
            "GIT_AUTHOR_NAME": author[0],
            "GIT_AUTHOR_EMAIL": author[1],
            "GIT_AUTHOR_DATE": at or committed,
            "GIT_COMMITTER_NAME": "Host",
            "GIT_COMMITTER_EMAIL": "host@host.example",
            "GIT_COMMITTER_DATE": committed,
        }


@dataclass(frozen=True)
class Tables:
    """The rows of one read, as lists of dicts, and what came with them."""

    history: History
    commits: list[dict[str, Any]]
    commit_authors: list[dict[str, Any]]
    file_changes: list[dict[str, Any]]
    line_removals: list[dict[str, Any]]
    mainline_lines: list[dict[str, Any]]
    refs: list[dict[str, Any]]

    def commit(self, sha: str) -> dict[str, Any]:
        """The row of one commit."""
        (row,) = [row for row in self.commits if row["commit_sha"] == sha]
        return row

    def changes(self, sha: str) -> list[tuple[Any, ...]]:
        """(path, old path, added, deleted) of one commit, in order."""
        names = ("path", "old_path", "added_lines", "deleted_lines")
        rows = [row for row in self.file_changes if row["commit_sha"] == sha]
        assert [row["change_ordinal"] for row in rows] == list(range(len(rows)))
        return [tuple(row[name] for name in names) for row in rows]


def tables(
    location: Path | str,
    workdir: Path,
    known_tip: str | None = None,
    branch: str | None = None,
    bots: tuple[str, ...] = (),
    **options: Any,
) -> Tables:
    """Everything a read of the repository gives."""
    repository = Repository("made", str(location), branch, bots)
    history = read(repository, known_tip, workdir, **options)
    return Tables(
        history,
        rows(history.commits),
        rows(history.commit_authors),
        rows(history.file_changes),
        rows(history.line_removals),
        rows(history.mainline_lines),
        rows(history.refs),
    )


def rows(pages: Iterator[Page]) -> list[dict[str, Any]]:
    """The rows of all pages."""
    return [
        row for page in pages for row in pa.table(dict(page.columns)).to_pylist()
    ]

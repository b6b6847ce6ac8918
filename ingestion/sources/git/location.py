"""Where a repository lies: a local path as it is, or a URL as a mirror of ours."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from ingestion.errors import BadInput
from ingestion.sources.git.mirror import refreshed
from ingestion.sources.git.process import (
    GIT,
    HERMETIC,
    GitFailed,
    View,
    blocks,
    inherited,
    label,
)

PROBE = (
    "rev-parse", "--path-format=absolute", "--show-object-format",
    "--is-shallow-repository", "--git-dir", "--git-path", "objects", "--show-prefix",
)  # fmt: skip
# user@host:path, as `git clone` takes it; a path with a colon has a slash before it.
_SCP = re.compile(r"[\w.-]+@[\w.-]+:(?!//)\S+")


@dataclass(frozen=True)
class Repository:
    """A repository: a local path, or a URL that `git clone` takes.

    `bots` are addresses that are no people there, in lower case; `*` is any characters.
    """

    name: str
    location: str
    branch: str | None = None
    bots: tuple[str, ...] = ()

    @property
    def is_remote(self) -> bool:
        """`location` has to be cloned before it can be read."""
        return "://" in self.location or _SCP.fullmatch(self.location) is not None


@dataclass(frozen=True)
class Store:
    """A repository on this machine: refs in `git_dir`, objects in `view`."""

    name: str
    git_dir: Path
    view: View

    def output(self, *arguments: str) -> str:
        """What Git says about its refs, stripped; empty where it finds none."""
        try:
            return _text("--git-dir", str(self.git_dir), *arguments)
        except GitFailed:
            return ""


def store(repository: Repository, workdir: Path) -> Store:
    """The repository, mirrored first if it is a URL; raises BadInput or Unavailable."""
    path = Path(repository.location)
    if repository.is_remote:
        path = refreshed(repository.name, repository.location, workdir / "mirrors")
    try:
        known = _text("-C", str(path), "-c", "safe.directory=*", *PROBE).split("\n")
    except GitFailed as failure:
        raise BadInput(
            label(repository.name),
            f"{path} is no Git repository: {failure.reason}.",
            fix="name a clone, a bare repository or a URL as its location.",
        ) from None
    object_format, is_shallow, git_dir, objects, *prefix = known
    if any(prefix):
        raise BadInput(
            label(repository.name),
            f"{path} is a folder inside the repository {Path(git_dir).parent}.",
            fix="name that repository itself; it is read as a whole.",
        )
    if is_shallow == "true":
        raise BadInput(
            label(repository.name),
            f"{path} is a shallow clone; its oldest commit seems to add everything.",
            fix="run `git fetch --unshallow` in it, or name the URL instead.",
        )
    folder = workdir / "views" / f"{repository.name}.git"
    return Store(
        repository.name,
        Path(git_dir),
        View(repository.name, _fresh(folder, object_format), Path(objects)),
    )


def _fresh(folder: Path, object_format: str) -> Path:
    """`folder` as an empty bare repository that borrows the objects of another."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    _text(
        "init", "--quiet", "--bare", "--template=", f"--object-format={object_format}",
        "--", str(folder),
    )  # fmt: skip
    return folder.absolute()


def _text(*arguments: str) -> str:
    """What a short Git command writes, without the final line break."""
    output = b"".join(blocks([*GIT, *arguments], {**inherited(), **HERMETIC}))
    return output.decode("utf-8", "surrogateescape").removesuffix("\n")

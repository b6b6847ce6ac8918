"""Files that are whole or absent after a crash: written, synced, then renamed."""

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

READ_ONLY = 0o444
REMOVING = ".removing-"


def write_json(path: Path, content: Any) -> None:
    """Replace the file at once by the content as JSON, read-only."""
    temporary = path.with_name(f".{path.name}.writing")
    temporary.unlink(missing_ok=True)
    temporary.write_text(json.dumps(content, indent=2, sort_keys=True) + "\n")
    replace(temporary, path)


def replace(temporary: Path, path: Path) -> None:
    """Rename over `path` after the bytes are on disk, read-only."""
    temporary.chmod(READ_ONLY)
    sync(temporary)
    temporary.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Flush a file's bytes, or a folder's names, to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def seal(folder: Path) -> None:
    """Make every file below read-only and flush files and folders to disk."""
    for parent, _, names in os.walk(folder, topdown=False):
        for name in names:
            (Path(parent) / name).chmod(READ_ONLY)
            sync(Path(parent) / name)
        sync(Path(parent))


def rename(source: Path, target: Path) -> None:
    """Rename a folder, or a link over another, and flush both parents to disk."""
    source.replace(target)
    for parent in {source.parent, target.parent}:
        sync(parent)


def remove(folder: Path, graveyard: Path) -> None:
    """Take the folder out of sight in one rename, then delete it."""
    hidden = graveyard / f"{REMOVING}{folder.name}"
    if hidden.exists():
        shutil.rmtree(hidden)
    folder.replace(hidden)
    shutil.rmtree(hidden)


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below, by its path relative to the folder."""
    return {
        path.relative_to(folder).as_posix(): file_hash(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def file_hash(path: Path) -> str:
    """SHA-256 of the file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

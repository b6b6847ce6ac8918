"""Where the files of one set lie: a path of the configuration, with `*` in it."""

from pathlib import Path, PurePosixPath

from ingestion.errors import BadInput


def places(
    folder: Path, files: str, *, source: str, held: str, field: str
) -> list[tuple[str, Path]]:
    """(name, path) of the files there are now, in order; a relative pattern starts in
    `folder`. Raises BadInput naming `held` and `field` if their folder cannot be found:
    gone files are news, a gone disk is not."""
    pattern = PurePosixPath(files)
    start, rest = folder, list(pattern.parts)
    if pattern.is_absolute():
        start, rest = Path(pattern.anchor), rest[1:]
    while len(rest) > 1 and not set("*?[") & set(rest[0]):
        start /= rest.pop(0)
    if not start.is_dir():
        raise BadInput(
            f"{source}, {held}",
            "the folder of its files cannot be found.",
            field=field,
            fix="correct the path, or make the folder reachable.",
        )
    found = sorted(path for path in start.glob("/".join(rest)) if path.is_file())
    return [(path.relative_to(start).as_posix(), path) for path in found]

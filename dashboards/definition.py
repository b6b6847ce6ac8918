"""Definitions kept as YAML: read once, typed, and refused when they claim too much."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from dashboards.claims import forbidden_words
from dashboards.errors import BoardRefused

HERE = Path(__file__).parent
T = TypeVar("T")


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a definition: frozen, and closed to keys it does not know."""


def read(path: Path, shape: type[T]) -> T:
    """The file as `shape`; raises BoardRefused on unknown keys or forbidden words."""
    content = yaml.safe_load(path.read_text())
    for text in _texts(content):
        if found := forbidden_words(text):
            raise BoardRefused(
                path.name,
                f"it says {found[0]!r}, which no figure here can carry.",
                fix="describe what was used or completed, and compare nobody.",
            )
    try:
        return msgspec.convert(content, shape)
    except msgspec.ValidationError as error:
        raise BoardRefused(
            path.name, f"{error}.", fix="see the classes of dashboards/board.py."
        ) from error


def _texts(content: Any, key: str = "") -> Iterator[str]:
    """Every text a reader may see; SQL is not one."""
    if isinstance(content, str):
        if key != "sql":
            yield content
    elif isinstance(content, dict):
        for name, value in content.items():
            yield from _texts(value, str(name))
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value, key)

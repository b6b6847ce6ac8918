"""Decoding of response bodies into typed structs, with errors that name the field.

bytes → `Shape.read` → msgspec struct → columns of a page
"""

import json
import re
from typing import Any, Generic, TypeVar

import msgspec
from msgspec.inspect import ListType, StructType, Type, UnionType, type_info

from ingestion.errors import SchemaChanged, Unavailable

T = TypeVar("T")
_AT = re.compile(r" - at `(?:key in )?\$?\.?(?P<path>[^`]*)`$")
_INDEX = re.compile(r"\[(?:\d+|\.\.\.)\]")
_MISSING = re.compile(r"missing required field `(?P<field>[^`]*)`")
_TYPES = re.compile(r"^Expected `(?P<expected>[^`]*)`, got `(?P<found>[^`]*)`")
_VALUE = json.JSONDecoder()
MISSING = "the field is missing from the vendor's answer."


class Shape(Generic[T]):
    """The part of a vendor's JSON answer that one table reads."""

    def __init__(self, type_: type[T], table_path: str) -> None:
        self._table_path = table_path
        self._decoder = msgspec.json.Decoder(type_)
        self._type = type_info(type_)

    def read(self, body: bytes) -> T:
        """The typed answer; raises SchemaChanged with the field, or Unavailable when
        the body is no JSON."""
        try:
            return self._decoder.decode(body)
        except msgspec.ValidationError as error:
            raise self._refused(str(error)) from None
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise Unavailable(
                self._table_path,
                f"the answer is not JSON ({len(body)} bytes).",
                fix="run again; if it repeats, check for a proxy or gateway that "
                "answers in the vendor's place.",
            ) from None

    def unknown_fields(self, body: bytes) -> frozenset[str]:
        """Fields of the answer and of the first item of each list that are not read,
        as paths such as `data[].usage.new_tokens`."""
        return frozenset(_unknown(self._type, msgspec.Raw(body), ""))

    def changed(self, field: str, problem: str) -> SchemaChanged:
        """The error of a field that does not hold what the table needs."""
        return SchemaChanged(
            self._table_path,
            problem,
            field=field,
            fix="update Tokenworth, or report the changed field; this table waits and "
            "the others go on.",
        )

    def _refused(self, message: str) -> SchemaChanged:
        at = _AT.search(message)
        path = _INDEX.sub("[]", at["path"]) if at else ""
        if missing := _MISSING.search(message):
            path = f"{path}.{missing['field']}".lstrip(".")
            problem = MISSING
        elif types := _TYPES.search(message):
            problem = f"expected {types['expected']}, found {types['found']}."
        else:
            problem = f"{message[: at.start()] if at else message}."
        return self.changed(path or "(the whole answer)", problem)


def _unknown(type_: Type, raw: msgspec.Raw, path: str) -> list[str]:
    """Paths below `path` that the type does not know; no values are built."""
    if isinstance(type_, UnionType):
        chosen = _member(type_, raw)
        return [] if chosen is None else _unknown(chosen, raw, path)
    if isinstance(type_, ListType):
        item = _first_item(raw)
        return [] if item is None else _unknown(type_.item_type, item, path + "[]")
    if not isinstance(type_, StructType) or type_.array_like:
        return []
    found = _decoded(raw, dict[str, msgspec.Raw]) or {}
    known = {field.encode_name: field.type for field in type_.fields}
    prefix = f"{path}." if path else ""
    paths: list[str] = []
    for name, value in found.items():
        if name in known:
            paths += _unknown(known[name], value, prefix + name)
        elif name != type_.tag_field:
            paths.append(prefix + name)
    return paths


def _member(union: UnionType, raw: msgspec.Raw) -> Type | None:
    """The member of a union that the value belongs to; None for null and scalars."""
    nested = [t for t in union.types if isinstance(t, StructType | ListType)]
    if len(nested) < 2:
        return nested[0] if nested else None
    found = _decoded(raw, dict[str, Any]) or {}
    return next(
        (
            member
            for member in nested
            if isinstance(member, StructType)
            and found.get(member.tag_field or "") == member.tag
        ),
        None,
    )


def _first_item(raw: msgspec.Raw) -> msgspec.Raw | None:
    """The first item of a list; the others, often a thousand, are not even scanned."""
    view = memoryview(raw)
    size = 4096
    while True:
        text = str(view[:size], "utf-8", "replace")
        start = len(text) - len(text[1:].lstrip())
        try:
            end = _VALUE.raw_decode(text, start)[1] if text[0] == "[" else 0
        except json.JSONDecodeError:
            if size >= len(view):
                return None
            size *= 8
        else:
            return msgspec.Raw(text[start:end].encode()) if end else None


def _decoded(raw: msgspec.Raw, type_: type[T]) -> T | None:
    """The raw value as this type; None where it is another."""
    try:
        return msgspec.json.decode(raw, type=type_)
    except msgspec.DecodeError:
        return None

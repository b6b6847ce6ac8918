"""Redaction of response bodies before anything is stored or shown.

body as received → secrets masked, content removed → `pages/` of the lake, messages
"""

import re
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.compute

MASK = b"[redacted]"

# Literal, what else must hold, the other characters of the secret, and the mask. Each
# pattern starts with its literal and looks around only after it: `re` then skips to the
# literal, which is twenty times faster than a leading \b.
_WORD = rb"[A-Za-z0-9_-]"
_LOGIN = rb"[^/\s\"@:]+:[^/\s\"@]+"
_KINDS = (
    (rb"sk-", rb"(?<!\wsk-)", _WORD + rb"{16,}", MASK),
    (rb"gh[pos]_", rb"", rb"[A-Za-z0-9]{20,}", MASK),
    (rb"github_pat_", rb"", rb"[A-Za-z0-9_]{20,}", MASK),
    (rb"glpat-", rb"", rb"[A-Za-z0-9_.-]{16,}", MASK),
    (rb"ATATT", rb"", rb"[A-Za-z0-9_=-]{20,}", MASK),
    (rb"AKIA", rb"", rb"[A-Z0-9]{16}", MASK),
    (rb"AIza", rb"", _WORD + rb"{30,}", MASK),
    (rb"xox", rb"", rb"[a-z]-[A-Za-z0-9-]{10,}", MASK),
    (rb"key_", rb"(?<!\wkey_)", rb"[0-9a-f]{32,}", MASK),
    (rb"eyJ", rb"", _WORD + rb"{8,}\." + _WORD + rb"{8,}\." + _WORD + rb"*", MASK),
    (rb"earer ", rb"(?!token)", rb"[A-Za-z0-9._~+/=-]{8,}", b"earer " + MASK),
    (rb"://", rb"(?=" + _LOGIN + rb"@)", _LOGIN, b"://" + MASK),
    (rb"-----BEGIN ", rb"", rb"[A-Z ]*PRIVATE KEY-----[^\"]*", MASK),
)
_SECRETS: tuple[tuple[re.Pattern[bytes], bytes], ...] = tuple(
    (re.compile(literal + condition + rest), mask)
    for literal, condition, rest, mask in _KINDS
)
# All of them in one pass by Arrow's engine, which has no look-around: three times as
# fast as one after the other, and nearly every body holds none.
_ANY = "|".join((literal + rest).decode() for literal, _, rest, _ in _KINDS)
_LONG = 1 << 16  # bytes; making the pattern ready costs as much as a shorter body
_COMPUTE: Any = pyarrow.compute  # its functions are made at run time, unseen by types
# Runs of plain characters at once: one alternative a character is twenty times slower.
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{}]', re.DOTALL)
# A value with no other object or list in it, which most are, in one step.
_FLAT = re.compile(
    rb'[{\[](?:[^\[\]{}"]++|"[^"\\]*+(?:\\.[^"\\]*+)*+")*+[}\]]', re.DOTALL
)
_SCALAR_END = re.compile(rb"[,\]}\s]")


def redact(body: bytes, drop: frozenset[str] = frozenset()) -> bytes:
    """The body with secrets masked and the values of JSON keys in `drop` as null."""
    if drop:
        body = _without_values(body, drop)
    if len(body) > _LONG and not _may_hold_secret(body):
        return body
    for pattern, mask in _SECRETS:
        body = pattern.sub(mask, body)
    return body


def redacted_text(text: str) -> str:
    """The text with anything that looks like a secret masked."""
    return redact(text.encode()).decode()


def _may_hold_secret(body: bytes) -> bool:
    """Whether anything in the body looks like a secret at first sight."""
    whole = pa.array([body], pa.binary())
    found: bool = _COMPUTE.match_substring_regex(whole, _ANY)[0].as_py()
    return found


def _without_values(body: bytes, keys: frozenset[str]) -> bytes:
    """The JSON text with null for each value of `keys`; all other bytes unchanged."""
    parts: list[bytes] = []
    position = 0
    pattern = _keys_pattern(keys)
    while found := pattern.search(body, position):
        parts += [body[position : found.end()], b"null"]
        position = _value_end(body, found.end())
    return b"".join([*parts, body[position:]]) if parts else body


@cache
def _keys_pattern(keys: frozenset[str]) -> re.Pattern[bytes]:
    """A pattern of any of the keys; inside a JSON string its quotes are escaped."""
    names = b"|".join(re.escape(key.encode()) for key in sorted(keys))
    return re.compile(rb'"(?:' + names + rb')"\s*:\s*')


def _value_end(body: bytes, start: int) -> int:
    """Where the JSON value that starts at `start` ends; the body's end if it is cut."""
    if body[start : start + 1] not in (b'"', b"{", b"["):
        found = _SCALAR_END.search(body, start)
        return found.start() if found else len(body)
    if flat := _FLAT.match(body, start):
        return flat.end()
    depth = 0
    for token in _TOKEN.finditer(body, start):
        sign = token[0]
        if sign in (b"{", b"["):
            depth += 1
        elif sign in (b"}", b"]"):
            depth -= 1
        if depth == 0:
            return token.end()
    return len(body)

"""Errors that name the source, the field and the fix, sorted by what helps.

SourceError
├── Misconfigured   the request or the configuration is wrong: a person must act
│   ├── BadCredentials     the key is missing, wrong or expired
│   └── MissingPermission  the key works but may not read this
├── Unavailable     no usable answer now: the next run may succeed
│   └── TooMuch            too much was asked for at once
├── SchemaChanged   not the answer we read: a field went or changed its type
├── BadInput        a file or repository of ours is wrong
├── PullHeld        the pull looks like a fault and was not applied
└── StorageFailed   the lake could not be written; nothing landed was lost
"""


class SourceError(Exception):
    """Something about one source, in words for the person who has to fix it."""

    def __init__(
        self, source: str, problem: str, *, fix: str, field: str | None = None
    ) -> None:
        where = source if field is None else f"{source}, field {field}"
        super().__init__(f"{where}: {problem} Fix: {fix}")
        self.source, self.problem, self.fix, self.field = source, problem, fix, field


class Misconfigured(SourceError):
    """Asking again would not help until a person changes something."""


class BadCredentials(Misconfigured):
    """The key is missing, wrong or expired."""


class MissingPermission(Misconfigured):
    """The key is valid and may not read this."""


class Unavailable(SourceError):
    """No usable answer in all attempts; a later run may succeed."""


class TooMuch(Unavailable):
    """The vendor gave up on the work that the question made; a smaller one may pass."""


class SchemaChanged(SourceError):
    """A field that is used is missing or has another type."""


class BadInput(SourceError):
    """A file, row or repository given by the operator cannot be used."""


class PullHeld(SourceError):
    """The pull was complete but suspicious, and is kept aside."""


class StorageFailed(SourceError):
    """The lake could not be written."""

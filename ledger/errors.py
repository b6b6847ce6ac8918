"""Errors of the ledger, in words for the person who has to act.

LedgerError    it cannot be opened or written
├── Refused    the decision cannot be taken like this; nothing was written
└── Tampered   an event is not as it was written
"""


class LedgerError(Exception):
    """What is wrong, and what to do about it."""

    def __init__(self, problem: str, *, fix: str, field: str | None = None) -> None:
        where = "ledger" if field is None else f"ledger, field {field}"
        super().__init__(f"{where}: {problem} Fix: {fix}")
        self.problem, self.fix, self.field = problem, fix, field


class Refused(LedgerError):
    """The decision contradicts the ledger or lacks something; nothing was written."""


class Tampered(LedgerError):
    """An event was changed, removed or inserted after it was written."""

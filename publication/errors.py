"""Errors of publishing, each with the thing and its fix in words.

PublicationError
├── ContractBroken   a mart is not what its contract says; a model must change
├── ReleaseRefused   the audit does not let this candidate out
└── WritingFailed    files could not be read or written; `current` is untouched
"""


class PublicationError(Exception):
    """Something about one mart, candidate or file, in words for who has to fix it."""

    def __init__(self, subject: str, problem: str, *, fix: str) -> None:
        super().__init__(f"{subject}: {problem} Fix: {fix}")
        self.subject, self.problem, self.fix = subject, problem, fix


class ContractBroken(PublicationError):
    """A mart's contract is missing, unfit to publish, or not kept by the warehouse."""


class ReleaseRefused(PublicationError):
    """The candidate may not become current; what is published stays."""


class WritingFailed(PublicationError):
    """The disk, a lock or a permission stopped it; what is published stays."""

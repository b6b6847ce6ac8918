"""Errors of the pages, each with the thing and its fix in words."""


class PagesError(Exception):
    """No page was replaced; says what is wrong and how to mend it."""

    def __init__(self, subject: str, problem: str, *, fix: str) -> None:
        super().__init__(f"{subject}: {problem} Fix: {fix}")
        self.subject, self.problem, self.fix = subject, problem, fix


class BoardRefused(PagesError):
    """A board, chart or wording of this project is wrong."""


class ReleaseUnreadable(PagesError):
    """The release lacks a file, a mart or a column that a board reads."""


class TargetRefused(PagesError):
    """The pages cannot be written where they should go."""

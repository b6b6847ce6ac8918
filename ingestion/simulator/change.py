"""A change: one step of a repository's default branch, and who wrote it."""

from dataclasses import dataclass

REPOSITORIES = ("platform", "ledger", "runtime", "tooling")
# This one keeps branches and merges them; the others squash.
MERGING = "ledger"
BOT_NAME = "dependabot[bot]"
BOT_EMAIL = "49699333+dependabot[bot]@users.noreply.github.com"
_MACHINE_MADE = {"lock_file", "vendored", "generated"}


@dataclass(frozen=True, slots=True)
class Author:
    """Who a commit names; `person_id` None is a bot, CI or a stranger to HR."""

    person_id: str | None
    name: str
    email: str
    offset_minutes: int


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the default branch: a squashed or merged piece of work.

    `kind` is source, documentation, lock_file, vendored, generated, binary or revert.
    `partner` wrote `partner_share` of the lines, or is named as co-author only (0).
    `reverts` is the number of the change that this one undoes.
    """

    repository: str
    number: int
    kind: str
    team: str
    author: Author
    authored_ms: int
    merged_ms: int
    issue_id: int | None
    issue_key: str | None
    partner: Author | None = None
    partner_share: float = 0.0
    assistant: str | None = None
    reverts: int | None = None

    @property
    def counts(self) -> bool:
        """Whether it is merged work: neither undone work nor machine-made files."""
        return self.kind not in {*_MACHINE_MADE, "revert"}

    def credited(self) -> tuple[Author, ...]:
        """The human authors who share the credit in equal parts."""
        if self.author.email == BOT_EMAIL or not self.counts:
            return ()
        shares = self.partner is not None and not 0 < self.partner_share < 0.1
        return (
            (self.author, self.partner) if shares and self.partner else (self.author,)
        )

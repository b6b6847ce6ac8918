"""Columns that the tables of every host have, with what they mean."""

from typing import Final

Column = tuple[str, str, str]

KIND: Final = "human, bot or unknown, as for a deleted account."
HOST: Final[Column] = ("host", "string", "Name of the host in the configuration.")
HOST_REPOSITORY: Final[Column] = (
    "host_repository",
    "string",
    "Repository or project at the host, as configured.",
)
REPOSITORY: Final[tuple[Column, ...]] = (
    HOST_REPOSITORY,
    ("repository", "string", "The same one in `sources.git`; null if not mapped."),
)
NUMBER: Final[Column] = ("number", "bigint", "Number in the repository.")
# Of a pull request: who opened it, and what its words say beside their meaning.
AUTHOR: Final[tuple[Column, ...]] = (
    ("author_account_id", "string", "Author; null if the account is deleted."),
    ("author_kind", "string", KIND),
)
WORDS: Final[tuple[Column, ...]] = (
    ("is_revert", "boolean", "Says that it takes back another one."),
    ("reverts_number", "bigint", "Number of that one; null if not named."),
    (
        "issue_keys",
        "string",
        "Issue keys of title, branch and text, sorted, comma between.",
    ),
)
CREATED: Final[Column] = ("created_at", "timestamp", "Opened, UTC.")
UPDATED: Final[Column] = (
    "updated_at",
    "timestamp",
    "Last update, UTC; the cursor of the next pull.",
)
# Of a commit of a pull request.
COMMIT: Final[Column] = ("commit_sha", "string", "Commit.")
COMMIT_ACCOUNT: Final[Column] = (
    "author_account_id",
    "string",
    "Account of the author; null if unknown.",
)
COMMIT_AUTHOR: Final[tuple[Column, ...]] = (
    ("author_email", "string", "Author e-mail as in the commit; null if empty."),
    ("authored_at", "timestamp", "Author's own time, UTC."),
)

"""Tables of Git repositories: the default branch, who wrote it, and what changed."""

from ingestion.table import Table, columns

SOURCE = "git"
REPOSITORY = ("repository", "string", "Name of the repository in the configuration.")
PATH_KIND = (
    "path_kind",
    "string",
    "source, generated, vendored, documentation or lock_file.",
)

REFS = Table(
    SOURCE,
    "refs",
    "The default branch of each repository as last read; where the next pull starts.",
    "entity",
    key=("repository", "ref"),
    columns=columns(
        REPOSITORY,
        ("ref", "string", "Full name of the ref."),
        ("tip_sha", "string", "Commit it pointed to."),
        ("commits", "bigint", "Commits reachable from it."),
        (
            "is_rewritten",
            "boolean",
            "The last pull found the earlier tip no longer reachable.",
        ),
        (
            "unreadable_paths",
            "bigint",
            "Paths left out because their objects cannot be read.",
        ),
        (
            "rules_hash",
            "string",
            "What else decided the rows: .gitattributes, .mailmap, configured bots; a "
            "change has everything read again.",
        ),
    ),
    is_census=True,  # one ref counts; the one before it is marked as gone
)
COMMITS = Table(
    SOURCE,
    "commits",
    "Commits of the default branch. Messages are read for keys and trailers and not kept.",
    "entity",
    key=("repository", "commit_sha"),
    columns=columns(
        REPOSITORY,
        ("commit_sha", "string", "Commit."),
        (
            "mainline_sha",
            "string",
            "First-parent commit that brought it to the branch.",
        ),
        ("parents", "bigint", "Number of parents; above 1 is a merge."),
        ("author_name", "string", "Author name as given; never used to match."),
        ("author_email", "string", "Author e-mail as given."),
        (
            "committer_email",
            "string",
            "Committer e-mail; often the host, never a person.",
        ),
        (
            "issue_keys",
            "string",
            "Issue keys in the message, sorted, comma between; null if none.",
        ),
        (
            "reverts_sha",
            "string",
            "Commit that this one says it reverts; null if none.",
        ),
        ("is_revert", "boolean", "Subject or body says it reverts another."),
        ("authored_at", "timestamp", "Author time, UTC; set by the author's machine."),
        ("author_offset_minutes", "bigint", "Author's offset from UTC."),
        ("committed_at", "timestamp", "Committer time, UTC."),
    ),
)
COMMIT_AUTHORS = Table(
    SOURCE,
    "commit_authors",
    "Author and co-authors of each commit, once per e-mail, from the whole message.",
    "entity",
    key=("repository", "commit_sha", "author_email"),
    columns=columns(
        REPOSITORY,
        ("commit_sha", "string", "Commit."),
        ("author_email", "string", "E-mail, lower case."),
        (
            "mailmap_email",
            "string",
            "The e-mail that the repository's .mailmap gives for it, lower case; null "
            "if it says nothing else.",
        ),
        ("author_name", "string", "Name as given; never used to match."),
        ("author_role", "string", "author or co_author."),
        ("author_kind", "string", "human, bot or ai_assistant, by exact address."),
    ),
)
FILE_CHANGES = Table(
    SOURCE,
    "file_changes",
    "Lines changed per file of each commit that is no merge, renames followed.",
    "entity",
    key=("repository", "commit_sha", "change_ordinal"),
    columns=columns(
        REPOSITORY,
        ("commit_sha", "string", "Commit."),
        ("change_ordinal", "bigint", "Position in the commit, from 0."),
        ("path", "string", "Path after the change."),
        ("old_path", "string", "Path before a rename; null if not renamed."),
        ("added_lines", "bigint", "Lines added; null for a binary file."),
        ("deleted_lines", "bigint", "Lines deleted; null for a binary file."),
        PATH_KIND,
    ),
)
LINE_REMOVALS = Table(
    SOURCE,
    "line_removals",
    "Lines that each mainline commit removed, by the mainline commit that wrote them.",
    "entity",
    key=("repository", "mainline_sha", "written_sha", "path_kind"),
    columns=columns(
        REPOSITORY,
        ("mainline_sha", "string", "First-parent commit that removed the lines."),
        (
            "written_sha",
            "string",
            "First-parent commit that wrote them; `unknown` after a binary version.",
        ),
        PATH_KIND,
        ("removed_lines", "bigint", "Lines removed or replaced."),
    ),
)
MAINLINE_LINES = Table(
    SOURCE,
    "mainline_lines",
    "Lines of each mainline commit against its first parent; a merge with all it brings.",
    "entity",
    key=("repository", "mainline_sha", "path_kind"),
    columns=columns(
        REPOSITORY,
        ("mainline_sha", "string", "First-parent commit."),
        PATH_KIND,
        ("added_lines", "bigint", "Lines added; binary files have none."),
        ("removed_lines", "bigint", "Lines removed."),
    ),
)
TABLES = (
    REFS, COMMITS, COMMIT_AUTHORS, FILE_CHANGES, LINE_REMOVALS, MAINLINE_LINES
)  # fmt: skip

"""Tables of deliverables: items of files with their people, and how feeds are read."""

from ingestion.table import Table, columns

SOURCE = "deliverables"
FEED = ("feed", "string", "Name of the feed in the configuration.")

FEEDS = Table(
    SOURCE,
    "feeds",
    "Files and Jira projects that hold deliverables, as the configuration has them.",
    "entity",
    key=("feed",),
    columns=columns(
        FEED,
        ("feed_kind", "string", "files or jira."),
        ("site", "string", "Jira site; null for files."),
        ("project_key", "string", "Jira project; null for files."),
        (
            "rating_lowest",
            "decimal(18,6)",
            "Worst rating of its scale; null if unrated.",
        ),
        (
            "rating_highest",
            "decimal(18,6)",
            "Best rating of its scale; null if unrated.",
        ),
    ),
    is_census=True,
)
MEANINGS = Table(
    SOURCE,
    "meanings",
    "Which statuses of a Jira project mean started, delivered and returned, and which types of issues are its items.",
    "entity",
    key=("feed", "meaning", "word"),
    columns=columns(
        FEED,
        ("meaning", "string", "started, delivered, returned or item."),
        ("word", "string", "Id or name of a status, or of a type for item."),
    ),
    is_census=True,
)
ITEMS = Table(
    SOURCE,
    "items",
    "Items of files: what was started, delivered, returned for rework and rated.",
    "entity",
    key=("feed", "item_id"),
    columns=columns(
        FEED,
        ("item_id", "string", "Id of the item in its feed."),
        ("item_kind", "string", "Kind of item, e.g. report; null if unsaid."),
        ("project", "string", "Project or campaign; null if unsaid."),
        ("client", "string", "Client as given; null if unsaid."),
        ("started_at", "timestamp", "Work began, UTC; null if unsaid."),
        ("delivered_at", "timestamp", "Delivered, UTC; null while it is not."),
        (
            "returned_n",
            "bigint",
            "Times it came back for rework; null if not reported.",
        ),
        ("last_returned_at", "timestamp", "Last came back, UTC; null if unsaid."),
        ("rating", "decimal(18,6)", "The client's rating; null if none was given."),
    ),
    is_census=True,
)
PEOPLE = Table(
    SOURCE,
    "people",
    "Who wrote, helped with and reviewed each item of a file.",
    "entity",
    key=("feed", "item_id", "account_id", "involvement"),
    columns=columns(
        FEED,
        ("item_id", "string", "Id of the item in its feed."),
        ("account_id", "string", "E-mail in lower case, or id as given; never a name."),
        ("involvement", "string", "author, contributor or reviewer."),
    ),
    is_census=True,
)
TABLES = (FEEDS, MEANINGS, ITEMS, PEOPLE)

"""Tables of Jira: issues, their history, and the directories that explain both."""

from ingestion.table import Table, columns

SOURCE = "jira"
SITE = ("site", "string", "Name of the Jira site in the configuration.")

ISSUES = Table(
    SOURCE,
    "issues",
    "Issues at their newest known state. Titles and texts are never read.",
    "entity",
    key=("site", "issue_id"),
    columns=columns(
        SITE,
        ("issue_id", "string", "Stable id; survives a move between projects."),
        ("issue_key", "string", "Key as of now, e.g. ABC-12."),
        ("project_id", "string", "Project."),
        ("project_key", "string", "Project key as of now."),
        ("issue_type_id", "string", "Type."),
        ("issue_type_name", "string", "Type as the site names it."),
        ("is_subtask", "boolean", "A sub-task of another issue."),
        ("parent_issue_id", "string", "Parent or epic; null if none."),
        ("status_id", "string", "Status now."),
        ("status_name", "string", "Status as the site names it."),
        (
            "status_category_id",
            "string",
            "1 undefined, 2 to do, 4 in progress, 3 done.",
        ),
        ("status_category_key", "string", "Category key as given."),
        ("resolution_name", "string", "Resolution; null while unresolved."),
        ("priority_name", "string", "Priority; null if none."),
        ("assignee_account_id", "string", "Assignee now; null if none."),
        ("creator_account_id", "string", "Creator; null if deleted."),
        ("story_points", "double", "Estimate; null is not estimated, 0 is zero."),
        (
            "sprint_ids",
            "string",
            "All sprints it ever was in, ascending, comma between; null if none.",
        ),
        ("comments_n", "bigint", "Comments; null unless the site's are counted."),
        ("created_at", "timestamp", "Created, UTC."),
        ("updated_at", "timestamp", "Last update, UTC; the cursor of the next pull."),
        ("resolved_at", "timestamp", "Resolution date; null while unresolved."),
    ),
)
CHANGELOG_ITEMS = Table(
    SOURCE,
    "changelog_items",
    "Every change of status, assignee, resolution, estimate, sprint, key and project.",
    "entity",
    key=("site", "issue_id", "history_id", "item_ordinal"),
    columns=columns(
        SITE,
        ("issue_id", "string", "Issue."),
        ("history_id", "string", "History entry; one entry may hold several items."),
        ("item_ordinal", "bigint", "Position of the item in its entry, from 0."),
        ("author_account_id", "string", "Who changed it; null if unknown."),
        (
            "author_account_type",
            "string",
            "atlassian, app or customer; null if unknown.",
        ),
        ("field", "string", "Name of the field as given."),
        ("field_id", "string", "Id of the field."),
        ("from_id", "string", "Value before, as id; null if none."),
        ("from_string", "string", "Value before, as shown then."),
        ("to_id", "string", "Value after, as id; null if none."),
        ("to_string", "string", "Value after, as shown then."),
        ("changed_at", "timestamp", "When, UTC."),
    ),
)
FIELDS = Table(
    SOURCE,
    "fields",
    "Fields of the site, for the discovery of estimates and sprints.",
    "entity",
    key=("site", "field_id"),
    columns=columns(
        SITE,
        ("field_id", "string", "Id, e.g. customfield_10016."),
        ("field_name", "string", "Name as the site shows it."),
        ("schema_custom", "string", "Kind of custom field; null for system fields."),
        ("is_story_points", "boolean", "Chosen as the estimate of this site."),
    ),
    is_census=True,
)
STATUSES = Table(
    SOURCE,
    "statuses",
    "Statuses and their category. Names repeat between projects; ids do not.",
    "entity",
    key=("site", "status_id"),
    columns=columns(
        SITE,
        ("status_id", "string", "Status."),
        ("status_name", "string", "Name as the site shows it."),
        (
            "status_category_id",
            "string",
            "1 undefined, 2 to do, 4 in progress, 3 done.",
        ),
        ("status_category_key", "string", "Category key as given."),
        ("project_id", "string", "Project that owns it; null if global."),
    ),
    is_census=True,
)
USERS = Table(
    SOURCE,
    "users",
    "Accounts of the site. E-mails are mostly hidden by their owners.",
    "entity",
    key=("site", "account_id"),
    columns=columns(
        SITE,
        (
            "account_id",
            "string",
            "Atlassian account id; on Data Center site/key of the user.",
        ),
        (
            "account_type",
            "string",
            "atlassian, app or customer; null on Data Center, which does not say.",
        ),
        ("display_name", "string", "Name as shown; never used to match."),
        ("email", "string", "E-mail; null when hidden."),
        ("is_active", "boolean", "The account is active."),
    ),
    is_census=True,
)
PROJECTS = Table(
    SOURCE,
    "projects",
    "Projects the key can see. A vanished project is lost access, not deletion.",
    "entity",
    key=("site", "project_id"),
    columns=columns(
        SITE,
        ("project_id", "string", "Project."),
        ("project_key", "string", "Key as of now."),
        ("project_name", "string", "Name."),
        ("project_style", "string", "classic or next-gen; null if not sent."),
    ),
    is_census=True,
)
BOARDS = Table(
    SOURCE,
    "boards",
    "Boards of the site and the field in which each estimates.",
    "entity",
    key=("site", "board_id"),
    columns=columns(
        SITE,
        ("board_id", "string", "Board."),
        ("board_name", "string", "Name as the site shows it."),
        ("board_type", "string", "scrum, kanban or simple."),
        ("project_id", "string", "Project it is at home in; null for a person's own."),
        (
            "estimation_field_id",
            "string",
            "Field that holds its estimates; null if it counts issues or has none.",
        ),
    ),
    is_census=True,
)
SPRINTS = Table(
    SOURCE,
    "sprints",
    "Sprints, each once whatever boards show it.",
    "entity",
    key=("site", "sprint_id"),
    columns=columns(
        SITE,
        ("sprint_id", "string", "Sprint."),
        ("sprint_name", "string", "Name as the site shows it."),
        ("state", "string", "future, active or closed."),
        ("board_id", "string", "Board that owns it; null if not sent."),
        ("started_at", "timestamp", "Started, UTC; null before."),
        ("ends_at", "timestamp", "Planned end, UTC; null if none is set."),
        ("completed_at", "timestamp", "Closed, UTC; null before."),
    ),
    is_census=True,
)
WORKLOGS = Table(
    SOURCE,
    "worklogs",
    "Time logged on issues. What was written with it is never read.",
    "entity",
    key=("site", "worklog_id"),
    columns=columns(
        SITE,
        ("worklog_id", "string", "Entry."),
        ("issue_id", "string", "Issue."),
        ("author_account_id", "string", "Who logged it; null if deleted."),
        ("started_at", "timestamp", "Start as the author typed it, UTC."),
        ("seconds", "bigint", "Seconds worked, as the author typed them."),
        ("updated_at", "timestamp", "Last change, UTC; the cursor of the next pull."),
    ),
)
SATISFACTIONS = Table(
    SOURCE,
    "satisfactions",
    "Answers of customers of service projects; only those asked could answer.",
    "entity",
    key=("site", "issue_id"),
    columns=columns(
        SITE,
        ("issue_id", "string", "Request that was rated."),
        ("rating", "bigint", "1 to 5, 5 being best."),
        ("rated_at", "timestamp", "When, UTC; null if not sent."),
    ),
    is_census=True,
)
DEVELOPMENT_LINKS = Table(
    SOURCE,
    "development_links",
    "What issues' development panels showed. A link once shown is kept.",
    "entity",
    key=("site", "issue_id", "link_kind", "identifier", "url_host"),
    columns=columns(
        SITE,
        ("issue_id", "string", "Issue."),
        ("link_kind", "string", "pull_request, commit or branch."),
        (
            "identifier",
            "string",
            "repository#number of a pull request, sha of a commit, newest sha of a "
            "branch.",
        ),
        ("url_host", "string", "Host that has it, e.g. github.com; empty if unsaid."),
    ),
)
ISSUE_ABSENCES = Table(
    SOURCE,
    "issue_absences",
    "Issues that landed before and are not listed now, and why.",
    "entity",
    key=("site", "issue_id"),
    columns=columns(
        SITE,
        ("issue_id", "string", "Issue."),
        (
            "absence",
            "string",
            "hidden: its project or the issue may not be seen any more; moved_away: "
            "it is in a project that is not configured; gone: deleted, or on Cloud "
            "hidden by its security level, which answers alike.",
        ),
        (
            "moved_to_project_id",
            "string",
            "Project it moved to; null unless moved_away.",
        ),
    ),
)
TABLES = (
    ISSUES,
    CHANGELOG_ITEMS,
    ISSUE_ABSENCES,
    WORKLOGS,
    SATISFACTIONS,
    DEVELOPMENT_LINKS,
    FIELDS,
    STATUSES,
    USERS,
    PROJECTS,
    BOARDS,
    SPRINTS,
)

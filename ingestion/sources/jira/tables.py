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
        ("account_id", "string", "Atlassian account id."),
        ("account_type", "string", "atlassian, app or customer."),
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
TABLES = (ISSUES, CHANGELOG_ITEMS, FIELDS, STATUSES, USERS, PROJECTS)

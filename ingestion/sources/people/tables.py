"""Tables of the people file and the working-time calendar."""

from ingestion.table import Table, columns

SOURCE = "people"
VALID = (
    ("valid_from", "date", "First day it holds."),
    ("valid_to", "date", "Last day it holds; null if it still does."),
)

PERSONS = Table(
    SOURCE,
    "persons",
    "Who works here, in what position, from when to when. One row per unchanged span.",
    "entity",
    key=("person_id", "valid_from"),
    columns=columns(
        ("person_id", "string", "Stable internal id."),
        ("full_name", "string", "Name for pages; resolves nothing, but may suggest."),
        ("email", "string", "Work e-mail in this span, lower case."),
        ("manager_id", "string", "Manager's person id; null at the top."),
        ("team", "string", "Team in this span."),
        ("role", "string", "Role, e.g. engineer."),
        ("level", "string", "Level within the role."),
        ("work_type", "string", "Kind of work, e.g. greenfield, legacy, operations."),
        ("location", "string", "Names the working-time calendar."),
        ("entity", "string", "Legal entity that employs the person."),
        ("fte", "double", "Full-time equivalent, above 0 to 1."),
        *VALID,
    ),
    is_census=True,
)
ACCOUNTS = Table(
    SOURCE,
    "accounts",
    "Links of accounts to persons that the organisation vouches for, with validity.",
    "entity",
    key=("source", "account", "valid_from"),
    columns=columns(
        ("source", "string", "anthropic, jira or git."),
        (
            "account",
            "string",
            "Vendor user id or Jira account id as given; e-mails in lower case.",
        ),
        ("person_id", "string", "Person it belongs to."),
        ("method", "string", "directory_id, verified_alias or operator."),
        ("evidence", "string", "Where the link is written down; null if nowhere."),
        *VALID,
    ),
    is_census=True,
)
KEY_OWNERS = Table(
    SOURCE,
    "key_owners",
    "What an API key is for and who answers for it.",
    "entity",
    key=("source", "api_key_id", "valid_from"),
    columns=columns(
        ("source", "string", "Vendor of the key."),
        ("api_key_id", "string", "Vendor's key id."),
        ("purpose", "string", "personal, shared, ci or product."),
        ("owner_person_id", "string", "Owner; null for a pool that nobody owns."),
        (
            "cost_pool",
            "string",
            "Pool that bears the cost of a key that is not personal.",
        ),
        ("evidence", "string", "Where it is written down; null if nowhere."),
        *VALID,
    ),
    is_census=True,
)
ABSENCES = Table(
    SOURCE,
    "absences",
    "Share of working time absent. The reason is never read.",
    "entity",
    key=("person_id", "valid_from"),
    columns=columns(
        ("person_id", "string", "Person."),
        ("absent_fraction", "double", "Share of the day absent, above 0 to 1."),
        *VALID,
    ),
    is_census=True,
)
HOLIDAYS = Table(
    SOURCE,
    "holidays",
    "Weekdays of a location that are not, or not fully, worked.",
    "entity",
    key=("location", "holiday_date"),
    columns=columns(
        ("location", "string", "Location."),
        ("holiday_date", "date", "Day."),
        (
            "working_fraction",
            "double",
            "Share of the day that is worked, from 0 to below 1.",
        ),
    ),
    is_census=True,
)
LOCATIONS = Table(
    SOURCE,
    "locations",
    "Locations whose working time is known, and for which days.",
    "entity",
    key=("location",),
    columns=columns(
        ("location", "string", "Location."),
        ("weekend_days", "string", "ISO weekdays not worked, comma between, e.g. 6,7."),
        ("known_from", "date", "First day the calendar covers."),
        ("known_to", "date", "Last day the calendar covers."),
    ),
    is_census=True,
)
TABLES = (PERSONS, ACCOUNTS, KEY_OWNERS, ABSENCES, HOLIDAYS, LOCATIONS)

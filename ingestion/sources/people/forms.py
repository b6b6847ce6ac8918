"""The six files of people and working time, each read and judged as a whole.

Both `valid_from` and `valid_to` are days that hold; an empty `valid_to` is open.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from ingestion.errors import BadInput
from ingestion.sheets.faults import Fault, refuse
from ingestion.sheets.rules import (
    needed_faults,
    order_faults,
    overlap_faults,
    reference_faults,
    repeat_faults,
)
from ingestion.sheets.sheet import Field, Sheet, header, sheet
from ingestion.sheets.values import Reader, day, one_of, text
from ingestion.sources.people.values import (
    account,
    email,
    share,
    source,
    weekdays,
    worked_share,
)

VALID: Final = (Field("valid_from", day), Field("valid_to", day, is_required=False))
PERSONS: Final = (
    Field("person_id", text),
    Field("full_name", text, is_required=False),
    Field("email", email, is_required=False),
    Field("manager_id", text, is_required=False),
    Field("team", text),
    Field("role", text, is_required=False),
    Field("level", text, is_required=False),
    Field("work_type", text, is_required=False),
    Field("location", text),
    Field("entity", text),
    Field("fte", share),
    *VALID,
)
ACCOUNTS: Final = (
    Field("account", account),
    Field("person_id", text),
    Field("method", one_of("directory_id", "verified_alias", "operator")),
    Field("evidence", text, is_required=False),
    *VALID,
)
KEY_OWNERS: Final = (
    Field("api_key_id", text),
    Field("purpose", one_of("personal", "shared", "ci", "product")),
    Field("owner_person_id", text, is_required=False),
    Field("cost_pool", text, is_required=False),
    Field("evidence", text, is_required=False),
    *VALID,
)
ABSENCES: Final = (
    Field("person_id", text),
    Field("absent_fraction", share),
    *VALID,
)
HOLIDAYS: Final = (
    Field("location", text),
    Field("holiday_date", day),
    Field("working_fraction", worked_share),
)
LOCATIONS: Final = (
    Field("location", text),
    Field("weekend_days", weekdays, is_required=False),
    Field("known_from", day),
    Field("known_to", day),
)
# Words in a column's name that promise why someone is absent. Such a file is refused
# before any of its rows is looked at.
REASONS: Final = (
    *("reason", "type", "kind", "cause", "category", "diagnos", "illness", "sick"),
    *("leave", "note", "comment", "remark", "description"),
)


def persons(path: Path) -> Sheet:
    """Who works here, when and in what position."""
    read = sheet(path, PERSONS)
    refuse(path, _person_faults(read))
    return read


def accounts(path: Path, sources: Collection[str] = ()) -> Sheet:
    """Accounts that the organisation vouches for, of these sources; of any without."""
    fields = (Field("source", _known(sources)), *ACCOUNTS)
    read = sheet(path, fields, may_be_empty=True)
    key = ("source", "account")
    refuse(
        path,
        [
            *order_faults(read, "valid_from", "valid_to"),
            *overlap_faults(read, key, "account", "linked at the same time in"),
        ],
    )
    return read


def key_owners(path: Path, sources: Collection[str] = ()) -> Sheet:
    """What API keys of these sources are for, and who answers for them; of any source
    without."""
    fields = (Field("source", _known(sources)), *KEY_OWNERS)
    read = sheet(path, fields, may_be_empty=True)
    key = ("source", "api_key_id")
    refuse(
        path,
        [
            *order_faults(read, "valid_from", "valid_to"),
            *overlap_faults(read, key, "valid_from", "its span overlaps"),
            *needed_faults(read, "owner_person_id", "purpose", "personal"),
            *needed_faults(read, "cost_pool", "purpose", "shared", "ci", "product"),
        ],
    )
    return read


def absences(path: Path) -> Sheet:
    """Shares of working time absent; a file that names reasons is refused unread."""
    for name in header(path, ABSENCES):
        if any(word in name.lower() for word in REASONS):
            raise BadInput(
                f"{path.name} line 1",
                "reasons of absence are never read.",
                field=name,
                fix="remove the column before the file comes here; only person, share "
                "and dates are needed.",
            )
    read = sheet(path, ABSENCES, may_be_empty=True)
    refuse(
        path,
        [
            *order_faults(read, "valid_from", "valid_to"),
            *overlap_faults(read, ("person_id",), "valid_from", "the absence overlaps"),
        ],
    )
    return read


def holidays(path: Path) -> Sheet:
    """Days that a location does not, or not fully, work."""
    read = sheet(path, HOLIDAYS, may_be_empty=True)
    refuse(path, repeat_faults(read, "location", "holiday_date"))
    return read


def locations(path: Path) -> Sheet:
    """Locations whose calendar is known."""
    read = sheet(path, LOCATIONS)
    refuse(
        path,
        [
            *order_faults(read, "known_from", "known_to"),
            *repeat_faults(read, "location"),
        ],
    )
    return read


def _known(sources: Collection[str]) -> Reader:
    """A reader of the names of these sources, or of whatever could be such a name."""
    return one_of(*sorted(sources)) if sources else source


def _person_faults(persons: Sheet) -> Iterator[Fault]:
    ids = set(persons.columns["person_id"])
    yield from order_faults(persons, "valid_from", "valid_to")
    yield from overlap_faults(
        persons, ("person_id",), "valid_from", "the span overlaps"
    )
    yield from overlap_faults(
        persons,
        ("email",),
        "email",
        "another person has this e-mail at the same time in",
        differing="person_id",
    )
    yield from reference_faults(persons, "manager_id", ids, "column person_id")
    for line, person, manager in persons.rows("person_id", "manager_id"):
        if person == manager:
            yield Fault(
                line,
                "manager_id",
                f"{person} is named as their own manager.",
                "name the manager, or leave the cell empty at the top.",
            )

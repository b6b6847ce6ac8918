"""The six files together: what they say about each other, and what lands of them.

files → each judged as a whole → references between them → one page a table
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingestion.page import Page
from ingestion.probe import Findings, Probe
from ingestion.sheets.faults import refuse
from ingestion.sheets.rules import reference_faults
from ingestion.sheets.sheet import Sheet
from ingestion.sources.people import forms, tables
from ingestion.table import Table


@dataclass(frozen=True)
class Sheets:
    """All files, each without a fault of its own."""

    persons: Sheet
    accounts: Sheet
    key_owners: Sheet
    absences: Sheet
    holidays: Sheet
    locations: Sheet


def files(
    *,
    persons: Path,
    accounts: Path,
    key_owners: Path,
    absences: Path,
    holidays: Path,
    locations: Path,
    sources: Collection[str] = (),
) -> Iterator[tuple[Table, Iterator[Page]]]:
    """Each table of people with its page, once all files are right; raises BadInput
    before the first one if any is not. Accounts and keys are of `sources`, if given.
    """
    sheets = Sheets(
        persons=forms.persons(persons),
        accounts=forms.accounts(accounts, sources),
        key_owners=forms.key_owners(key_owners, sources),
        absences=forms.absences(absences),
        holidays=forms.holidays(holidays),
        locations=forms.locations(locations),
    )
    check_references(sheets)
    for table in tables.TABLES:
        sheet: Sheet = getattr(sheets, table.name)
        yield table, iter([Page(sheet.columns)])


def check_references(sheets: Sheets) -> None:
    """Raises BadInput if a file names a person or location that its own file lacks."""
    persons, locations = sheets.persons, sheets.locations
    for sheet, column, known in (
        (persons, "location", locations),
        (sheets.accounts, "person_id", persons),
        (sheets.key_owners, "owner_person_id", persons),
        (sheets.absences, "person_id", persons),
        (sheets.holidays, "location", locations),
    ):
        values = set(known.columns["location" if known is locations else "person_id"])
        faults = reference_faults(sheet, column, values, known.path.name)
        refuse(sheet.path, faults)


def probe(
    *,
    persons: Path,
    accounts: Path,
    key_owners: Path,
    absences: Path,
    holidays: Path,
    locations: Path,
    sources: Collection[str] = (),
) -> Probe:
    """Whether all files can be used together, else the faults of the first."""
    findings = Findings()
    reading = files(
        persons=persons,
        accounts=accounts,
        key_owners=key_owners,
        absences=absences,
        holidays=holidays,
        locations=locations,
        sources=sources,
    )
    findings.attempt("people and calendar files", lambda: list(reading))
    return Probe(
        "people",
        account=str(persons.parent),
        permissions=tuple(findings.permissions),
        problems=tuple(findings.problems),
    )

"""The people file and the calendar: what is read, and what each fault says."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.clock import FixedClock
from ingestion.errors import BadInput
from ingestion.lake import Lake
from ingestion.sheets.rules import overlap_faults
from ingestion.sheets.sheet import Sheet
from ingestion.sources import people
from ingestion.sources.people import forms, tables

FILES = {
    "persons": (
        "person_id,full_name,email,manager_id,team,role,level,work_type,"
        "location,entity,fte,valid_from,valid_to\n"
        "p1,Person One,One@Company.example,,alpha,engineer,L4,greenfield,"
        "north,Works,1,2025-01-01,2025-12-31\n"
        "p1,Person One,one@company.example,p2,beta,engineer,L5,legacy,"
        "north,Works,0.8,2026-01-01,\n"
        "p2,Person Two,two@company.example,,alpha,manager,,,"
        "south,Works,1,2025-01-01,\n"
    ),
    "accounts": """\
source,account,person_id,method,evidence,valid_from,valid_to
anthropic,user_1A,p1,directory_id,,2025-01-01,
git,One.Old@Company.example,p1,verified_alias,ticket 7,2025-01-01,2025-06-30
git,one.old@company.example,p2,operator,ticket 8,2025-07-01,
""",
    "key_owners": """\
source,api_key_id,purpose,owner_person_id,cost_pool,evidence,valid_from,valid_to
anthropic,apikey_1,personal,p1,,,2025-01-01,
anthropic,apikey_2,ci,,builds,,2025-01-01,
""",
    "absences": """\
person_id,absent_fraction,valid_from,valid_to
p1,1,2026-02-02,2026-02-06
p1,0.5,2026-02-07,2026-02-08
""",
    "holidays": """\
location,holiday_date,working_fraction
north,2026-12-24,0.5
north,2026-12-25,0
south,2026-12-25,0
""",
    "locations": """\
location,weekend_days,known_from,known_to
north,"7,6",2025-01-01,2027-12-31
south,"5, 6",2025-01-01,2027-12-31
""",
}


def written(folder: Path, **changed: str) -> dict[str, Path]:
    """All files in the folder, those of `changed` with other content."""
    paths = {name: folder / f"{name}.csv" for name in FILES}
    for name, path in paths.items():
        path.write_text((FILES | changed)[name], encoding="utf-8")
    return paths


def refused(folder: Path, **changed: str) -> BadInput:
    """The error that a change to the files ends in."""
    with pytest.raises(BadInput) as caught:
        list(people.files(**written(folder, **changed)))
    return caught.value


def persons_with(*lines: str) -> str:
    """The persons file with more lines."""
    return FILES["persons"] + "".join(f"{line}\n" for line in lines)


def test_all_files_give_one_page_a_table_with_its_columns(tmp_path: Path) -> None:
    landed = dict(people.files(**written(tmp_path)))
    assert tuple(landed) == tables.TABLES
    for table, pages in landed.items():
        (page,) = pages
        assert set(page.columns) == {column.name for column in table.columns}


def test_all_files_land_in_the_lake(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake", FixedClock(datetime(2027, 2, 5, tzinfo=UTC)))
    counts = {
        table.name: lake.merge(table, pages).row_count
        for table, pages in people.files(**written(tmp_path))
    }
    assert counts == {
        "persons": 3,
        "accounts": 3,
        "key_owners": 2,
        "absences": 2,
        "holidays": 3,
        "locations": 2,
    }


def test_persons_without_an_email_do_not_clash(tmp_path: Path) -> None:
    lines = [f"q{n},,,,a,,,,north,Works,1,2025-01-01," for n in (1, 2)]
    path = written(tmp_path, persons=persons_with(*lines))["persons"]
    assert forms.persons(path).columns["email"][-2:] == [None, None]


def test_values_are_typed_and_empty_cells_are_null(tmp_path: Path) -> None:
    columns = forms.persons(written(tmp_path)["persons"]).columns
    assert columns["email"][0] == "one@company.example"
    assert columns["manager_id"] == [None, "p2", None]
    assert columns["fte"] == [1.0, 0.8, 1.0]
    assert columns["valid_to"] == [date(2025, 12, 31), None, None]
    assert columns["work_type"] == ["greenfield", "legacy", None]


def test_emails_are_lowered_and_vendor_ids_are_not(tmp_path: Path) -> None:
    columns = forms.accounts(written(tmp_path)["accounts"]).columns
    assert columns["account"] == ["user_1A", *["one.old@company.example"] * 2]


def test_weekdays_are_put_in_order(tmp_path: Path) -> None:
    columns = forms.locations(written(tmp_path)["locations"]).columns
    assert columns["weekend_days"] == ["6,7", "5,6"]


def test_byte_order_marks_line_ends_blank_lines_and_quotes_do_not_matter(
    tmp_path: Path,
) -> None:
    path = written(tmp_path)["persons"]
    expected = forms.persons(path).columns
    lines = FILES["persons"].replace("Person One", '"Person One"').split("\n")
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n\r\n".join(lines).encode())
    assert forms.persons(path).columns == expected


def test_lines_are_counted_over_quoted_line_breaks(tmp_path: Path) -> None:
    text = FILES["persons"].replace("Person One", '"Person\nOne"', 1)
    error = refused(
        tmp_path, persons=text + "p3,,three,,a,,,,north,Works,1,2025-01-01,\n"
    )
    assert error.source == "persons.csv line 6"


@pytest.mark.parametrize(
    ("change", "where", "problem", "fix"),
    [
        (("2026-01-01,\n", "01/01/2026,\n"), "3 valid_from", "no date", "YYYY-MM-DD"),
        (("2026-01-01,\n", "20260101,\n"), "3 valid_from", "no date", "YYYY-MM-DD"),
        (("2026-01-01,\n", "2026-02-30,\n"), "3 valid_from", "no date", "YYYY-MM-DD"),
        (("2025-12-31", "2024-12-31"), "2 valid_to", "lies before", "one of the two"),
        (("Works,0.8", "Works,80"), "3 fte", "at most 1", "1 or 0.8"),
        (("Works,0.8", "Works,0"), "3 fte", "not above 0", "1 or 0.8"),
        (("Works,0.8", "Works,full"), "3 fte", "no number", "with a point"),
        (("Works,0.8", "Works,nan"), "3 fte", "no number", "with a point"),
        (("One@Company", "One.Company"), "2 email", "no e-mail", "full address"),
        (("p1,Person One,one@", ",Person One,one@"), "3 person_id", "empty", "fill"),
        (("2026-01-01,\n", "2025-12-31,\n"), "3 valid_from", "overlaps line 2", "day"),
        ((",p2,beta", ",p9,beta"), "3 manager_id", "'p9' is not in", "add it"),
        ((",p2,beta", ",p1,beta"), "3 manager_id", "their own manager", "at the top"),
        (("north,Works,0.8", "nort,Works,0.8"), "3 location", "locations.csv", "north"),
        (("alpha,manager", "alpha,x,manager"), "4 (the row)", "14 cells", "quotes"),
    ],
)
def test_each_fault_of_the_persons_file_names_line_column_and_fix(
    tmp_path: Path, change: tuple[str, str], where: str, problem: str, fix: str
) -> None:
    text = FILES["persons"]
    assert change[0] in text
    error = refused(tmp_path, persons=text.replace(*change))
    line, column = where.split(" ", 1)
    assert (error.source, error.field) == (f"persons.csv line {line}", column)
    assert problem in error.problem
    assert fix in error.fix


def test_one_email_of_two_persons_at_the_same_time_is_refused(tmp_path: Path) -> None:
    line = "p3,,ONE@company.example,,a,,,,north,Works,1,2026-06-01,"
    error = refused(tmp_path, persons=persons_with(line))
    assert (error.source, error.field) == ("persons.csv line 5", "email")
    assert "another person has this e-mail at the same time in line 3" in error.problem


def test_an_email_may_go_to_another_person_afterwards(tmp_path: Path) -> None:
    text = FILES["persons"].replace("0.8,2026-01-01,\n", "0.8,2026-01-01,2026-05-31\n")
    line = "p3,,one@company.example,,a,,,,north,Works,1,2026-06-01,"
    path = written(tmp_path, persons=f"{text}{line}\n")["persons"]
    assert len(forms.persons(path).lines) == 4


spans = st.lists(
    st.tuples(
        st.sampled_from(["a@b", "c@d"]),
        st.sampled_from(["p1", "p2", "p3"]),
        st.integers(0, 12),
        st.none() | st.integers(0, 6),
    ),
    max_size=8,
)


@settings(max_examples=200, deadline=None)
@given(spans)
def test_a_clash_is_found_exactly_when_two_persons_hold_a_key_on_one_day(
    drawn: list[tuple[str, str, int, int | None]],
) -> None:
    start = date(2026, 1, 1)
    firsts = [start + timedelta(days=first) for _, _, first, _ in drawn]
    lasts = [
        None if days is None else first + timedelta(days=days)
        for first, (*_, days) in zip(firsts, drawn, strict=True)
    ]
    columns = {
        "email": [email for email, *_ in drawn],
        "person_id": [person for _, person, *_ in drawn],
        "valid_from": firsts,
        "valid_to": lasts,
    }
    sheet = Sheet(Path("persons.csv"), list(range(2, len(drawn) + 2)), columns)
    found = overlap_faults(
        sheet, ("email",), "email", "clashes with", differing="person_id"
    )
    rows = list(zip(*columns.values(), strict=True))
    clashes = any(
        email == other_email
        and person != other
        and first <= (other_last or date.max)
        and other_first <= (last or date.max)
        for (email, person, first, last), (
            other_email,
            other,
            other_first,
            other_last,
        ) in combinations(rows, 2)
    )
    assert bool(list(found)) == clashes


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = FILES["persons"].replace("0.8", "8").replace("two@", "two.")
    error = refused(tmp_path, persons=text)
    assert error.source == "persons.csv line 3"
    assert "Also line 4, email: 'two.company.example' is no e-mail" in error.problem


def test_many_faults_are_counted_after_the_tenth(tmp_path: Path) -> None:
    lines = [f"q{n},,no,,a,,,,north,Works,1,2025-01-01," for n in range(12)]
    error = refused(tmp_path, persons=persons_with(*lines))
    assert error.problem.count("is no e-mail") == 10
    assert error.problem.endswith("And 2 more.")


@pytest.mark.parametrize(
    ("header", "column", "problem", "fix"),
    [
        (("email", "emial"), "email", "the column is missing", "rename 'emial'"),
        ((",email", ""), "email", "the column is missing", "add it"),
        (("valid_to", "valid_to,salary"), "salary", "no such column", "remove it"),
        (("email", "email,team"), "team", "there twice", "keep one"),
    ],
)
def test_each_fault_of_a_header_names_the_column_and_the_nearest_one(
    tmp_path: Path, header: tuple[str, str], column: str, problem: str, fix: str
) -> None:
    error = refused(tmp_path, persons=FILES["persons"].replace(*header, 1))
    assert (error.source, error.field) == ("persons.csv line 1", column)
    assert problem in error.problem
    assert fix in error.fix


def test_a_file_with_semicolons_says_so(tmp_path: Path) -> None:
    error = refused(tmp_path, persons=FILES["persons"].replace(",", ";"))
    assert "separated by ';'" in error.problem


@pytest.mark.parametrize("name", FILES)
def test_an_empty_file_is_refused(tmp_path: Path, name: str) -> None:
    error = refused(tmp_path, **{name: "\n"})
    assert (error.source, error.problem) == (f"{name}.csv", "the file is empty.")


@pytest.mark.parametrize("name", ["persons", "locations"])
def test_persons_and_locations_without_rows_are_refused(
    tmp_path: Path, name: str
) -> None:
    error = refused(tmp_path, **{name: FILES[name].split("\n")[0]})
    assert "header and no rows" in error.problem


def test_the_other_files_may_hold_a_header_alone(tmp_path: Path) -> None:
    bare = {
        name: FILES[name].split("\n")[0]
        for name in ("accounts", "key_owners", "absences", "holidays")
    }
    landed = dict(people.files(**written(tmp_path, **bare)))
    (page,) = landed[tables.ACCOUNTS]
    assert set(map(len, page.columns.values())) == {0}


def test_a_file_that_is_not_there_says_what_would_go_into_it(tmp_path: Path) -> None:
    paths = written(tmp_path)
    paths["holidays"].unlink()
    with pytest.raises(BadInput, match="no such file") as caught:
        list(people.files(**paths))
    assert "location,holiday_date,working_fraction" in caught.value.fix


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        forms.persons(tmp_path)


@pytest.mark.parametrize("content", [b"\xff\xfep\x00", b'person_id,"full\nname'])
def test_what_is_no_csv_in_utf8_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "persons.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=r"no CSV text in UTF-8") as caught:
        forms.persons(path)
    assert "CSV UTF-8" in caught.value.fix


@pytest.mark.parametrize("name", ["accounts", "key_owners"])
def test_a_source_is_named_as_the_configuration_names_it(
    tmp_path: Path, name: str
) -> None:
    error = refused(tmp_path, **{name: FILES[name].replace("anthropic", "Claude AI")})
    assert (error.source, error.field) == (f"{name}.csv line 2", "source")
    assert error.problem.startswith("'Claude AI' is no name of a source.")
    assert "below `sources`" in error.fix


@pytest.mark.parametrize("name", ["accounts", "key_owners"])
def test_a_source_that_nobody_reads_is_refused_with_the_nearest_name(
    tmp_path: Path, name: str
) -> None:
    paths = written(tmp_path, **{name: FILES[name].replace("anthropic", "antropic")})
    assert list(people.files(**paths))
    with pytest.raises(BadInput, match="'antropic' is not known here") as caught:
        list(people.files(**paths, sources={"anthropic", "git"}))
    assert (caught.value.source, caught.value.field) == (
        f"{name}.csv line 2",
        "source",
    )
    assert caught.value.fix == "did you mean 'anthropic'?"


def test_one_account_of_two_persons_at_the_same_time_is_refused(tmp_path: Path) -> None:
    text = FILES["accounts"].replace("2025-07-01", "2025-06-30")
    error = refused(tmp_path, accounts=text)
    assert (error.source, error.field) == ("accounts.csv line 4", "account")
    assert "one.old@company.example: linked at the same time" in error.problem
    assert error.problem.endswith("in line 3, on 2025-06-30.")
    assert "valid_to is the last day that holds" in error.fix


@pytest.mark.parametrize(
    ("name", "change", "where", "problem"),
    [
        ("accounts", ("operator", "operater"), "4 method", "'operater' is not known"),
        ("accounts", ("git,One", "Git,One"), "3 source", "'Git' is no name"),
        ("accounts", (",p2,", ",p7,"), "4 person_id", "'p7' is not in persons.csv"),
        ("key_owners", ("personal,p1", "personal,"), "2 owner_person_id", "empty"),
        ("key_owners", ("builds", ""), "3 cost_pool", "purpose is ci"),
        ("key_owners", ("apikey_2", "apikey_1"), "3 valid_from", "overlaps line 2"),
        ("key_owners", (",p1,", ",p7,"), "2 owner_person_id", "not in persons.csv"),
        ("absences", ("02-07", "02-06"), "3 valid_from", "overlaps line 2"),
        ("absences", ("p1,1", "p1,1.5"), "2 absent_fraction", "at most 1"),
        ("absences", ("p1,1", "p7,1"), "2 person_id", "'p7' is not in persons.csv"),
        ("holidays", ("12-25,0\ns", "12-24,0\ns"), "3 location", "as in line 2"),
        ("holidays", ("0.5", "1"), "2 working_fraction", "below 1"),
        ("holidays", ("south", "sout"), "4 location", "not in locations.csv"),
        ("locations", ("7,6", "sat"), "2 weekend_days", "no ISO weekdays"),
        ("locations", ("south", "north"), "3 location", "as in line 2"),
        ("locations", ("2027-12-31\ns", "2024-12-31\ns"), "2 known_to", "before"),
    ],
)
def test_each_fault_of_the_other_files_names_line_and_column(
    tmp_path: Path, name: str, change: tuple[str, str], where: str, problem: str
) -> None:
    assert change[0] in FILES[name]
    error = refused(tmp_path, **{name: FILES[name].replace(*change, 1)})
    line, column = where.split()
    assert (error.source, error.field) == (f"{name}.csv line {line}", column)
    assert problem in error.problem


@pytest.mark.parametrize("column", ["reason", "Absence_Type", "sick_leave", "note"])
def test_a_file_with_reasons_of_absence_is_refused_before_a_row_is_read(
    tmp_path: Path, column: str
) -> None:
    header, *lines = FILES["absences"].split("\n")
    content = "\n".join([f"{header},{column}", *(f"{x},flu" for x in lines)])
    error = refused(tmp_path, absences=content)
    assert error.field == column
    assert "never read" in error.problem
    assert "flu" not in str(error)


def test_the_probe_says_whether_the_files_fit_together(tmp_path: Path) -> None:
    good = people.probe(**written(tmp_path))
    assert (good.is_usable, good.account) == (True, str(tmp_path))
    bad = people.probe(**written(tmp_path, holidays="location\n"))
    assert "holidays.csv line 1, holiday_date" in bad.problems[0].problem
    assert bad.problems[0].fix == "add it to the header."

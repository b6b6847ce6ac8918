"""The files of finance: what is read, what is optional, and what each fault says."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow.compute as pc
import pytest

from ingestion.clock import FixedClock
from ingestion.errors import BadInput
from ingestion.lake import Lake
from ingestion.sources import finance
from ingestion.sources.finance import forms, tables
from ingestion.table import Table

KNOWN = finance.Known(
    {"anthropic": {"claude-2"}, "aws": {"m"}}, {"anthropic", "cursor"}
)
FILES = {
    "contract_prices": """\
vendor,model,token_class,service_tier,context_band,region,usd_per_million,discount_share,valid_from,valid_to,evidence
anthropic,*,*,*,*,*,,0.12,2026-07-01,2026-12-31,order 7
anthropic,claude-2,output,*,>200000,us,2.40,,2026-07-01,,
""",
    "exchange_rates": """\
currency,rate_date,usd_per_unit,rate_source
EUR,2026-07-01,1.0834,central bank
EUR,2026-07-02,1.0841,central bank
""",
    "commitments": """\
vendor,commitment_id,kind,amount,currency,starts_on,ends_on,evidence
anthropic,c-1,prepaid_credit,5000,EUR,2026-07-01,2027-06-30,
""",
    "invoice_lines": """\
vendor,invoice_id,line_number,period_start,period_end,time_zone,issued_at,charge_kind,model,service_tier,token_class,quantity,quantity_unit,unit_price,amount,currency
anthropic,I-1,1,2026-07-01,2026-08-01,UTC,2026-08-03T11:00:00+02:00,usage,claude-2,,output,1000000,tokens,0.0000024,2.4,EUR
anthropic,I-1,2,2026-07-01,2026-08-01,UTC,2026-08-03T09:00:00Z,discount,,,,,,,-0.000000000001,EUR
cursor,C-9,1,2026-07-01,2026-08-01,America/Los_Angeles,2026-08-01T00:00:00Z,seat,,,,12,seats,40,480,USD
""",
}


def written(folder: Path, **changed: str) -> dict[Table, Path]:
    """All files in the folder, those of `changed` with other content."""
    paths = {table: folder / f"{table.name}.csv" for table in tables.TABLES}
    for table, path in paths.items():
        path.write_text((FILES | changed)[table.name], encoding="utf-8")
    return paths


def read(paths: Mapping[Table, Path]) -> dict[Table, dict[str, list[object]]]:
    """The columns of each table that lands."""
    landed = {}
    for table, pages in finance.files(paths, KNOWN):
        (page,) = pages
        landed[table] = {name: list(cells) for name, cells in page.columns.items()}
    return landed


def refused(folder: Path, name: str, old: str, new: str) -> BadInput:
    """The error that a change to one file ends in."""
    assert old in FILES[name]
    paths = written(folder, **{name: FILES[name].replace(old, new)})
    with pytest.raises(BadInput) as caught:
        read(paths)
    return caught.value


def test_all_files_give_the_columns_of_their_tables(tmp_path: Path) -> None:
    landed = read(written(tmp_path))
    assert tuple(landed) == tables.TABLES
    for table, columns in landed.items():
        assert list(columns) == [column.name for column in table.columns]


def test_money_is_exact_and_instants_are_utc(tmp_path: Path) -> None:
    landed = read(written(tmp_path))
    lines = landed[tables.INVOICE_LINES]
    assert lines["amount"] == [Decimal("2.4"), Decimal("-1e-12"), Decimal(480)]
    nine = datetime(2026, 8, 3, 9, tzinfo=UTC).replace(tzinfo=None)
    assert lines["issued_at"][:2] == [nine, nine]
    assert lines["quantity"] == [Decimal(1_000_000), None, Decimal(12)]
    prices = landed[tables.CONTRACT_PRICES]
    assert prices["discount_share"] == [Decimal("0.12"), None]
    assert prices["usd_per_million"] == [None, Decimal("2.40")]
    assert prices["valid_to"] == [date(2026, 12, 31), None]


def test_all_files_land_in_the_lake(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake", FixedClock(datetime(2027, 2, 5, tzinfo=UTC)))
    for table, pages in finance.files(written(tmp_path), KNOWN):
        assert lake.merge(table, pages).outcome == "changed"
    rates = lake.current(tables.EXCHANGE_RATES)
    assert rates["usd_per_unit"].to_pylist() == [Decimal("1.0834"), Decimal("1.0841")]
    lines = lake.current(tables.INVOICE_LINES)
    assert pc.min(lines["amount"]).as_py() == Decimal("-1e-12")


@pytest.mark.parametrize("kept", [table.name for table in tables.TABLES])
def test_each_file_may_be_there_alone(tmp_path: Path, kept: str) -> None:
    in_dollars = {name: text.replace("EUR", "USD") for name, text in FILES.items()}
    in_dollars["exchange_rates"] = FILES["exchange_rates"]
    paths = written(tmp_path, **in_dollars)
    for table, path in paths.items():
        if table.name != kept:
            path.unlink()
    assert [table.name for table in read(paths)] == [kept]


def test_a_folder_with_none_of_the_files_is_refused(tmp_path: Path) -> None:
    paths = {table: tmp_path / f"{table.name}.csv" for table in tables.TABLES}
    with pytest.raises(BadInput, match="has none of") as caught:
        read(paths)
    assert "correct the folder" in caught.value.fix


def test_one_fault_keeps_every_file_from_being_read(tmp_path: Path) -> None:
    text = FILES["invoice_lines"].replace("seat,", "seats,")
    with pytest.raises(BadInput, match="'seats' is not known here"):
        next(iter(finance.files(written(tmp_path, invoice_lines=text), KNOWN)))


@pytest.mark.parametrize(
    ("change", "where", "problem", "fix"),
    [
        ((",,0.12", ",3,0.12"), "2 usd_per_million", "both of", "exactly one"),
        (("2.40,", ","), "3 usd_per_million", "neither of", "exactly one"),
        (("0.12", "12"), "2 discount_share", "not from 0 to 1", "0.15 takes 15 %"),
        (("0.12", "0.1234567"), "2 discount_share", "more than 6", "round it"),
        (("2.40", "2,40"), "3 (the row)", "12 cells", "quotes"),
        (("2.40", "$2.40"), "3 usd_per_million", "no number", "1250.75"),
        (("2.40", "-2.40"), "3 usd_per_million", "no price", "from 0"),
        (("2026-12-31", "2026-06-30"), "2 valid_to", "lies before", "one of the two"),
        (("claude-2", "claude2"), "3 model", "price book of anthropic", "'claude-2'"),
        (("anthropic,*", "antropic,*"), "2 vendor", "the price book", "'anthropic'"),
        ((",output", ",outputs"), "3 token_class", "not known", "'output'"),
        ((",us,", ",any,"), "3 region", "the price book's word", "use *"),
        ((">200000", "200k"), "3 context_band", "no context band", ">200000"),
    ],
)
def test_each_fault_of_a_contract_names_line_column_and_fix(
    tmp_path: Path, change: tuple[str, str], where: str, problem: str, fix: str
) -> None:
    error = refused(tmp_path, "contract_prices", *change)
    line, column = where.split(" ", 1)
    said = (error.source, error.field)
    assert said == (f"contract_prices.csv line {line}", column)
    assert problem in error.problem
    assert fix in error.fix


def test_two_contract_rows_for_the_same_days_are_refused(tmp_path: Path) -> None:
    again = "anthropic,*,*,*,*,*,3,,2026-12-31,,\n"
    text = FILES["contract_prices"] + again
    with pytest.raises(BadInput, match=r"overlaps line 2, on 2026-12-31"):
        read(written(tmp_path, contract_prices=text))


@pytest.mark.parametrize(
    ("name", "change", "where", "problem", "fix"),
    [
        ("exchange_rates", ("1.0834", "0"), "2 usd_per_unit", "not above 0", "above"),
        ("exchange_rates", ("07-02", "07-01"), "3 currency", "as in line 2", "keep"),
        ("exchange_rates", ("EUR", "Eur"), "2 currency", "no currency", "capitals"),
        ("exchange_rates", ("EUR", "USD"), "2 usd_per_unit", "a dollar", "remove"),
        ("commitments", ("2027-06-30", "2026-06-30"), "2 ends_on", "before", "dates"),
        ("commitments", ("prepaid_", ""), "2 kind", "not known", "prepaid_credit"),
        ("commitments", ("anthropic", "nobody"), "2 vendor", "sources of AI", "add it"),
        ("invoice_lines", ("-0.0", "0.0"), "3 amount", "raise the bill", "minus"),
        ("invoice_lines", ("480,USD", "480,GBP"), "4 currency", "rates.csv", "add it"),
        ("invoice_lines", (",2,2026-07", ",1,2026-07"), "3 vendor", "line 2", "keep"),
        ("invoice_lines", ("09:00:00Z", "09:00:00"), "3 issued_at", "zone", "UTC"),
        ("invoice_lines", ("09:00:00Z", "10:00:00Z"), "3 issued_at", "once", "correct"),
        ("invoice_lines", ("Los_Ang", "Los_Eng"), "4 time_zone", "IANA", "Los_Angeles"),
        ("invoice_lines", ("12,seats", "12,"), "4 quantity_unit", "only one", "both"),
        (
            "invoice_lines",
            ("07-01,2026-08-01,Am", "08-01,2026-08-01,Am"),
            "4 period_end",
            "not after",
            "first day after",
        ),
    ],
)
def test_each_fault_of_the_other_files_names_line_column_and_fix(
    tmp_path: Path,
    name: str,
    change: tuple[str, str],
    where: str,
    problem: str,
    fix: str,
) -> None:
    error = refused(tmp_path, name, *change)
    line, column = where.split(" ", 1)
    assert (error.source, error.field) == (f"{name}.csv line {line}", column)
    assert problem in error.problem
    assert fix in error.fix


def test_a_missing_rates_file_is_named_when_a_bill_needs_it(tmp_path: Path) -> None:
    paths = written(tmp_path)
    paths[tables.EXCHANGE_RATES].unlink()
    with pytest.raises(BadInput, match=r"'EUR' is not in exchange_rates\.csv"):
        read(paths)


def test_the_probe_names_what_may_be_read_or_the_first_fault(tmp_path: Path) -> None:
    found = finance.probe(written(tmp_path), KNOWN)
    assert (found.is_usable, found.account) == (True, str(tmp_path))
    assert found.permissions == tuple(table.name for table in tables.TABLES)
    bad = FILES["commitments"].replace("5000", "many")
    (problem,) = finance.probe(written(tmp_path, commitments=bad), KNOWN).problems
    assert "commitments.csv line 2, amount" in problem.problem


def test_forms_and_tables_have_the_same_columns() -> None:
    pairs = zip(
        (forms.CONTRACT_PRICES, forms.EXCHANGE_RATES, forms.COMMITMENTS),
        tables.TABLES[:3],
        strict=True,
    )
    for form, table in (*pairs, (forms.INVOICE_LINES, tables.INVOICE_LINES)):
        assert [field.name for field in form] == [c.name for c in table.columns]

"""Files by a mapping and FOCUS bills: each line counts once and says where it is."""

import csv
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pydantic import ValidationError

from ingestion.clock import FixedClock
from ingestion.connector import Surroundings
from ingestion.errors import BadInput
from ingestion.lake import Lake
from ingestion.page import Page
from ingestion.simulator import PRESENT, Company, exports
from ingestion.sources import files
from ingestion.table import Table
from ingestion.window import Window

DAYS = Window(date(2026, 11, 20), date(2026, 11, 21))
CLOCK = FixedClock(datetime(2026, 11, 25, 6, tzinfo=UTC))
USAGE, COSTS = files.CONNECTOR.tables
MAPPING = {
    "usage_date": "Day",
    "principal_email": "Who",
    "provider": {"constant": "anthropic"},
    "output_tokens": "Out",
}
SHARED = Path(__file__).parents[4] / "shared" / "data" / "vendors"
FOCUS_LIST = SHARED / "focus" / "focus_v1_2_columns.csv"
CHARGE = {
    "ChargePeriodStart": "2026-11-20T00:00:00Z",
    "ChargeCategory": "Usage",
    "BilledCost": "0",
    "ListCost": "1.25",
    "BillingCurrency": "USD",
    "ConsumedQuantity": "2",
    "ConsumedUnit": "1000000 Tokens",
    "SkuId": "model-a",
    "SkuMeter": "Cached Input Tokens",
    "PublisherName": "Anthropic",
    "Tags": '{"user": "Dev@works.example"}',
}


def connection(folder: Path, **told: Any) -> Any:
    said = {"name": "set", "files": "in/*.csv", "mapping": MAPPING, **told}
    settings = files.Files.model_validate({"starts_on": DAYS.first, "sets": [said]})
    around = Surroundings(CLOCK, lambda name: name, folder)
    return files.CONNECTOR.connect(settings, around)


def written(folder: Path, name: str, rows: Iterable[Mapping[str, Any]]) -> Path:
    path = folder / "in" / name
    path.parent.mkdir(exist_ok=True)
    held = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(held[0]))
        writer.writeheader()
        writer.writerows(held)
    return path


def column(pages: Iterable[Page], name: str) -> list[Any]:
    return [value for page in pages for value in page.columns[name]]


def focus(folder: Path, *rows: Mapping[str, Any]) -> Any:
    written(folder, "bill.csv", rows)
    return connection(folder, format="focus", mapping={"principal_email": "Tags.user"})


def test_a_mapped_file_says_only_what_is_mapped(tmp_path: Path) -> None:
    written(tmp_path, "a.csv", [{"Day": "2026-11-20", "Who": "A@x.example", "Out": 7}])
    (page,) = files.usage(connection(tmp_path), DAYS)
    assert page.columns["output_tokens"] == [7]
    assert page.columns["input_uncached_tokens"] == [None]
    assert page.columns["principal_id"] == ["a@x.example"]
    assert page.columns["provider"] == ["anthropic"]
    assert (page.columns["file_name"], page.columns["line"]) == (["a.csv"], [2])


def test_a_line_without_anybody_is_kept(tmp_path: Path) -> None:
    written(tmp_path, "a.csv", [{"Day": "2026-11-20", "Who": "", "Out": 7}])
    (page,) = files.usage(connection(tmp_path), DAYS)
    assert page.columns["principal_type"] == ["unknown"]
    assert page.columns["output_tokens"] == [7]


def test_lines_of_other_days_and_their_faults_are_left_alone(tmp_path: Path) -> None:
    lines = [
        {"Day": "2026-10-01", "Who": "no address", "Out": "many"},
        {"Day": "2026-11-21", "Who": "", "Out": ""},
    ]
    written(tmp_path, "a.csv", lines)
    (page,) = files.usage(connection(tmp_path), DAYS)
    assert page.columns["line"] == [3]
    assert page.columns["output_tokens"] == [None]


def test_a_fault_names_file_line_column_and_fix(tmp_path: Path) -> None:
    lines = [
        {"Day": "2026-11-20", "Who": "a@x.example", "Out": "1.234,5"},
        {"Day": "2026-11-20", "Who": "nobody", "Out": "3"},
    ]
    written(tmp_path, "a.csv", lines)
    with pytest.raises(BadInput) as refused:
        list(files.usage(connection(tmp_path), DAYS))
    said = str(refused.value)
    assert "files, a.csv line 2, field Out" in said
    assert "line 3, Who" in said
    assert "decimal point" in refused.value.fix
    assert str(tmp_path) not in said


def test_a_mapped_column_that_is_not_there_is_named_with_the_nearest(
    tmp_path: Path,
) -> None:
    written(tmp_path, "a.csv", [{"Day": "2026-11-20", "Who": "", "Outs": 1}])
    with pytest.raises(BadInput, match="'Outs'"):
        list(files.usage(connection(tmp_path), DAYS))


def test_an_amount_needs_its_currency(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="currency"):
        connection(tmp_path, mapping={**MAPPING, "list_amount": "Cost"})
    mapping = {**MAPPING, "list_amount": "Cost", "currency": "Cur"}
    lines = [{"Day": "2026-11-20", "Who": "", "Out": 1, "Cost": "0.1", "Cur": ""}]
    written(tmp_path, "a.csv", lines)
    with pytest.raises(BadInput, match="no currency"):
        list(files.usage(connection(tmp_path, mapping=mapping), DAYS))


def test_other_currencies_stay_what_they_are(tmp_path: Path) -> None:
    mapping = {**MAPPING, "billed_amount": "Cost", "currency": {"constant": "eur"}}
    written(
        tmp_path, "a.csv", [{"Day": "2026-11-20", "Who": "", "Out": 1, "Cost": "0.1"}]
    )
    (page,) = files.usage(connection(tmp_path, mapping=mapping), DAYS)
    assert page.columns["billed_amount"] == [Decimal("0.1")]
    assert page.columns["currency"] == ["EUR"]


def test_a_parquet_file_is_read_like_a_csv_file(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    day = datetime(2026, 11, 20, 23, 30, tzinfo=UTC) - timedelta(hours=24)
    table = pa.table(
        {
            "Day": pa.array([day, day + timedelta(hours=1)], pa.timestamp("us", "UTC")),
            "Who": ["a@x.example", None],
            "Out": pa.array([5, 6], pa.int32()),
        }
    )
    pq.write_table(table, tmp_path / "in" / "a.parquet")
    at = connection(tmp_path, files="in/*.parquet", format="parquet")
    (page,) = files.usage(at, DAYS)
    assert page.columns["usage_date"] == [DAYS.first]
    assert page.columns["output_tokens"] == [6]


def test_a_file_that_is_gone_takes_its_lines_along(tmp_path: Path) -> None:
    rows = [{"Day": "2026-11-20", "Who": "", "Out": 7}]
    path = written(tmp_path, "a.csv", rows)
    written(tmp_path, "b.csv", rows)
    lake, at = Lake(tmp_path / "lake", CLOCK), connection(tmp_path)
    lake.replace_days(USAGE, DAYS, files.usage(at, DAYS))
    path.unlink()
    lake.replace_days(USAGE, DAYS, files.usage(at, DAYS))
    assert lake.current(USAGE)["file_name"].to_pylist() == ["b.csv"]


def test_a_folder_that_is_gone_is_no_news_of_usage(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="folder"):
        list(files.usage(connection(tmp_path), DAYS))


def test_units_of_a_bill_become_whole_tokens_of_the_meters_class(
    tmp_path: Path,
) -> None:
    at = focus(tmp_path, CHARGE)
    (used,) = files.usage(at, DAYS)
    assert used.columns["cache_read_tokens"] == [2_000_000]
    assert used.columns["output_tokens"] == [None]
    assert used.columns["principal_email"] == ["Dev@works.example"]
    assert used.columns["provider"] == ["anthropic"]
    (charged,) = files.costs(at, DAYS)
    assert charged.columns["billed_cost"] == [Decimal(0)]
    assert charged.columns["list_cost"] == [Decimal("1.25")]
    assert charged.columns["token_class"] == ["cache_read"]


def test_purchases_credits_and_tax_are_charges_and_no_usage(tmp_path: Path) -> None:
    kinds = ("Purchase", "Credit", "Adjustment", "Tax")
    rest = {**CHARGE, "ConsumedQuantity": "", "ConsumedUnit": "", "SkuMeter": ""}
    at = focus(tmp_path, *({**rest, "ChargeCategory": kind} for kind in kinds))
    assert column(files.usage(at, DAYS), "line") == []
    assert column(files.costs(at, DAYS), "charge_category") == list(kinds)
    assert column(files.costs(at, DAYS), "token_class") == ["none"] * 4


def test_a_meter_that_no_rule_knows_is_kept_without_a_class(tmp_path: Path) -> None:
    at = focus(tmp_path, {**CHARGE, "SkuMeter": "Thought Tokens"})
    (used,) = files.usage(at, DAYS)
    assert used.columns["tool_units"] == [Decimal(2)]
    assert used.columns["tool_unit"] == ["1000000 Tokens"]
    assert used.columns["cache_read_tokens"] == [None]


def test_part_of_a_token_is_refused(tmp_path: Path) -> None:
    at = focus(
        tmp_path, {**CHARGE, "ConsumedQuantity": "0.5", "ConsumedUnit": "Tokens"}
    )
    with pytest.raises(BadInput, match="ConsumedQuantity"):
        list(files.usage(at, DAYS))


@pytest.mark.skipif(not FOCUS_LIST.exists(), reason="no list of FOCUS columns at hand")
def test_every_column_that_is_read_of_a_bill_is_one_of_focus_or_an_extension() -> None:
    with FOCUS_LIST.open(encoding="utf-8") as file:
        known = {next(iter(row.values())) for row in csv.DictReader(file)}
    text = Path(files.__file__).with_name("focus.py").read_text(encoding="utf-8")
    read = set(re.findall(r'"((?:x_)?[A-Z][A-Za-z]+)"', text))
    assert "ChargePeriodStart" in read
    assert {name for name in read if not name.startswith("x_")} - known <= {
        "Usage",
        "Tags",
    }


def test_what_the_simulated_company_exports_lands_to_the_last_token(
    tmp_path: Path,
) -> None:
    company, vendor = Company(), exports.VENDOR
    settings = files.Files.model_validate(dict(vendor.settings("", tmp_path)))
    lake = Lake(tmp_path / "lake", FixedClock(PRESENT))
    day = Window(date(2027, 1, 29), date(2027, 2, 1))
    for back in (4, 0):
        present = PRESENT - timedelta(days=back)
        assert vendor.write
        vendor.write(company, present, tmp_path)
        around = Surroundings(FixedClock(present), lambda name: name, tmp_path)
        at = files.CONNECTOR.connect(settings, around)
        pages: dict[Table, Iterable[Page]] = {
            USAGE: files.usage(at, day),
            COSTS: files.costs(at, day),
        }
        expected = vendor.expected(company, present, day)
        for table, found in pages.items():
            lake.replace_days(table, day, found)
            rows = lake.current(table)
            for name, total in expected[table.name].items():
                values = (
                    [1] * rows.num_rows if name == "rows" else rows[name].to_pylist()
                )
                assert sum(v for v in values if v is not None) == total, name

"""Receipts: charged whole on their day, unknown tokens stay unknown, nothing twice."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from ingestion.clock import FixedClock
from ingestion.connector import Surroundings
from ingestion.errors import BadInput
from ingestion.lake import Lake
from ingestion.page import Page
from ingestion.simulator import PRESENT, Company
from ingestion.simulator import receipts as simulated
from ingestion.sources import receipts
from ingestion.window import Window

YEAR = Window(date(2026, 1, 1), date(2026, 12, 31))
CLOCK = FixedClock(datetime(2027, 1, 5, 6, tzinfo=UTC))
HEADER = "receipt,person_email,person_id,tool,day,period,amount,currency,approved_on"
(TABLE,) = receipts.CONNECTOR.tables


def pages(folder: Path, *lines: str, name: str = "2026.csv") -> list[Page]:
    """What is read of a file with these lines, and of the others of the folder."""
    (folder / "receipts").mkdir(exist_ok=True)
    text = "\n".join((HEADER, *lines))
    (folder / "receipts" / name).write_text(text, encoding="utf-8")
    settings = receipts.Receipts(starts_on=YEAR.first)
    around = Surroundings(CLOCK, lambda name: name, folder)
    return list(receipts.receipts(receipts.CONNECTOR.connect(settings, around), YEAR))


def test_a_subscription_is_charged_whole_on_the_first_day_of_its_month(
    tmp_path: Path,
) -> None:
    (page,) = pages(tmp_path, "R1,a@x.example,,Slides,,2026-05,20.00,USD,2026-06-02")
    assert page.columns["charge_date"] == [date(2026, 5, 1)]
    assert page.columns["charge_kind"] == ["seat"]
    assert page.columns["amount"] == [Decimal("20.00")]


def test_tokens_that_no_receipt_tells_are_unknown_and_not_zero(tmp_path: Path) -> None:
    (page,) = pages(tmp_path, "R1,a@x.example,,Images,2026-05-07,,9.90,USD,2026-05-08")
    assert page.columns["input_tokens"] == [None]
    assert page.columns["output_tokens"] == [None]


def test_a_receipt_that_waits_for_approval_lands_as_not_approved(
    tmp_path: Path,
) -> None:
    (page,) = pages(tmp_path, "R1,a@x.example,,Images,2026-05-07,,9.90,EUR,")
    assert page.columns["approved_on"] == [None]
    assert page.columns["currency"] == ["EUR"]


def test_a_receipt_may_name_a_person_by_id_or_nobody(tmp_path: Path) -> None:
    (page,) = pages(
        tmp_path,
        "R1,,P007,Images,2026-05-07,,9.90,USD,2026-05-08",
        "R2,,,Images,2026-05-07,,9.90,USD,2026-05-08",
        "R3,A@X.example,,Images,2026-05-07,,9.90,USD,2026-05-08",
    )
    assert page.columns["principal_id"] == ["P007", "", "a@x.example"]
    assert page.columns["principal_type"] == ["user", "unknown", "user"]


def test_a_receipt_that_is_handed_in_twice_is_refused_with_both_places(
    tmp_path: Path,
) -> None:
    line = "R1,a@x.example,,Images,2026-05-07,,9.90,USD,2026-05-08"
    pages(tmp_path, line, name="a.csv")
    with pytest.raises(BadInput, match=r"b\.csv line 2") as refused:
        pages(tmp_path, line, name="b.csv")
    assert "a.csv line 2" in str(refused.value)
    assert refused.value.fix


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("R1,a@x.example,,Images,2026-05-07,2026-05,9.90,USD,", "day"),
        ("R1,a@x.example,,Images,,,9.90,USD,", "day"),
        ("R1,a@x.example,,Images,,2026-13,9.90,USD,", "period"),
        ("R1,a@x.example,,,2026-05-07,,9.90,USD,", "tool"),
        ('R1,a@x.example,,Images,2026-05-07,,"9,90",USD,', "amount"),
        ("R1,a@x.example,,Images,2026-05-07,,9.90,dollars,", "currency"),
        (",a@x.example,,Images,2026-05-07,,9.90,USD,", "receipt"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_with_its_column(
    line: str, column: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput) as refused:
        pages(tmp_path, line)
    assert refused.value.field == column
    assert "receipts, 2026.csv line 2" in str(refused.value)


def test_receipts_that_come_later_and_that_are_withdrawn_are_followed(
    tmp_path: Path,
) -> None:
    company, vendor = Company(), simulated.VENDOR
    settings = receipts.Receipts.model_validate(dict(vendor.settings("", tmp_path)))
    month = Window(date(2026, 12, 1), date(2026, 12, 31))
    lake = Lake(tmp_path / "lake", FixedClock(PRESENT))
    references: list[set[str]] = []
    for present in (PRESENT - timedelta(days=40), PRESENT):
        assert vendor.write
        vendor.write(company, present, tmp_path)
        around = Surroundings(FixedClock(present), lambda name: name, tmp_path)
        at = receipts.CONNECTOR.connect(settings, around)
        lake.replace_days(TABLE, month, receipts.receipts(at, month))
        rows = lake.current(TABLE)
        expected = vendor.expected(company, present, month)["receipts"]
        assert rows.num_rows == expected["rows"]
        assert sum(rows["amount"].to_pylist()) == expected["amount"]
        references.append(set(rows["receipt_reference"].to_pylist()))
    early, late = references
    assert late - early
    assert early - late == {"R-MISTAKE-2026-12-19"}

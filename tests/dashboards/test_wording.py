from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from dashboards import wording


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1234567.890000000000"), "1,234,567.89"),
        (Decimal("1200.000000000000"), "1,200"),
        (0, "0"),
        (100, "100"),
        (0.997, "0.997"),
    ],
)
def test_numbers_keep_their_digits(value: Any, text: str) -> None:
    assert wording.number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("4835.374999999999"), "$4,835.37"),
        (Decimal(0), "$0.00"),
        (Decimal("0.004"), "under $0.01"),
        (Decimal("-12.5"), "−$12.50"),
        (Decimal("-0.001"), "above −$0.01"),
    ],
)
def test_dollars_never_round_something_to_nothing(value: Decimal, text: str) -> None:
    assert wording.usd(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (1.0, "100 %"),
        (0.9996, "just under 100 %"),
        (0.9975, "99.8 %"),
        (0.0001, "under 0.1 %"),
        (0, "0 %"),
    ],
)
def test_a_share_that_is_not_whole_never_reads_as_whole(
    share: float, text: str
) -> None:
    assert wording.percent(share) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Decimal("14.500000000000"), "items", "14.5 items"),
        (Decimal(1), "items", "1 item"),
        (Decimal("12345678"), "tokens", "12,345,678 tokens"),
        (Decimal("3.5"), "usd", "$3.50"),
        (Decimal("0.125000000000"), "share", "12.5 %"),
        (Decimal(3), "kudos", "3 kudos"),
    ],
)
def test_figures_carry_their_unit(value: Decimal, unit: str, text: str) -> None:
    assert wording.quantity(value, unit) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Decimal("0.0162"), "usd", "$0.02"),
        (Decimal("0.001"), "usd", "under $0.01"),
        (Decimal("5490.37"), "usd", "$5,490"),
        (Decimal("12345.6"), "usd", "$12.3k"),
        (Decimal("14.55"), "items", "14.6"),
        (Decimal(0), "items", "0"),
        (None, "items", ""),
    ],
)
def test_short_figures_never_change_their_size(
    value: Decimal | None, unit: str, text: str
) -> None:
    assert wording.short(value, unit) == text


def test_a_likely_range_names_its_unit_once() -> None:
    assert wording.likely_range(10.25, 25.0, "usd") == "$10.25 to $25.00"
    assert wording.likely_range(9.96, 19.84, "items") == "10 to 19.8 items"


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(0), "0 minutes"),
        (timedelta(minutes=-3), "0 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=2, minutes=5), "2 hours and 5 minutes"),
        (timedelta(days=1, hours=3, minutes=5), "1 day and 3 hours"),
        (timedelta(days=40), "40 days"),
    ],
)
def test_ages_are_said_in_their_two_largest_units(span: timedelta, text: str) -> None:
    assert wording.age(span) == text


def test_dates_and_times_are_said_in_full() -> None:
    assert wording.day(date(2027, 2, 4)) == "4 February 2027"
    assert wording.month(date(2027, 2, 1)) == "February 2027"
    at = datetime(2027, 2, 5, 6, 0, tzinfo=UTC)
    assert wording.instant(at) == "5 February 2027, 06:00 UTC"


def test_a_code_without_words_is_shown_as_it_is() -> None:
    assert wording.code("sources")("anthropic") == "Anthropic"
    assert wording.code("sources")("new_vendor") == "new vendor"


def test_a_share_is_said_in_per_cent() -> None:
    assert wording.quantity("0.125", "share") == "12.5 %"

"""Usage events of Cursor: money, identity, repeats and lists that move."""

from base64 import b64encode
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from cursor_bodies import (
    DAY,
    EVENTS,
    KEY,
    Asked,
    at_ms,
    event,
    events,
    example,
    rows,
    team,
)

from ingestion.clock import FixedClock
from ingestion.errors import BadCredentials, SchemaChanged, Unavailable
from ingestion.lake import Lake
from ingestion.sources import cursor
from ingestion.sources.cursor.tables import USAGE_EVENTS
from ingestion.window import Window

ONE_DAY = Window(DAY, DAY)
CLOCK = FixedClock(datetime(2027, 2, 5, 6, tzinfo=UTC))


def read(*found: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a day whose events these are."""
    with team(lambda path, asked: (200, events(found))) as served:
        return rows(USAGE_EVENTS, cursor.usage_events(served.api, ONE_DAY))


def test_the_key_is_the_user_and_there_is_no_password() -> None:
    with team(lambda path, asked: (200, events([]))) as served:
        list(cursor.usage_events(served.api, ONE_DAY))
    ((_, _, headers),) = served.asked
    assert headers["authorization"] == f"Basic {b64encode(f'{KEY}:'.encode()).decode()}"


def test_a_refused_key_is_named_nowhere() -> None:
    encoded = b64encode(f"{KEY}:".encode()).decode()
    said = {"error": "Unauthorized", "message": f"no such key {KEY} {encoded}"}
    with (
        team(lambda path, asked: (401, said)) as served,
        pytest.raises(BadCredentials, match="Admin API key") as refused,
    ):
        list(cursor.usage_events(served.api, ONE_DAY))
    assert KEY not in str(refused.value)
    assert encoded not in str(refused.value)


def test_the_example_lands_to_the_last_fraction_of_a_cent() -> None:
    body = example("events")
    day = date(2025, 11, 20)
    with team(lambda path, asked: (200, body)) as served:
        pages = list(cursor.usage_events(served.api, Window(day, day)))
    metered, free, failed = rows(USAGE_EVENTS, pages)
    assert metered["usage_date"] == day
    assert metered["occurred_at"] == datetime(2025, 11, 20, 0, 25, 21, 123_000, UTC)
    assert metered["model_cents"] == Decimal("20.18232")
    assert metered["charged_cents"] == Decimal("21.36232")
    assert metered["fee_cents"] == Decimal("1.18")
    assert metered["discount_percent"] == 5
    assert metered["request_units"] == 5
    assert metered["cache_read_tokens"] == 11964
    assert free["charged_cents"] == 0
    assert free["input_tokens"] is None
    assert free["model_cents"] is None
    assert failed["service_account_id"] == "sa_1"
    assert failed["kind"] == "Errored, Not Charged"
    assert pages[0].unknown_fields == frozenset()


def test_the_noise_of_binary_sums_is_no_money() -> None:
    (row,) = read(event(chargedCents=0.1 + 0.2, cursorTokenFee=1e-7))
    assert row["charged_cents"] == Decimal("0.3")
    assert row["fee_cents"] == Decimal("0.0000001")


def test_what_is_not_told_is_not_zero() -> None:
    usage = {"inputTokens": 1, "outputTokens": 2}
    (row,) = read(event(tokenUsage=usage, chargedCents=None))
    assert row["input_tokens"] == 1
    for name in ("cache_write_tokens", "cache_read_tokens", "model_cents"):
        assert row[name] is None
    assert row["charged_cents"] is None


def test_unknown_kinds_and_models_pass_and_nobody_is_needed() -> None:
    (row,) = read(event(kind="Sponsored", model="tomorrow-1") | {"userEmail": None})
    assert (row["kind"], row["model"]) == ("Sponsored", "tomorrow-1")
    assert row["user_email"] is None


def test_calls_that_are_alike_in_everything_all_count(tmp_path: Path) -> None:
    found = read(event(), event(), event(chargedCents=3))
    assert [row["occurrence"] for row in found] == [1, 2, 1]
    with team(lambda path, asked: (200, events([event()] * 3))) as served:
        lake = Lake(tmp_path, CLOCK)
        pages = cursor.usage_events(served.api, ONE_DAY)
        (receipt,) = lake.replace_days(USAGE_EVENTS, ONE_DAY, pages)
    assert receipt.row_count == 3


def test_calls_alike_on_both_sides_of_a_page_break_count_apart() -> None:
    pages = {
        1: events([event(chargedCents=7), event()], 3, page=1, has_more=True),
        2: events([event()], 3, page=2),
    }
    with team(lambda path, asked: (200, pages[asked["page"]])) as served:
        found = rows(USAGE_EVENTS, cursor.usage_events(served.api, ONE_DAY))
    assert sorted(row["occurrence"] for row in found) == [1, 1, 2]


def test_a_call_at_midnight_belongs_to_the_next_day_and_lands_once(
    tmp_path: Path,
) -> None:
    """The vendor does not say whether the end of a range is included: here it is."""
    midnight = at_ms(DAY + timedelta(days=1), 0)
    every = [midnight, midnight - 1]

    def reply(path: str, asked: Asked) -> tuple[int, Any]:
        inside = [at for at in every if asked["startDate"] <= at <= asked["endDate"]]
        return 200, events([event(at) for at in inside])

    lake = Lake(tmp_path, CLOCK)
    with team(reply) as served:
        for day in (DAY, DAY + timedelta(days=1)):
            window = Window(day, day)
            pages = cursor.usage_events(served.api, window)
            (receipt,) = lake.replace_days(USAGE_EVENTS, window, pages)
            assert receipt.row_count == 1
    assert lake.current(USAGE_EVENTS).num_rows == 2


def test_long_ranges_are_asked_for_week_by_week() -> None:
    window = Window(DAY, DAY + timedelta(days=16))
    with team(lambda path, asked: (200, events([]))) as served:
        pages = list(cursor.usage_events(served.api, window))
    asked = served.parameters(EVENTS)
    days = [(each["endDate"] - each["startDate"]) // 86_400_000 for each in asked]
    assert days == [7, 7, 3]
    assert {each["pageSize"] for each in asked} == {1000}
    assert {page.note for page in pages} == {"the vendor reports no usage"}


def test_a_list_that_grows_while_it_is_read_is_read_anew() -> None:
    """An event came between both pages: the second page repeats one and lacks none."""
    old, new = [event(chargedCents=n) for n in (1, 2, 3)], event(chargedCents=4)
    asked_pages: list[int] = []

    def reply(path: str, asked: Asked) -> tuple[int, Any]:
        asked_pages.append(asked["page"])
        every = old if len(asked_pages) == 1 else [new, *old]
        page = asked["page"]
        chosen = every[2 * page - 2 : 2 * page]
        return 200, events(chosen, len(every), page, has_more=2 * page < len(every))

    with team(reply) as served:
        found = rows(USAGE_EVENTS, cursor.usage_events(served.api, ONE_DAY))
    assert asked_pages == [1, 2, 1, 2]
    assert sorted(row["charged_cents"] for row in found) == [1, 2, 3, 4]
    assert {row["occurrence"] for row in found} == {1}


def test_a_page_that_comes_in_the_place_of_another_loses_nothing() -> None:
    pages = {
        1: events([event(chargedCents=1)], 2, page=1, has_more=True),
        2: events([event(chargedCents=2)], 2, page=2),
    }
    wrong = events([event(chargedCents=1)], 2, page=2)
    count = 0

    def reply(path: str, asked: Asked) -> tuple[int, Any]:
        nonlocal count
        count += 1
        return 200, wrong if count == 2 else pages[asked["page"]]

    with team(reply) as served:
        found = rows(USAGE_EVENTS, cursor.usage_events(served.api, ONE_DAY))
    assert sorted(row["charged_cents"] for row in found) == [1, 2]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (events([event()], 5), "1 rows came where the vendor tells of 5"),
        (events([], 5), "0 rows came where the vendor tells of 5"),
        (events([event()], page=3), "the vendor answered with page 3"),
    ],
)
def test_a_list_that_is_not_whole_is_no_report(
    answer: dict[str, Any], problem: str
) -> None:
    with (
        team(lambda path, asked: (200, answer)) as served,
        pytest.raises(Unavailable, match=problem),
    ):
        list(cursor.usage_events(served.api, ONE_DAY))


@pytest.mark.parametrize("time", ["2027-02-01T09:00:00Z", "", "-5"])
def test_a_time_in_another_form_stops_the_table(time: str) -> None:
    with pytest.raises(SchemaChanged, match=r"usageEvents\[\]\.timestamp"):
        read(event() | {"timestamp": time})


def test_an_amount_in_another_form_stops_the_table() -> None:
    with pytest.raises(SchemaChanged, match="chargedCents"):
        read(event(chargedCents="2 cents"))


def test_waits_outlast_the_minute_of_the_limit() -> None:
    """Twenty requests a minute, and the refusal does not say how long to wait."""
    said = {"error": "Too Many Requests", "message": "Rate limit exceeded."}
    with (
        team(lambda path, asked: (429, said)) as served,
        pytest.raises(Unavailable, match="Rate limit exceeded"),
    ):
        list(cursor.usage_events(served.api, ONE_DAY))
    assert sum(served.slept) > 60

"""What is special to Lingma: midnight in China, pages by number, no e-mail."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from loopback import Query, vendor

from ingestion.clock import FixedClock
from ingestion.connector import Surroundings
from ingestion.errors import Unavailable
from ingestion.page import Page
from ingestion.sources import lingma
from ingestion.window import Window

DAY = Window(date(2026, 11, 20), date(2026, 11, 20))
CLOCK = FixedClock(datetime(2026, 11, 25, 6, tzinfo=UTC))
# Midnight of 20 November in China.
MIDNIGHT = int(datetime(2026, 11, 19, 16, tzinfo=UTC).timestamp()) * 1000


def used(number: int) -> dict[str, Any]:
    return {"date": MIDNIGHT, "userId": f"u{number}", "totalChatTurns": number}


def pages(bodies: dict[str, list[dict[str, Any]]]) -> list[Page]:
    """The pages of a day, where `bodies` holds the rows by number of the page."""

    def answer(path: str, query: Query) -> tuple[int, Any]:
        assert query["startTime"] == query["endTime"] == ["2026-11-20"]
        return 200, bodies[query["page"][0]]

    with vendor(answer) as told:
        settings = lingma.Lingma(
            starts_on=DAY.first, base_url=told.url, organization_id="org"
        )
        around = Surroundings(CLOCK, lambda _: "token", Path(), lambda _: None)
        connection = lingma.CONNECTOR.connect(settings, around)
        found = list(lingma.developer_usage(connection, DAY))
        assert all(asked[2]["x-yunxiao-token"] == "token" for asked in told.asked)
    return found


def test_midnight_in_china_is_the_day_that_begins_there() -> None:
    (page,) = pages({"1": [used(1)]})
    assert page.columns["usage_date"] == [DAY.first]


def test_a_full_page_is_followed_by_another_one() -> None:
    found = pages({"1": [used(n) for n in range(100)], "2": [used(100)]})
    assert sum(len(page.columns["user_id"]) for page in found) == 101


def test_a_page_that_comes_again_as_the_next_one_is_refused() -> None:
    rows = [used(n) for n in range(100)]
    with pytest.raises(Unavailable, match="rows are missing"):
        pages({"1": rows, "2": rows})


def test_counts_that_are_not_sent_are_unknown_and_not_zero() -> None:
    (page,) = pages({"1": [{"date": MIDNIGHT, "userId": "u1"}]})
    assert page.columns["chat_turns"] == [None]
    assert page.columns["lines_accepted"] == [None]


def test_the_breakdown_by_language_is_not_stored() -> None:
    row = {**used(1), "breakdown": {"chatting": [{"language": "python"}]}}
    (page,) = pages({"1": [row]})
    assert b"python" not in page.body
    assert page.unknown_fields == frozenset()

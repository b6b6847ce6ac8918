"""What is special to Qoder: two names of cursors, records without ids, credits."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from loopback import Query, vendor

from ingestion.clock import FixedClock
from ingestion.connector import Surroundings
from ingestion.errors import Unavailable
from ingestion.page import Page
from ingestion.sources import qoder
from ingestion.window import Window

DAY = Window(date(2026, 11, 20), date(2026, 11, 20))
CLOCK = FixedClock(datetime(2026, 11, 25, 6, tzinfo=UTC))
NOON = int(datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp()) * 1000
USED = {"timestamp": NOON, "userId": "u1", "source": "IDE", "credits": 0.35}


def pages(
    bodies: dict[str, Any], cursor: str, usd_per_credit: str | None = None
) -> list[Page]:
    """The pages of a day, where `bodies` holds a body by the value of a cursor."""

    def answer(path: str, query: Query) -> tuple[int, Any]:
        assert path == "/v1/organizations/org%20a/usage-events"
        return 200, bodies[query.get(cursor, [""])[0]]

    with vendor(answer) as told:
        said = {
            "starts_on": DAY.first,
            "base_url": told.url,
            "organization_id": "org a",
            "usd_per_credit": usd_per_credit,
        }
        settings = qoder.Qoder.model_validate(said)
        around = Surroundings(CLOCK, lambda _: "key", Path(), lambda _: None)
        connection = qoder.CONNECTOR.connect(settings, around)
        return list(qoder.usage_events(connection, DAY))


def column(found: list[Page], name: str) -> list[Any]:
    return [value for page in found for value in page.columns[name]]


@pytest.mark.parametrize("cursor", ["nextToken", "nextCredits"])
def test_the_cursor_goes_back_under_the_name_it_came_with(cursor: str) -> None:
    other = {**USED, "timestamp": NOON + 1}
    found = pages(
        {"": {"usages": [USED], cursor: "p2"}, "p2": {"usages": [other], cursor: ""}},
        cursor,
    )
    assert len(column(found, "user_id")) == 2


def test_two_records_that_are_alike_are_two_records() -> None:
    found = pages({"": {"usages": [USED, USED]}}, "nextToken")
    assert column(found, "occurrence") == [1, 2]
    assert column(found, "credits") == [Decimal("0.35")] * 2


def test_a_page_that_comes_again_as_the_next_one_is_refused() -> None:
    body = {"usages": [USED, USED], "nextToken": "p2"}
    with pytest.raises(Unavailable, match="count twice"):
        pages({"": body, "p2": {**body, "nextToken": "p3"}}, "nextToken")


def test_the_instant_after_the_day_is_left_to_its_own_pull() -> None:
    midnight = NOON + 12 * 3_600_000
    body = {"usages": [{**USED, "timestamp": midnight}]}
    (page,) = pages({"": body}, "nextToken")
    assert page.columns["usage_date"] == []
    assert page.note


def test_the_noise_of_a_binary_fraction_is_cut_and_nothing_else() -> None:
    body = b'{"usages": [{"timestamp": %d, "credits": 0.30000000000000004}]}' % NOON
    (page,) = pages({"": body}, "nextToken")
    assert page.columns["credits"] == [Decimal("0.3")]
    assert page.columns["user_id"] == [""]


def test_credits_have_a_price_only_where_one_is_configured() -> None:
    body = {"": {"usages": [USED]}}
    assert column(pages(body, "nextToken"), "usd_per_credit") == [None]
    assert column(pages(body, "nextToken", "0.0125"), "usd_per_credit") == [
        Decimal("0.0125")
    ]

"""What is special to OpenRouter: a day key by key, the rest of no key, thirty days."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from loopback import Answer, Query, Vendor, vendor

from ingestion.clock import FixedClock
from ingestion.connector import Surroundings
from ingestion.lake import Lake
from ingestion.page import Page
from ingestion.sources import openrouter
from ingestion.window import Window

DAY = date(2026, 11, 20)
CLOCK = FixedClock(datetime(2026, 11, 25, 6, tzinfo=UTC))
USED: dict[str, Any] = {
    "date": "2026-11-20", "model": "m", "model_permaslug": "m-1", "endpoint_id": "e",
    "provider_name": "P", "usage": 0.5, "byok_usage_inference": 0, "requests": 5,
    "prompt_tokens": 100, "completion_tokens": 50, "reasoning_tokens": 10,
    "cached_tokens": 20,
}  # fmt: skip
PART: dict[str, Any] = {
    **USED, "usage": 0.2, "requests": 2, "prompt_tokens": 40,
    "completion_tokens": 20, "reasoning_tokens": 4, "cached_tokens": 20,
}  # fmt: skip


class Account:
    """An account whose whole usage and one key's are told by a test."""

    def __init__(self, whole: list[Any], of_key: list[Any]) -> None:
        self.whole, self.of_key = whole, of_key
        self.workspaces: tuple[str, ...] = ()
        self.clock = CLOCK

    def answer(self, path: str, query: Query) -> Answer:
        if path == "/keys":
            if query["offset"] != ["0"]:
                return 200, {"data": []}
            name = query.get("workspace_id", ["k"])[0]
            return 200, {"data": [{"hash": name, "label": "sk-or-v1-0e6...1c96"}]}
        is_whole = "api_key_hash" not in query
        rows = self.whole if is_whole else self.of_key
        return 200, {"data": [row for row in rows if [row["date"]] == query["date"]]}

    def connection(self, told: Vendor) -> openrouter.Connection:
        said = {
            "starts_on": DAY,
            "base_url": told.url,
            "workspace_ids": self.workspaces,
        }
        settings = openrouter.OpenRouter.model_validate(said)
        around = Surroundings(self.clock, lambda _: "key", Path(), lambda _: None)
        return openrouter.CONNECTOR.connect(settings, around)

    def landed(self, lake: Lake, window: Window) -> list[str]:
        """The outcome of each day, pulled into a lake."""
        table = openrouter.CONNECTOR.feeds[0].table
        with vendor(self.answer) as told:
            pages = openrouter.activity(self.connection(told), window)
            receipts = lake.replace_days(table, window, pages)
        return [receipt.outcome for receipt in receipts]

    def pages(self, window: Window) -> tuple[list[Page], Vendor]:
        with vendor(self.answer) as told:
            return list(openrouter.activity(self.connection(told), window)), told


def column(found: list[Page], name: str) -> list[Any]:
    return [value for page in found for value in page.columns[name]]


def test_what_no_listed_key_explains_is_kept_under_no_key() -> None:
    found, _ = Account([USED], [PART]).pages(Window(DAY, DAY))
    assert column(found, "api_key_hash") == ["k", ""]
    assert column(found, "prompt_tokens") == [40, 60]
    assert column(found, "cached_tokens") == [20, 0]
    assert column(found, "usage_usd") == [Decimal("0.2"), Decimal("0.3")]


def test_a_day_that_keys_explain_wholly_has_no_rest() -> None:
    found, _ = Account([USED], [USED]).pages(Window(DAY, DAY))
    assert column(found, "api_key_hash") == ["k"]


def test_a_key_that_is_ahead_of_the_account_leaves_no_negative_rest() -> None:
    found, _ = Account([PART], [USED]).pages(Window(DAY, DAY))
    assert column(found, "requests") == [5]


def test_rows_of_the_same_place_are_added_up() -> None:
    found, _ = Account([USED, PART], [USED, PART]).pages(Window(DAY, DAY))
    assert column(found, "requests") == [7]


def test_a_counter_that_is_not_told_stays_unknown_in_the_rest_too() -> None:
    part = {**PART, "cached_tokens": None}
    found, _ = Account([USED], [part]).pages(Window(DAY, DAY))
    assert column(found, "cached_tokens") == [None, None]


def test_the_noise_of_a_binary_fraction_leaves_no_rest() -> None:
    noisy = {**USED, "usage": 0.30000000000000004}
    found, _ = Account([noisy], [{**USED, "usage": 0.3}]).pages(Window(DAY, DAY))
    assert column(found, "usage_usd") == [Decimal("0.3")]


def test_a_day_without_usage_is_asked_for_once_and_says_so() -> None:
    found, told = Account([], []).pages(Window(DAY, DAY))
    assert len(told.queries("/activity")) == 1
    assert column(found, "usage_date") == []
    assert found[-1].note == "the vendor reports no usage"


def test_days_out_of_reach_and_the_present_day_are_not_asked_for() -> None:
    present = CLOCK.now().date()
    window = Window(present - timedelta(days=40), present)
    found, told = Account([USED], [USED]).pages(window)
    days = {query["date"][0] for query in told.queries("/activity")}
    assert min(days) == str(present - timedelta(days=30))
    assert max(days) == str(present - timedelta(days=1))
    assert any("30 days" in page.note for page in found)


def test_a_backfill_beyond_thirty_days_keeps_the_days_that_landed(
    tmp_path: Path,
) -> None:
    account, lake = Account([USED], [PART]), Lake(tmp_path, CLOCK)
    assert account.landed(lake, Window(DAY, DAY)) == ["changed"]
    account.clock = FixedClock(CLOCK.now() + timedelta(days=26))
    again = Window(DAY, DAY + timedelta(days=1))
    assert account.landed(lake, again) == ["unreported", "unchanged"]
    assert account.landed(lake, Window(DAY, DAY)) == ["unreported"]
    landed = lake.current(openrouter.CONNECTOR.feeds[0].table)
    assert landed["prompt_tokens"].to_pylist() == [60, 40]
    notes = lake.receipts()["note"].to_pylist()
    assert all("the last 30 days" in note for note in notes[1:])


def test_keys_of_every_named_workspace_are_listed_without_their_label() -> None:
    account = Account([], [])
    account.workspaces = ("w",)
    with vendor(account.answer) as told:
        found = list(openrouter.keys(account.connection(told)))
    assert column(found, "key_hash") == ["k", "w"]
    assert all(b"sk-or" not in page.body for page in found)

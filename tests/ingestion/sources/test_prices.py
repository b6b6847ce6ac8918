"""The price book against the catalogue it is read from."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow.compute as pc
import pytest
from genai_prices import Usage, calc_price
from genai_prices.data_snapshot import (
    DataSnapshot,
    get_snapshot,
    set_custom_snapshot,
)
from genai_prices.data_units import unit_data
from genai_prices.types import (
    ClauseEquals,
    ConditionalPrice,
    ModelInfo,
    ModelPrice,
    PriceCalculation,
    Provider,
    TimeOfDateConstraint,
)

from ingestion.clock import FixedClock
from ingestion.errors import Misconfigured
from ingestion.lake import Lake
from ingestion.sources import prices
from ingestion.sources.prices.catalogue import SERVICE_TIERS, TOKEN_CLASSES, Price
from ingestion.sources.prices.tables import LIST_PRICES, MODEL_ALIASES

FLAT = Path(__file__).parents[4] / "shared/data/vendors/prices/genai_prices_flat.csv"
LITELLM = FLAT.parents[1] / "litellm/litellm_price_sample.json"
LITELLM_FIELDS = {
    "input_uncached": "input_cost_per_token",
    "cache_read": "cache_read_input_token_cost",
    "cache_write_5m": "cache_creation_input_token_cost",
    "cache_write_1h": "cache_creation_input_token_cost_above_1hr",
    "output": "output_cost_per_token",
}
BOOK = prices.price_book().prices
CONTEXTS = {
    "standard": {},
    "batch": {"processing": "batch"},
    "flex": {"service_tier": "flex"},
    "priority": {"service_tier": "priority"},
    "fast": {"service_tier": "fast", "speed": "fast"},
}


def held(price: Price, day: date) -> bool:
    """Whether the price holds on a day: from its first day to before its last."""
    return price.valid_from <= day and (price.valid_to is None or day < price.valid_to)


def days_of(price: Price) -> Iterator[date]:
    """The first and the last day of a price, as far as they are known."""
    yield max(price.valid_from, date(2020, 1, 1))
    yield date(2030, 1, 1) if price.valid_to is None else last_day(price.valid_to)


def last_day(end: date) -> date:
    """The last day before an exclusive end."""
    return end - timedelta(days=1)


def band_tokens(price: Price) -> int:
    """Input tokens of a request in the price's band."""
    band = price.context_band
    return 1000 if band == "base" else int(band.removeprefix(">")) + 1


def charged(price: Price, day: date) -> Decimal:
    """What the package charges for a request of the price's class alone."""
    count = band_tokens(price)
    used = {
        "input_uncached": {"input_tokens": count},
        "cache_read": {"input_tokens": count, "cache_read_tokens": count},
        "cache_write_5m": {"input_tokens": count, "cache_write_tokens": count},
        "cache_write_unspecified": {"input_tokens": count, "cache_write_tokens": count},
        "cache_write_1h": {
            "input_tokens": count,
            "cache_write_tokens": count,
            "cache_write_1h_tokens": count,
        },
        "output": {"input_tokens": count, "output_tokens": count},
    }[price.token_class]
    result: PriceCalculation = calc_price(
        Usage(**used),
        model_ref=price.model,
        provider_id=price.vendor,
        genai_request_timestamp=datetime.combine(day, time(12), UTC),
        price_context=CONTEXTS[price.service_tier] or None,
    )
    is_output = price.token_class == "output"
    return result.output_price if is_output else result.input_price


def test_the_page_has_the_columns_of_the_table_and_one_row_a_key() -> None:
    (page,) = prices.list_prices()
    assert list(page.columns) == [column.name for column in LIST_PRICES.columns]
    keys = list(zip(*(page.columns[name] for name in LIST_PRICES.key), strict=True))
    assert len(set(keys)) == len(keys) == len(BOOK)
    assert "web_searches_kcount" in page.unknown_fields


def test_book_and_aliases_land_in_the_lake(tmp_path: Path) -> None:
    lake = Lake(tmp_path, FixedClock(datetime(2027, 2, 5, tzinfo=UTC)))
    assert lake.merge(LIST_PRICES, prices.list_prices()).row_count == len(BOOK)
    assert lake.merge(LIST_PRICES, prices.list_prices()).outcome == "unchanged"
    assert lake.merge(MODEL_ALIASES, prices.model_aliases({})).row_count > 2000
    landed = lake.current(LIST_PRICES).filter(pc.field("vendor") == "anthropic")
    assert set(landed["usd_per_token"].to_pylist()) == {
        price.usd_per_token for price in BOOK if price.vendor == "anthropic"
    }


def test_a_model_that_is_priced_by_the_hour_alone_is_left_out() -> None:
    hours = TimeOfDateConstraint(time(0), time(8))
    night = ConditionalPrice(hours, prices=ModelPrice(input_mtok=Decimal(1)))
    model = ModelInfo("night-model", ClauseEquals("night-model"), prices=[night])
    provider = Provider("nights", "Nights", "", models=[model])
    prices.price_book.cache_clear()
    set_custom_snapshot(DataSnapshot([provider], from_auto_update=False))
    try:
        book = prices.price_book()
    finally:
        set_custom_snapshot(None)
        prices.price_book.cache_clear()
    assert (book.prices, book.skipped) == ((), {"time of day": 1})


def test_spans_are_half_open_and_never_overlap() -> None:
    spans = defaultdict(list)
    for price in BOOK:
        spans[price[:5]].append((price.valid_from, price.valid_to))
    for found in spans.values():
        found.sort()
        assert all(end is None or start < end for start, end in found)
        ends = [end for _, end in found[:-1]]
        starts = [start for start, _ in found[1:]]
        assert all(end <= start for end, start in zip(ends, starts, strict=True))


def test_every_price_of_anthropic_is_what_the_package_charges() -> None:
    checked = 0
    for price in BOOK:
        if price.vendor == "anthropic" and "carried back" not in price.price_source:
            for day in days_of(price):
                expected = price.usd_per_token * band_tokens(price)
                assert charged(price, day) == expected, (price, day)
                checked += 1
    assert checked > 300


def test_a_sample_of_all_vendors_is_what_the_package_charges() -> None:
    found = {
        (provider.id, model.id)
        for provider in get_snapshot().providers
        for model in provider.models
        if provider.id != "deepseek"  # charges by the hour, which is left out
        and provider.find_model(model.id) is model
    }
    fitting = [
        price
        for price in BOOK
        if (price.vendor, price.model) in found
        and "carried back" not in price.price_source
    ]
    for price in fitting[:: len(fitting) // 400]:
        for day in days_of(price):
            expected = price.usd_per_token * band_tokens(price)
            assert charged(price, day) == expected, (price, day)


def test_every_flat_row_of_the_catalogue_is_in_the_book() -> None:
    if not FLAT.exists():
        pytest.skip("the flat export of the catalogue is not on this machine")
    book = defaultdict(list)
    for price in BOOK:
        book[price[:5]].append(price)
    missing = []
    with FLAT.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        context = tuple(json.loads(row["context"] or "{}").items())
        classes = TOKEN_CLASSES.get(row["price_key"], ())
        tier = SERVICE_TIERS.get(context)
        exact = Decimal(row["price_usd"]).scaleb(-6)
        if tier is None or row["time_of_day"] or exact != round(exact, 12):
            continue
        threshold = row["tier_start_input_tokens"]
        band = "base" if threshold == "0" else f">{threshold}"
        day = date.fromisoformat(row["start_date"] or "1970-01-01")
        for name in classes:
            key = (row["provider_id"], row["model_id"], name, tier, band)
            priced = [p.usd_per_token for p in book[key] if held(p, day)]
            missing += [] if priced == [exact] else [(key, day, exact, priced)]
    assert missing == []


def test_prices_are_per_million_tokens_in_the_catalogue() -> None:
    per = {unit["price_key"]: unit["per"] for unit in unit_data.values()}
    assert {per[key] for key in TOKEN_CLASSES} == {1_000_000}


def test_every_price_has_exactly_twelve_decimals() -> None:
    assert {price.usd_per_token.as_tuple().exponent for price in BOOK} == {-12}
    assert all(price.usd_per_token < 10**6 for price in BOOK)


def test_a_class_without_a_price_is_left_out_and_never_guessed() -> None:
    classes = {price.token_class for price in BOOK if price.model == "claude-2"}
    assert classes == {"input_uncached", "output"}


def test_writing_to_the_cache_for_an_hour_has_a_price_of_its_own() -> None:
    found = {
        price.token_class: price.usd_per_token
        for price in BOOK
        if price.model == "claude-opus-4-8" and price.service_tier == "standard"
        if price.vendor == "anthropic"
    }
    assert found["cache_write_5m"] == found["cache_write_unspecified"]
    assert found["cache_write_5m"] == Decimal("0.00000625")
    assert found["cache_write_1h"] == Decimal("0.00001")


def test_a_price_change_splits_the_long_band_at_its_date() -> None:
    found = [
        (price.usd_per_token, price.valid_from, price.valid_to)
        for price in BOOK
        if price[:5]
        == ("anthropic", "claude-sonnet-4-6", "input_uncached", "standard", ">200000")
    ]
    change = date(2026, 3, 13)
    assert found == [
        (Decimal("0.000006"), date(1970, 1, 1), change),
        (Decimal("0.000003"), change, None),
    ]


def test_the_first_price_of_a_tier_is_carried_back_and_says_so() -> None:
    found = [
        (price.usd_per_token, price.valid_from, price.valid_to, price.price_source)
        for price in BOOK
        if price[:5] == ("anthropic", "claude-opus-4-8", "output", "batch", "base")
    ]
    known = date(2026, 10, 14)
    carried = "genai-prices, carried back from 2026-10-14"
    assert found == [
        (Decimal("0.0000125"), date(1970, 1, 1), known, carried),
        (Decimal("0.0000125"), known, None, "genai-prices"),
    ]


def test_the_catalogues_prices_hold_in_any_region() -> None:
    assert {price.region for price in BOOK} == {"any"}
    assert "region" in LIST_PRICES.key


def test_the_models_that_have_a_price_are_known_by_provider() -> None:
    found = prices.models()
    assert {(price.vendor, price.model) for price in BOOK} == {
        (vendor, model) for vendor, models in found.items() for model in models
    }


def test_what_is_left_out_is_counted() -> None:
    skipped = prices.price_book().skipped
    assert skipped["time of day"] == 8
    assert skipped["not exact in 12 decimals"] > 0
    assert skipped["route=mistral/eu"] > 0


def aliases(**configured: dict[str, str]) -> dict[tuple[str, str], str]:
    """The aliases landed for configured ones and two spellings seen in reports."""
    seen = {"anthropic": ["claude-haiku-4-5-20251001", "not-a-model"], "nobody": ["x"]}
    (page,) = prices.model_aliases(configured, seen)
    assert list(page.columns) == [column.name for column in MODEL_ALIASES.columns]
    vendors, spellings, models = page.columns.values()
    keys = zip(vendors, spellings, strict=True)
    return dict(zip(keys, models, strict=True))


def test_every_model_is_its_own_alias_and_dated_names_find_theirs() -> None:
    found = aliases()
    assert found["anthropic", "claude-opus-4-8"] == "claude-opus-4-8"
    assert found["anthropic", "claude-opus-4-20250514"] == "claude-opus-4-0"
    assert found["anthropic", "claude-haiku-4-5-20251001"] == "claude-haiku-4-5"
    assert ("anthropic", "not-a-model") not in found
    models = {(price.vendor, price.model) for price in BOOK}
    assert {(vendor, model) for (vendor, _), model in found.items()} >= models


def test_a_configured_alias_goes_before_the_catalogue() -> None:
    found = aliases(anthropic={"claude-opus-4": "claude-opus-4-1", "ours": "claude-2"})
    assert found["anthropic", "claude-opus-4"] == "claude-opus-4-1"
    assert found["anthropic", "ours"] == "claude-2"


@pytest.mark.parametrize(
    ("configured", "field", "near"),
    [
        ({"antropic": {"a": "claude-2"}}, "model_aliases.antropic", "'anthropic'"),
        (
            {"anthropic": {"a": "claude-sonet-5"}},
            "model_aliases.anthropic.a",
            "'claude-sonnet-5'",
        ),
        ({"anthropic": {"a": "zzz"}}, "model_aliases.anthropic.a", "name a model"),
    ],
)
def test_an_alias_of_what_has_no_price_names_the_nearest(
    configured: dict[str, dict[str, str]], field: str, near: str
) -> None:
    with pytest.raises(Misconfigured) as caught:
        aliases(**configured)
    assert caught.value.field == field
    assert near in caught.value.fix


def test_the_book_says_what_litellms_map_says_where_both_know_a_model() -> None:
    if not LITELLM.exists():
        pytest.skip("the sample of LiteLLM's map is not beside the checkout")
    sample = json.loads(LITELLM.read_text(), parse_float=Decimal)["sample"]
    day, compared = date(2026, 11, 23), 0
    for name, told in sample.items():
        provider = {"gemini": "google"}.get(
            told["litellm_provider"], told["litellm_provider"]
        )
        for price in BOOK:
            field = LITELLM_FIELDS.get(price.token_class)
            if (
                (price.vendor, price.model) == (provider, name.split("/")[-1])
                and (price.service_tier, price.context_band) == ("standard", "base")
                and held(price, day)
                and field in told
            ):
                assert price.usd_per_token == told[field], (name, field)
                compared += 1
    assert compared >= 20

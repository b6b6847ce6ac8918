"""The cases that every connector passes; each is one column of the matrix.

A case asserts, returns None, or returns a sentence that says why it does not apply.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from examples import SHARED, readings, serving_examples
from subject import Subject, content, impatient, instant, read, sums

from ingestion.connector import Feed
from ingestion.errors import (
    BadCredentials,
    BadInput,
    Misconfigured,
    MissingPermission,
    SchemaChanged,
    SourceError,
    Unavailable,
)
from ingestion.lake import Lake
from ingestion.page import Page
from ingestion.window import Window

Case = Callable[[Subject, pytest.MonkeyPatch], str | None]
FILES = "the vendor leaves files and answers no requests"
LONG_AFTER = timedelta(days=800)  # beyond what any vendor keeps
MOST_PAGES = 4  # pages of a feed at which a fault is tried, the last one included


def good_credentials(subject: Subject, _: pytest.MonkeyPatch) -> str | None:
    """The probe finds nothing to mend and says what may be read and how fresh it is."""
    probe = subject.connector.probe(subject.connection())
    assert probe.is_usable, probe.problems
    assert probe.permissions
    if subject.day_feeds:
        assert probe.newest_day is not None
    assert subject.connector.plan
    assert subject.connector.permission
    return None


def bad_credentials(subject: Subject, _: pytest.MonkeyPatch) -> str | None:
    """A wrong key is refused in words that name source and fix, never the key."""
    if not subject.vendor.secrets:
        return "the source needs no secret"
    wrong = {name: "wrong-secret-0123456789abcdef" for name in subject.vendor.secrets}
    connection = subject.connection(wrong)
    probe = subject.connector.probe(connection)
    assert not probe.is_usable
    told = " ".join(f"{each.problem} {each.fix}" for each in probe.problems)
    assert subject.connector.source in told
    assert all(each.fix for each in probe.problems)
    assert "wrong-secret" not in told
    for feed in subject.connector.feeds:
        with pytest.raises(BadCredentials) as refused:
            _read(feed, connection, subject.window)
        assert "wrong-secret" not in str(refused.value)
    with pytest.raises(BadCredentials):
        subject.connector.probe(subject.connection({}))
    return None


def missing_scope(subject: Subject, _: pytest.MonkeyPatch) -> str | None:
    """An account that may not read all of it: the probe says what is missing."""
    if not subject.vendor.weak_secrets:
        return "the vendor has no account that is valid and may not read"
    connection = subject.connection(subject.vendor.weak_secrets)
    probe = subject.connector.probe(connection)
    assert not probe.is_usable
    told = " ".join(f"{each.problem} {each.fix}" for each in probe.problems)
    assert subject.connector.source in told
    secrets = subject.vendor.weak_secrets.values()
    assert not any(secret in told for secret in secrets if len(secret) > 8)
    refused = 0
    for feed in subject.connector.feeds:
        try:
            _read(feed, connection, subject.window)
        except (MissingPermission, Misconfigured):
            refused += 1
    assert refused > 0
    return None


def expected_records(subject: Subject, _: pytest.MonkeyPatch) -> str | None:
    """Every row that the vendor has, to the last token and cent."""
    expected = subject.vendor.expected(subject.company, subject.present, subject.window)
    assert expected
    lake = subject.landed("lake")
    by_name = {table.name: table for table in subject.connector.tables}
    for name, controls in expected.items():
        rows = lake.current(by_name[name])
        assert sums(rows, controls) == dict(controls), name
        assert rows.num_rows > 0, name
    return None


def paging_to_the_end(subject: Subject, _: pytest.MonkeyPatch) -> str | None:
    """A long window arrives whole, in as many pages as the vendor cuts it into."""
    first = max(subject.settings.starts_on, subject.window.last - timedelta(days=34))
    window = Window(first, subject.window.last)
    expected = subject.vendor.expected(subject.company, subject.present, window)
    lake = subject.landed("lake", window)
    by_name = {table.name: table for table in subject.connector.tables}
    for name, controls in expected.items():
        found = sums(lake.current(by_name[name]), controls)
        assert found == dict(controls), name
    return None


def replayed_twice(subject: Subject, _: pytest.MonkeyPatch) -> str | None:
    """The same pull again writes receipts and nothing else."""
    lake = subject.landed("lake")
    before = _files(subject.folder / "lake", "current")
    for feed in subject.connector.feeds:
        receipts = subject.land(lake, feed)
        assert {receipt.outcome for receipt in receipts} <= {"unchanged"}
    after = _files(subject.folder / "lake", "current")
    receipts = {path for path in after if "pulls/receipts" in path}
    assert {path: after[path] for path in after if path not in receipts} == {
        path: before[path] for path in before if path not in receipts
    }
    return None


def range_of_days(subject: Subject, _: pytest.MonkeyPatch) -> str | None:
    """Days pulled one by one are the days pulled at once."""
    if not subject.day_feeds:
        return "the vendor reports nothing by day"
    whole, pieces = subject.lake("whole"), subject.lake("pieces")
    for feed in subject.day_feeds:
        subject.land(whole, feed)
        for day in subject.window.days():
            receipts = subject.land(pieces, feed, Window(day, day))
            assert [receipt.window_day for receipt in receipts] == [day]
        assert content(whole, feed.table) == content(pieces, feed.table)
    return None


def empty_period(subject: Subject, _: pytest.MonkeyPatch) -> str | None:
    """Days before the vendor's first are empty, and the receipt says why."""
    if not subject.day_feeds:
        return "the vendor reports nothing by day"
    day = subject.settings.starts_on - timedelta(days=40)
    lake = subject.lake()
    for feed in subject.day_feeds:
        (receipt,) = subject.land(lake, feed, Window(day, day))
        assert receipt.row_count == 0, feed.table.path
        assert receipt.note, f"{feed.table.path} does not say why it is empty"
    return None


def late_and_revised_days(subject: Subject, _: pytest.MonkeyPatch) -> str | None:
    """A day read early grows when it is read again; the first version is kept."""
    revised = [feed for feed in subject.day_feeds if feed.table.revision_days > 1]
    if not revised:
        return "the vendor never revises a day"
    for day in _revisable(subject, revised):
        days, changed = Window(day, day), 0
        for present in (_first_seen(subject, day), subject.present):
            here = subject.at(present)
            expected = here.vendor.expected(here.company, present, days)
            lake = here.lake(f"v{day}")
            for feed in revised:
                receipts = here.land(lake, feed, days)
                changed += present == subject.present and (
                    receipts[0].outcome == "changed"
                )
                controls = expected.get(feed.table.name, {})
                found = sums(lake.current(feed.table), controls)
                assert found == dict(controls), feed.table.name
        if changed:
            return None
    if not subject.has_api:
        return "files come whole"
    raise AssertionError("no day was ever revised")


def vanished_row(subject: Subject, _: pytest.MonkeyPatch) -> str | None:
    """A row that the vendor takes back is gone, and what it was is kept."""
    revised = [feed for feed in subject.day_feeds if feed.table.revision_days > 2]
    if not revised:
        return "the vendor takes nothing back"
    if not subject.has_api:
        return "files are added and not taken back"
    for day in _revisable(subject, revised):
        older = Window(day, day)
        early = subject.at(_first_seen(subject, day))
        lake, gone = early.lake(f"v{day}"), 0
        for feed in revised:
            early.land(lake, feed, older)
        keys = {feed.table.name: _keys(lake, feed) for feed in revised}
        late = subject.at(subject.present)
        for feed in revised:
            late.land(late.lake(f"v{day}"), feed, older)
            gone += len(keys[feed.table.name] - _keys(lake, feed))
        if gone:
            return None
    raise AssertionError("no row ever vanished")


def days_out_of_reach(subject: Subject, _: pytest.MonkeyPatch) -> str | None:
    """Days pulled again long after keep what landed of them, reported still or not."""
    if not subject.day_feeds:
        return "the vendor reports nothing by day"
    if not subject.has_api:
        return "files stay where they are"
    final = _revisable(subject, subject.day_feeds)
    days = Window(final[-1] - timedelta(days=1), final[-1])
    lake = subject.landed("lake", days)
    before = {feed.table.name: content(lake, feed.table) for feed in subject.day_feeds}
    late = subject.at(subject.present + LONG_AFTER)
    for feed in subject.day_feeds:
        late.land(late.lake(), feed, days)
        assert content(lake, feed.table) == before[feed.table.name], feed.table.path
    return None


def _revisable(subject: Subject, feeds: Iterable[Feed]) -> list[date]:
    """Days that are final by now, whose earlier versions can be asked for."""
    final = max(feed.table.revision_days for feed in feeds)
    last = subject.present.date() - timedelta(days=subject.connector.lag_days + final)
    first = max(subject.settings.starts_on, last - timedelta(days=17))
    return Window(first, last).days()


def _first_seen(subject: Subject, day: date) -> datetime:
    """The first instant at which a day is expected, at the subject's time of day."""
    age = subject.present.date() - day
    return subject.present - age + timedelta(days=subject.connector.lag_days)


def duplicate_pages(subject: Subject, _: pytest.MonkeyPatch) -> str | None:
    """A page that comes twice counts once."""
    once, twice = subject.lake("once"), subject.lake("twice")
    for feed in subject.connector.feeds:
        subject.land(once, feed)
        subject.land(twice, feed, pages=_doubled)
        assert content(once, feed.table) == content(twice, feed.table)
    return None


def throttled_at_every_page(subject: Subject, patch: pytest.MonkeyPatch) -> str | None:
    """Being told to wait at any page costs time and no row."""
    return _survives(subject, patch, "rate_limited")


def failing_at_every_page(subject: Subject, patch: pytest.MonkeyPatch) -> str | None:
    """A server error at any page costs time and no row."""
    return _survives(subject, patch, "overloaded")


def timed_out_at_every_page(subject: Subject, patch: pytest.MonkeyPatch) -> str | None:
    """No answer in time at any page costs time and no row."""
    return _survives(subject, patch, "stall")


def truncated_at_every_page(subject: Subject, patch: pytest.MonkeyPatch) -> str | None:
    """Half an answer at any page costs time and no row."""
    return _survives(subject, patch, "truncated_body")


def down_for_good(subject: Subject, patch: pytest.MonkeyPatch) -> str | None:
    """A vendor that stays down is a plain error, and what landed before stays."""
    if not subject.has_api:
        return FILES
    impatient(patch)
    lake = subject.landed("lake")
    feeds = subject.moving_feeds
    before = {feed.table.name: content(lake, feed.table) for feed in feeds}
    _faults(subject, kind="overloaded", times=None)
    for feed in feeds:
        with pytest.raises(Unavailable) as failed:
            subject.land(lake, feed)
        assert subject.connector.source in str(failed.value)
        assert content(lake, feed.table) == before[feed.table.name]
    return None


def unknown_fields(subject: Subject, _: pytest.MonkeyPatch) -> str | None:
    """A field that is new to us passes, and its name is on the receipt."""
    if not subject.has_api:
        return FILES
    plain, news = subject.lake("plain"), subject.lake("news")
    named = 0
    for feed in subject.connector.feeds:
        subject.control("faults", [])
        subject.land(plain, feed)
        _faults(subject, kind="unknown_field", times=None)
        receipts = subject.land(news, feed)
        assert content(plain, feed.table) == content(news, feed.table)
        fields = " ".join(receipt.unknown_fields or "" for receipt in receipts)
        named += "newly_invented" in fields
    assert named > 0
    return None


def missing_fields(subject: Subject, _: pytest.MonkeyPatch) -> str | None:
    """A field that is used and went missing stops the table by its name, and no other
    field changes anything but itself."""
    if not subject.has_api:
        return FILES
    stopped: set[str] = set()
    for feed in subject.moving_feeds:
        lake = subject.lake()
        subject.control("faults", [])
        bodies: list[bytes] = []
        subject.land(lake, feed, pages=lambda pages, kept=bodies: _kept(pages, kept))
        before = content(lake, feed.table)
        for field in sorted(_row_fields(bodies)):
            _faults(subject, kind="missing_field", field=field, times=None)
            error = _refusal(subject, lake, feed)
            if error is None:
                subject.control("faults", [])
                lake = subject.lake(f"{feed.table.name}-{field}")
                subject.land(lake, feed)
                continue
            assert error.fix
            assert content(lake, feed.table) == before
            if isinstance(error, SchemaChanged):
                assert field in str(error), (field, str(error))
                stopped.add(field)
    assert stopped, "no field is needed"
    return None


def official_examples(subject: Subject, _: pytest.MonkeyPatch) -> str | None:
    """The vendor's own example bodies are read, each into its table."""
    if not subject.vendor.examples:
        return "no official body is at hand"
    if not SHARED.is_dir():
        pytest.skip("the vendors' example bodies are not beside the checkout")
    feeds = {feed.table.name: feed for feed in subject.connector.feeds}
    for (table, days), told in readings(subject.vendor.examples).items():
        with serving_examples(told) as url:
            said = subject.vendor.settings(url, subject.home)
            settings = subject.connector.settings.model_validate(said)
            # Soon after its days, when the vendor still reports them.
            at = subject if days is None else replace(subject, present=_soon(days))
            connection = at.connection(settings=settings)
            pages = _read(feeds[table], connection, days or subject.window)
        assert sum(page.row_count for page in pages) > 0, (table, days)
    return None


def _soon(days: Window) -> datetime:
    return instant(days.last + timedelta(days=10))


def damaged_files(subject: Subject, _: pytest.MonkeyPatch) -> str | None:
    """A file cut in half is named in a plain error; what landed before stays."""
    if subject.has_api:
        return "the vendor answers requests and leaves no files"
    for feed in subject.day_feeds:
        home = subject.folder / f"damaged-{feed.table.name}"
        assert subject.vendor.write is not None
        subject.vendor.write(subject.company, subject.present, home)
        said = subject.vendor.settings("", home)
        settings = subject.connector.settings.model_validate(said)
        connection = replace(subject, home=home).connection(settings=settings)
        assert _read(feed, connection, subject.window)
        for path in home.rglob("*"):
            if path.is_file():
                path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        with pytest.raises((BadInput, Unavailable)) as refused:
            _read(feed, connection, subject.window)
        assert subject.connector.source in str(refused.value)
        assert refused.value.fix
    return None


CASES: tuple[Case, ...] = (
    good_credentials,
    bad_credentials,
    missing_scope,
    expected_records,
    paging_to_the_end,
    replayed_twice,
    range_of_days,
    empty_period,
    late_and_revised_days,
    vanished_row,
    days_out_of_reach,
    duplicate_pages,
    throttled_at_every_page,
    failing_at_every_page,
    timed_out_at_every_page,
    truncated_at_every_page,
    down_for_good,
    unknown_fields,
    missing_fields,
    damaged_files,
    official_examples,
)


def _survives(subject: Subject, patch: pytest.MonkeyPatch, kind: str) -> str | None:
    """The fault once at every page of every feed leaves the lake as without it."""
    if not subject.has_api:
        return FILES
    plain = subject.lake("plain")
    counts: dict[str, int] = {}
    for feed in subject.connector.feeds:
        before = len(subject.asked())
        subject.land(plain, feed)
        counts[feed.table.name] = len(subject.asked()) - before
    impatient(patch)
    for feed in subject.connector.feeds:
        count = counts[feed.table.name]
        assert count > 0
        places = {*range(1, min(count, MOST_PAGES) + 1), count}
        for place in sorted(places):
            _faults(subject, kind=kind, nth=place, times=1)
            hurt = subject.lake(f"{kind}-{feed.table.name}-{place}")
            subject.land(hurt, feed)
            assert content(plain, feed.table) == content(hurt, feed.table)
    return None


def _refusal(subject: Subject, lake: Lake, feed: Feed) -> SourceError | None:
    """The error that a pull ends in, if it does."""
    try:
        subject.land(lake, feed)
    except SourceError as error:
        return error
    return None


def _faults(subject: Subject, **fault: object) -> None:
    subject.control("faults", [{"path": f"/{subject.vendor.source}", **fault}])


def _read(feed: Feed, connection: object, window: Window) -> list[Page]:
    return list(read(feed, connection, window))


def _doubled(pages: Iterable[Page]) -> Iterator[Page]:
    for page in pages:
        yield page
        yield page


def _kept(pages: Iterable[Page], bodies: list[bytes]) -> Iterator[Page]:
    for page in pages:
        bodies.append(page.body)
        yield page


def _row_fields(bodies: Iterable[bytes]) -> set[str]:
    """Names of the fields of rows, at any depth of the bodies."""
    found: set[str] = set()

    def walk(value: object) -> None:
        if isinstance(value, dict):
            found.update(value)
            for each in value.values():
                walk(each)
        elif isinstance(value, list):
            for each in value[:3]:
                walk(each)

    for body in bodies:
        try:
            walk(json.loads(body))
        except ValueError:
            for line in body.splitlines()[:3]:
                walk(json.loads(line))
    return found


def _keys(lake: Lake, feed: Feed) -> set[tuple[object, ...]]:
    rows = lake.current(feed.table).select(list(feed.table.key)).to_pylist()
    return {tuple(row.values()) for row in rows}


def _files(root: Path, part: str) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob(f"{part}/**/*.parquet")
    }

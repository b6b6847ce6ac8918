import base64
import hashlib
import re
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from dashboards.claims import forbidden_words
from dashboards.definition import HERE
from tests.dashboards.conftest import CONTACT, PEOPLE, Pages, build
from tests.dashboards.document import Element, document
from tests.dashboards.small_release import (
    MODES,
    QUARTERS,
    RELEASE_ID,
    person_key,
    write_release,
)

COLOUR = re.compile(r"--(\w+): #([0-9a-f]{3,6});")


@pytest.fixture(scope="module")
def documents(pages: Pages) -> dict[str, Element]:
    """Every page of the site, parsed."""
    return {name: document(html) for name, html in pages.all().items()}


def section(page: Element, heading: str) -> Element:
    """The section under a heading."""
    return next(
        found for found in page.find("section") if found.find("h2")[0].text == heading
    )


def cells(table: Element) -> list[list[str]]:
    """The body of a table."""
    rows = table.find("tbody")[0].find("tr")
    return [[cell.text for cell in row.find("th", "td")] for row in rows]


def changed(folder: Path, file: str, sql: str) -> Path:
    """A small release in which one statement was run on one file."""
    release = write_release(folder / "release", people=3)
    with duckdb.connect(release / f"{file}.duckdb") as connection:
        connection.execute(sql)
    return release


def test_pages_say_their_language_title_and_width(
    documents: dict[str, Element],
) -> None:
    for page in documents.values():
        assert page.find("html")[0].attributes["lang"] == "en"
        assert page.find("title")[0].text
        metas = {meta.attributes.get("name"): meta for meta in page.find("meta")}
        assert "width=device-width" in str(metas["viewport"].attributes["content"])
        assert len(page.find("main")) == len(page.find("h1")) == 1


def test_headings_never_skip_a_level(documents: dict[str, Element]) -> None:
    for page in documents.values():
        levels = [int(found.tag[1]) for found in page.find("h1", "h2", "h3", "h4")]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_headers_with_a_scope(
    documents: dict[str, Element],
) -> None:
    for page in documents.values():
        assert page.find("table")
        for table in page.find("table"):
            assert table.find("caption")[0].text
            assert all(
                head.attributes["scope"] in ("col", "row") for head in table.find("th")
            )
            width = len(table.find("thead")[0].find("th"))
            rows = table.find("tbody")[0].find("tr")
            assert {len(row.find("th", "td")) for row in rows} == {width}


def test_ids_are_unique_and_every_label_points_at_one(
    documents: dict[str, Element],
) -> None:
    for page in documents.values():
        every = page.find(*{e.tag for e in _walk(page)})
        ids = [e.attributes["id"] for e in every if "id" in e.attributes]
        assert len(ids) == len(set(ids))
        labels = {e.attributes.get("aria-labelledby") for e in every} - {None}
        assert labels <= set(ids)


def test_every_drawing_is_one_described_image(documents: dict[str, Element]) -> None:
    drawings = [svg for page in documents.values() for svg in page.find("svg")]
    assert len(drawings) == 2 * (PEOPLE - len(MODES))
    for svg in drawings:
        assert svg.attributes["role"] == "img"
        assert "table beside" in svg.find("title")[0].text
        assert not any("role" in mark.attributes for mark in _walk(svg)[1:])


def test_only_the_page_s_own_style_may_load(pages: Pages) -> None:
    for html in pages.all().values():
        style = html.split("<style>")[1].split("</style>")[0]
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = document(html).find("meta")[2].attributes
        assert policy["http-equiv"] == "Content-Security-Policy"
        assert policy["content"] == (
            f"default-src 'none'; style-src 'sha256-{digest}'; "
            "base-uri 'none'; form-action 'none'"
        )


def test_nothing_on_a_page_reaches_outside_or_runs(pages: Pages) -> None:
    for html in pages.all().values():
        assert not re.search(r"https?:|//\w|url\(|@import|@font-face", html)
        for element in _walk(document(html)):
            assert element.tag not in ("script", "iframe", "img", "link", "object")
            names = set(element.attributes)
            assert not {n for n in names if n.startswith("on")} | (names & {"style"})


def test_every_page_names_release_age_checks_and_rules(
    documents: dict[str, Element],
) -> None:
    for page in documents.values():
        banner = page.find("header")[0].text
        assert RELEASE_ID in banner
        assert "10 minutes when this page was written" in banner
        assert "4 of 7 passed, 2 with a note, 1 withheld rows" in banner
        assert "rule version rules-2027.1" in page.find("footer")[0].text


def test_no_page_explains_or_compares(documents: dict[str, Element]) -> None:
    for page in documents.values():
        assert forbidden_words(page.text) == []


@pytest.mark.parametrize("scheme", [0, 1])
def test_text_stands_out_from_its_ground(scheme: int) -> None:
    css = (HERE / "templates" / "style.css").read_text()
    palettes = [dict(COLOUR.findall(part)) for part in css.split(":root {")[1:3]]
    colours = {name: _luminance(value) for name, value in palettes[scheme].items()}
    for ground in ("paper", "raised"):
        for text in ("ink", "quiet", "accent"):
            light, dark = sorted((colours[ground], colours[text]), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_a_withheld_quarter_shows_its_reason_and_no_number(pages: Pages) -> None:
    page = document(pages.person(0))
    quarter = next(
        found
        for found in page.find("details")
        if found.find("summary")[0].text.startswith("2026-Q3")
    )
    assert quarter.find("summary")[0].text == "2026-Q3: 0 of 14 figures published"
    for table in quarter.find("table"):
        assert {row[1] for row in cells(table)} == {
            "withheld accounts are not all linked"
        }
    held = section(page, "What is withheld, and what you can do").text
    assert "Not all of your accounts could be linked to you" in held
    assert "Tell the data steward which accounts" in held
    assert "2026-Q3 all figures" in held


def test_a_withheld_quarter_is_a_gap_and_never_zero(pages: Pages) -> None:
    page = document(pages.person(0))
    over = section(page, "Quarter by quarter")
    costs = {row[0]: row[1] for row in cells(over.find("table")[0])}
    assert costs["2026-Q3"] == costs["2025-Q1"] == "withheld"
    assert costs["2027-Q1, in progress"] == "withheld"
    bars = [
        mark
        for mark in _walk(over.find("svg")[0])
        if (mark.attributes.get("class") or "").startswith("mark-rect")
    ]
    assert sum(len(found.find("path")) for found in bars) == len(QUARTERS) - 6
    assert over.find("svg")[0].text.count("withheld") == 5
    assert over.find("svg")[0].text.count("in progress") == 1


def test_use_before_a_vendor_was_connected_is_unknown_and_not_zero(
    pages: Pages,
) -> None:
    held = section(document(pages.person(1)), "What is withheld, and what you can do")
    assert "A source that this figure needs is not connected" in held.text
    assert "2025-Q1 to 2025-Q4 all of “What was used”" in held.text


def test_a_range_is_shown_where_there_is_one_and_promised_where_not(
    pages: Pages,
) -> None:
    with_range = section(document(pages.person(1)), "Your figures").text
    assert "likely 11.2 to 19.8 hours" in with_range
    without = section(document(pages.person(2)), "Your figures").text
    assert "likely range comes with the measurement release" in without


def test_where_no_person_is_shown_the_page_says_so_and_no_figure(pages: Pages) -> None:
    page = document(pages.person(11))
    assert "0 of 14 figures are published" in page.text
    for table in section(page, "Your figures").find("table"):
        shown = {row[1] for row in cells(table)}
        assert shown == {"withheld no person figures in this entity"}
    assert "no figure about a single person is published" in page.text
    assert "there is nothing to draw" in page.text


def test_the_newest_complete_quarter_stands_first(pages: Pages) -> None:
    page = document(pages.person(1))
    tables = section(page, "Your figures").find("table")
    assert [table.find("caption")[0].text for table in tables[:2]] == [
        "What was used 2026-Q4, newest complete quarter",
        "What was worked on 2026-Q4, newest complete quarter",
    ]


def test_a_person_learns_how_to_contest_and_who_can_see(pages: Pages) -> None:
    page = document(pages.person(0))
    assert CONTACT in section(page, "How to contest a figure").text
    assert "HR, in the release's review file" in section(page, "Who can see this").text
    own = section(document(pages.person(10)), "Who can see this").text
    assert "may be shown to you alone" in own
    assert "HR, in" not in own
    limits = section(page, "What these figures must not be used for").text
    assert "input to a human conversation" in limits
    command = section(page, "Where a figure comes from").text
    assert "tokenworth explain PERSON 2026-Q4 --measure MEASURE" in command


def test_cost_is_never_divided_by_what_was_completed(pages: Pages) -> None:
    assert not re.search(r"per (issue|outcome|item|change)", pages.person(1))


def test_names_and_contacts_are_text_and_never_markup(
    release: Path, tmp_path: Path
) -> None:
    target = tmp_path / "pages"
    built = build(release, target, {person_key(0): "<b>Bobby</b> {{ 7 * 7 }}"})
    page = Pages(built, target).person(0)
    assert "&lt;b&gt;Bobby&lt;/b&gt; {{ 7 * 7 }}" in page


def test_data_trust_shows_checks_that_did_not_just_pass(pages: Pages) -> None:
    checks = section(document(pages.trust()), "What was checked").find("table")
    assert cells(checks[0])[0] == [
        "Days are final",
        "Passed with a note",
        "12",
        "0",
        "12 days may still be revised by the vendor.",
    ]
    assert len(cells(checks[1])) == 4


def test_data_trust_tells_no_small_number_of_people(pages: Pages) -> None:
    checks = section(document(pages.trust()), "What was checked").find("table")
    assert cells(checks[0])[1] == [
        "Accounts are linked",
        "Rows withheld",
        "not shown",
        "0",
        "It is about people, so its words stay with the data steward.",
    ]


def test_data_trust_shows_late_and_missing_sources(pages: Pages) -> None:
    page = document(pages.trust())
    rows = cells(section(page, "How fresh the data is").find("table")[0])
    states = {(row[0], row[1]): row[2:] for row in rows}
    assert states["Anthropic", "cost"] == ["▲ Late", "30 January 2027", "6 days"]
    assert states["Cursor", "usage events"] == ["○ Not connected", "none", "not known"]
    answer = page.find("p")[1].text + page.find("p")[2].text
    assert "Not connected, so unknown and not zero: Cursor." in answer


def test_data_trust_shows_that_use_is_conserved(pages: Pages) -> None:
    whole = section(document(pages.trust()), "Whether everything is accounted for")
    assert "add up to the vendor's total exactly, in all 532 comparisons" in whole.text
    by_month, by_class = (cells(table) for table in whole.find("table"))
    assert by_month[0][:2] == ["February 2027", "Anthropic"]
    for row in by_class:
        *parts, total = (int(n.replace(",", "")) for n in row[2:])
        assert len(parts) == 4
        assert sum(parts) == total


def test_data_trust_says_when_use_is_not_conserved(tmp_path: Path) -> None:
    broken = "update mart_cost_reconciliation set unexplained_tokens = 7 "
    day = "where usage_date = date '2026-01-01' and token_class = 'output'"
    release = changed(tmp_path, "finance", broken + day)
    target = tmp_path / "pages"
    page = document(Pages(build(release, target, {}), target).trust())
    whole = section(page, "Whether everything is accounted for")
    assert "In 1 of 532 comparisons" in whole.text
    assert cells(whole.find("table")[0])[-1][-1] == "7"


def test_without_an_ai_vendor_use_is_unknown_and_not_zero(tmp_path: Path) -> None:
    release = changed(tmp_path, "finance", "delete from mart_cost_reconciliation")
    target = tmp_path / "pages"
    page = document(Pages(build(release, target, {}), target).trust())
    whole = section(page, "Whether everything is accounted for").text
    assert "That is unknown use, not zero use." in whole
    assert "$0" not in page.text


def test_use_of_few_people_is_shown_only_together(tmp_path: Path) -> None:
    release = write_release(tmp_path / "release", people=7)
    target = tmp_path / "pages"
    page = document(Pages(build(release, target, {}), target).trust())
    whole = section(page, "Whether everything is accounted for")
    by_month, by_class = (cells(table) for table in whole.find("table"))
    assert by_month[0][2:5] == by_class[0][2:5] == ["not shown"] * 3
    assert by_month[0][5].startswith("$")


def test_small_numbers_of_withheld_people_are_not_shown(pages: Pages) -> None:
    rows = cells(section(document(pages.trust()), "What is withheld").find("table")[0])
    counts = {(row[0], row[1]): row[2] for row in rows}
    assert counts["2026-Q2", "published"] == "not shown"
    assert counts["2025-Q1", "joined recently"] == "not shown"
    assert counts["2025-Q1", "published"] == "not shown"


def _walk(element: Element) -> list[Element]:
    return [element, *(e for child in element.children for e in _walk(child))]


def _luminance(colour: str) -> float:
    digits = colour if len(colour) == 6 else "".join(c * 2 for c in colour)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

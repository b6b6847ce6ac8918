"""Iterators over pages and their guards."""

import pytest

from ingestion import pagination
from ingestion.errors import Unavailable
from ingestion.pagination import offset_pages, token_pages


def test_tokens_are_followed_to_the_last_page() -> None:
    answers = {None: ("a", "t1"), "t1": ("b", "t2"), "t2": ("c", None)}
    assert list(token_pages(lambda token: answers[token], "vendor")) == ["a", "b", "c"]


def test_one_page_without_a_token_is_all() -> None:
    assert list(token_pages(lambda _: ("a", None), "vendor")) == ["a"]


def test_a_page_that_repeats_its_token_raises() -> None:
    answers = {None: ("a", "t1"), "t1": ("b", "t1")}
    pages = token_pages(lambda token: answers[token], "vendor")
    assert [next(pages), next(pages)] == ["a", "b"]
    with pytest.raises(Unavailable, match="page 2 repeats an earlier page token"):
        next(pages)


def test_tokens_in_a_longer_circle_raise() -> None:
    answers = {None: ("a", "t1"), "t1": ("b", "t2"), "t2": ("c", "t1")}
    with pytest.raises(Unavailable, match="paging does not end"):
        list(token_pages(lambda token: answers[token], "vendor"))


def test_pages_without_end_raise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagination, "MOST_PAGES", 5)
    with pytest.raises(Unavailable, match="no end after 5 pages"):
        list(token_pages(lambda token: ("x", (token or "") + "x"), "vendor"))
    with pytest.raises(Unavailable, match="no end after 5 pages"):
        list(offset_pages(lambda offset: ("x", offset + 50), "vendor"))


def test_offsets_are_followed_to_the_last_page() -> None:
    answers = {0: ("a", 50), 50: ("b", 93), 93: ("c", None)}
    assert list(offset_pages(lambda start: answers[start], "vendor")) == ["a", "b", "c"]


@pytest.mark.parametrize("following", [50, 0, -1])
def test_an_offset_that_does_not_grow_raises(following: int) -> None:
    answers = {0: ("a", 50), 50: ("b", following)}
    with pytest.raises(Unavailable, match=f"offset 50 leads to {following}"):
        list(offset_pages(lambda start: answers[start], "vendor"))

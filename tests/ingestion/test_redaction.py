"""Secrets and content are gone before anything is stored or shown."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.redaction import redact, redacted_text

SECRETS = [
    "sk-ant-admin01-AbCdEfGhIjKlMnOpQrStUvWx",
    "sk-proj-AbCdEfGhIjKlMnOpQrStUvWx",
    "ghp_AbCdEfGhIjKlMnOpQrStUvWx0123456789ab",
    "github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz",
    "glpat-AbCdEfGhIjKlMnOpQrSt",
    "ATATT3xFfGF0AbCdEfGhIjKlMnOpQrStUvWxYz=AB12CD34",
    "AKIA" + "ABCDEFGHIJKLMNOP",
    "AIzaSyA-AbCdEfGhIjKlMnOpQrStUvWxYz01234",
    "xoxb-0123456789-abcdefghij",
    "key_" + "0123456789abcdef" * 4,
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abcDEF_-123",
]


@pytest.mark.parametrize("secret", SECRETS)
def test_secrets_are_masked_and_the_rest_stays(secret: str) -> None:
    body = json.dumps({"model": "m", "note": f"see {secret}, ok", "n": 1}).encode()
    assert json.loads(redact(body)) == {
        "model": "m",
        "note": "see [redacted], ok",
        "n": 1,
    }


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_in_a_long_body_is_masked_too(secret: str) -> None:
    plain = ('{"url":"https://host.example","id":"key_1"},' * 5_000).encode()
    assert redact(plain) == plain
    body = plain + f'{{"note":"{secret}"}}'.encode() + plain
    assert redact(body) == plain + b'{"note":"[redacted]"}' + plain


TEXTS = st.lists(
    st.sampled_from(
        [*SECRETS, "Bearer abcdefgh1", "s3://me:pw@h", "-----BEGIN PRIVATE"]
    )
    | st.text(max_size=4),
    max_size=4,
)


@given(parts=TEXTS)
@settings(max_examples=100)
def test_long_and_short_bodies_are_masked_alike(parts: list[str]) -> None:
    body = "".join(parts).encode()
    filling = b" " * 100_000
    assert redact(body + filling) == redact(body) + filling


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Authorization: Bearer abcdefgh12345678", "Authorization: Bearer [redacted]"),
        ("https://me:pass@host.example/x", "https://[redacted]@host.example/x"),
        ("a bearer token is missing", "a bearer token is missing"),
        ("-----BEGIN RSA PRIVATE KEY-----\\nabc", "[redacted]"),
    ],
)
def test_texts_are_masked(text: str, shown: str) -> None:
    assert redacted_text(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "risk-assessment-of-everything-here",
        "api_key_0123456789abcdef0123456789abcdef",
        "apikey_01Rj2N8SVvo6BePZj99NhmiT",
        "https://host.example:8080/a@b",
        "someone@example.test",
        "claude-opus-4-8",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert redacted_text(text) == text


def test_content_is_dropped_whatever_its_shape() -> None:
    body = (
        b'{"description": {"content":["a } \\" ]",{"x":[]}]} , "key":"A-1",'
        b'"comment":null,"summary":"a \\\\\\"b","body":12.5, "kept":[1,{"body":true}]}'
    )
    dropped = frozenset({"description", "comment", "summary", "body"})
    assert json.loads(redact(body, dropped)) == {
        "description": None,
        "key": "A-1",
        "comment": None,
        "summary": None,
        "body": None,
        "kept": [1, {"body": None}],
    }


def test_a_name_inside_a_text_is_no_key() -> None:
    body = rb'{"note":"say \"body\": 5, \\","field":"body","n":[ "body" , 1]}'
    assert redact(body, frozenset({"body"})) == body


def test_a_cut_body_loses_the_content_too() -> None:
    dropped = frozenset({"body"})
    assert redact(b'{"id":1,"body":"secret words', dropped) == b'{"id":1,"body":null'
    assert redact(b'{"id":1,"body":{"a":["x"', dropped) == b'{"id":1,"body":null'
    assert redact(b'{"id":1,"body":tr', dropped) == b'{"id":1,"body":null'


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["a", "body", 'q"', "\\"]) | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


def without(value: object, key: str) -> object:
    if isinstance(value, dict):
        return {k: None if k == key else without(v, key) for k, v in value.items()}
    return [without(v, key) for v in value] if isinstance(value, list) else value


@given(value=VALUES, spaced=st.booleans(), ascii_only=st.booleans())
@settings(max_examples=200)
def test_dropping_by_text_equals_dropping_by_structure(
    value: object, spaced: bool, ascii_only: bool
) -> None:
    separators = (", ", " : ") if spaced else (",", ":")
    text = json.dumps(value, separators=separators, ensure_ascii=ascii_only)
    body = text.encode("utf-8", "surrogatepass")
    assert json.loads(redact(body, frozenset({"body"}))) == without(value, "body")

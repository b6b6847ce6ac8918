"""Typed decoding and the errors it gives."""

from decimal import Decimal

import msgspec
import pytest

from ingestion.decoding import Shape
from ingestion.errors import SchemaChanged, Unavailable


class Usage(msgspec.Struct):
    output_tokens: int
    amount: Decimal | None = None


class Row(msgspec.Struct):
    usage: Usage
    labels: dict[str, int] = {}


class UserActor(msgspec.Struct, tag_field="type", tag="user_actor"):
    user_id: str


class ApiActor(msgspec.Struct, tag_field="type", tag="api_actor"):
    api_key_id: str


class Owned(msgspec.Struct):
    actor: UserActor | ApiActor | None = None


class Answer(msgspec.Struct):
    data: list[Row]
    next_page: str | None


class OwnedAnswer(msgspec.Struct):
    data: list[Owned]


ANSWER = Shape(Answer, "vendor/usage")
OWNED = Shape(OwnedAnswer, "vendor/owned")


def body(row: str) -> bytes:
    return ('{"data":[' + row + '],"next_page":null}').encode()


def test_a_page_becomes_structs() -> None:
    answer = ANSWER.read(body('{"usage":{"output_tokens":7},"new":1}'))
    assert answer == Answer([Row(Usage(7))], None)


@pytest.mark.parametrize(
    "text", ["0.12345678901234567890123", '"0.12345678901234567890123"']
)
def test_money_keeps_every_digit(text: str) -> None:
    answer = ANSWER.read(body('{"usage":{"output_tokens":7,"amount":' + text + "}}"))
    assert answer.data[0].usage.amount == Decimal("0.12345678901234567890123")


@pytest.mark.parametrize(
    ("row", "field", "problem"),
    [
        (
            '{"usage":{"output_tokens":"7"}}',
            "data[].usage.output_tokens",
            "expected int, found str.",
        ),
        (
            '{"usage":{"output_tokens":1.5}}',
            "data[].usage.output_tokens",
            "expected int, found float.",
        ),
        (
            '{"usage":{}}',
            "data[].usage.output_tokens",
            "the field is missing from the vendor's answer.",
        ),
        ("{}", "data[].usage", "the field is missing from the vendor's answer."),
        (
            '{"usage":{"output_tokens":7,"amount":"many"}}',
            "data[].usage.amount",
            "Invalid decimal string.",
        ),
        (
            '{"usage":{"output_tokens":7},"labels":{"a":"b"}}',
            "data[].labels[]",
            "expected int, found str.",
        ),
    ],
)
def test_a_changed_field_is_named(row: str, field: str, problem: str) -> None:
    with pytest.raises(SchemaChanged) as caught:
        ANSWER.read(body('{"usage":{"output_tokens":7}},' + row))
    error = caught.value
    assert (error.source, error.field, error.problem) == (
        "vendor/usage",
        field,
        problem,
    )
    assert str(error).startswith(f"vendor/usage, field {field}: {problem} Fix: ")


def test_an_answer_of_another_kind_is_named() -> None:
    with pytest.raises(SchemaChanged, match=r"the whole answer.*expected object"):
        ANSWER.read(b"[]")


@pytest.mark.parametrize(
    "text", [b"", b'{"data":[', b"<html>", b'{"next_page":"\xff"}']
)
def test_a_body_that_is_no_json_is_unavailable(text: bytes) -> None:
    with pytest.raises(Unavailable, match=f"not JSON \\({len(text)} bytes\\)"):
        ANSWER.read(text)


def test_fields_that_are_not_read_are_found_in_the_first_row() -> None:
    rows = '{"new":1,"usage":{"output_tokens":3,"z":{"q":1}},"labels":{"x":1}},{"b":1}'
    assert ANSWER.unknown_fields(body(rows) + b" ") == {"data[].new", "data[].usage.z"}
    assert ANSWER.unknown_fields(b'{"data":[],"has_more":true}') == {"has_more"}


@pytest.mark.parametrize("filling", ["x" * 5_000, "é" * 70_000, '\\"}]' * 900])
def test_the_first_row_may_be_long(filling: str) -> None:
    row = '{"note":"' + filling + '","usage":{"output_tokens":3},"z":1}'
    more = ',{"usage":{"output_tokens":4},"y":1}' * 3
    assert ANSWER.unknown_fields(body(" \n" + row + more)) == {
        "data[].note",
        "data[].z",
    }


def test_nothing_is_unknown_where_all_is_read() -> None:
    assert ANSWER.unknown_fields(body('{"usage":{"output_tokens":3}}')) == frozenset()


def test_unknown_fields_of_a_union_follow_its_tag() -> None:
    def found(actor: str) -> frozenset[str]:
        return OWNED.unknown_fields(('{"data":[{"actor":' + actor + "}]}").encode())

    assert found('{"type":"user_actor","user_id":"u","age":1}') == {"data[].actor.age"}
    assert found('{"type":"api_actor","user_id":"u"}') == {"data[].actor.user_id"}
    assert found('{"type":"new_actor","user_id":"u"}') == frozenset()
    assert found("null") == frozenset()


def test_unknown_fields_of_what_cannot_be_read_are_none() -> None:
    assert ANSWER.unknown_fields(b'{"data":') == frozenset()
    assert ANSWER.unknown_fields(b'{"data":7}') == frozenset()

from pathlib import Path

import duckdb
import pytest

from publication.content import content_hash
from publication.contract import Column, marts
from publication.warehouse import attached_warehouse, source
from tests.publication.small_warehouse import build

TEXT = Column("note", "VARCHAR", "", is_content=True)
SHARE = Column("share", "DOUBLE", "", is_content=True)
LOADED = Column("pulled_at", "TIMESTAMP", "", is_content=False)


def hash_of(values: str, *columns: Column, threads: int = 1) -> str:
    with duckdb.connect(config={"threads": threads}) as connection:
        names = ", ".join(column.name for column in columns)
        connection.execute(f"create table rows as from (values {values}) as v({names})")
        return content_hash(connection, "rows", columns)


def test_order_and_threads_do_not_change_the_hash(tmp_path: Path) -> None:
    found = set()
    for seed, threads in ((0, 1), (1, 4), (2, 1)):
        warehouse, manifest = build(tmp_path / str(seed), seed=seed, threads=threads)
        with attached_warehouse(warehouse) as connection:
            connection.execute(f"set threads = {threads}")
            found.add(
                tuple(
                    content_hash(connection, source(mart), mart.columns)
                    for mart in marts(manifest)
                )
            )
    assert len(found) == 1


def test_a_thousand_rows_on_many_threads_hash_as_on_one() -> None:
    values = ", ".join(f"('row {n * 7919 % 1000}')" for n in range(1000))
    assert hash_of(values, TEXT, threads=4) == hash_of(values, TEXT)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("(null)", "('')"),
        ("(null)", "('~')"),
        ("('a')", "('b')"),
        ("('a'), ('a')", "('a')"),
        ("('1:a')", "('a')"),
    ],
)
def test_different_rows_have_different_hashes(one: str, other: str) -> None:
    assert hash_of(one, TEXT) != hash_of(other, TEXT)


def test_values_do_not_run_into_each_other() -> None:
    second = Column("second", "VARCHAR", "", is_content=True)
    assert hash_of("('a', 'bc')", TEXT, second) != hash_of("('ab', 'c')", TEXT, second)


def test_negative_zero_is_zero() -> None:
    assert hash_of("(-0.0::double)", SHARE) == hash_of("(0.0::double)", SHARE)


def test_the_last_digit_of_a_float_counts() -> None:
    assert hash_of("(0.1::double + 0.2::double)", SHARE) != hash_of(
        "(0.3::double)", SHARE
    )


def test_load_times_are_no_content() -> None:
    one = hash_of("('a', timestamp '2027-01-01')", TEXT, LOADED)
    assert one == hash_of("('a', timestamp '2027-01-02')", TEXT, LOADED)


def test_a_renamed_column_is_other_content() -> None:
    renamed = Column("remark", "VARCHAR", "", is_content=True)
    assert hash_of("('a')", TEXT) != hash_of("('a')", renamed)

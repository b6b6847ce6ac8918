import json
import stat
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from publication import (
    Candidate,
    ContractBroken,
    Releases,
    WritingFailed,
    pseudonym,
)
from tests.publication.releasing import KEY, candidate
from tests.publication.small_warehouse import CONTRACTS, PRESENT, company, dbt_manifest

PERSONS = "mart_person_efficiency_quarterly"


@pytest.fixture(scope="module")
def written(
    built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Candidate:
    return candidate(Releases(tmp_path_factory.mktemp("written")), built)


def published(name: str) -> str:
    return {"person_id": "person_key"}.get(name, name)


def column(candidate: Candidate, sql: str) -> list[Any]:
    with candidate.reading() as query:
        frame = query(sql)
    return frame.iloc[:, 0].tolist()


def test_each_audience_has_one_file_with_its_marts_and_nothing_else(
    written: Candidate,
) -> None:
    with written.reading() as query:
        tables = query(
            "select table_catalog, table_name from information_schema.tables"
        )
    found = set(tables.itertuples(index=False, name=None))
    assert found == {
        *((contract.audience, name) for name, contract in CONTRACTS.items()),
        *(
            (contract.audience, "mart_column_dictionary")
            for contract in CONTRACTS.values()
        ),
    }


def test_files_are_read_only_and_in_the_storage_version_clients_open(
    written: Candidate,
) -> None:
    files = [path for path in written.path.rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o444}
    assert not [path for path in files if path.suffix == ".wal"]
    with duckdb.connect() as connection:
        for audience in written.manifest.audiences:
            file = written.path / f"{audience}.duckdb"
            connection.execute(f"attach '{file}' as {audience} (read_only)")
        versions = connection.execute(
            "select database_name, tags['storage_version'] from duckdb_databases() "
            "where path is not null"
        ).fetchall()
    assert {name for name, _ in versions} == {"finance", "review", "steward", "teams"}
    assert all(version.startswith("v1.2.0") for _, version in versions)


def test_columns_keep_their_order_types_and_comments_and_carry_the_release(
    written: Candidate,
) -> None:
    with duckdb.connect(written.path / "review.duckdb", read_only=True) as connection:
        found = connection.execute(
            "select column_name, data_type, comment from duckdb_columns() "
            "where table_name = ? order by column_index",
            [PERSONS],
        ).fetchall()
        comments = connection.execute(
            "select comment from duckdb_tables() where table_name = ?", [PERSONS]
        ).fetchall()
    stated = [published(name) for name, _ in CONTRACTS[PERSONS].columns]
    assert [name for name, *_ in found] == [*stated, "release_id"]
    types = {name: data_type for name, data_type, _ in found}
    assert types["list_cost_usd"] == "DECIMAL(38,12)"
    assert types["quarter_start"] == "DATE"
    assert all(comment for *_, comment in found)
    assert comments == [
        ("One row per person_id and quarter_start. Grain: person_key, quarter_start.",)
    ]


def test_every_row_carries_the_release_id(written: Candidate) -> None:
    for name, contract in CONTRACTS.items():
        sql = f"select distinct release_id from {contract.audience}.{name}"
        assert column(written, sql) == [written.id]


def test_the_dictionary_describes_every_column_of_its_file(written: Candidate) -> None:
    with written.reading() as query:
        described = query(
            "select mart, column_name, is_grain from teams.mart_column_dictionary "
            "where mart = 'mart_team_period' order by column_position"
        )
    stated = [name for name, _ in CONTRACTS["mart_team_period"].columns]
    assert described["column_name"].tolist() == [*stated, "release_id"]
    grain = described.loc[described["is_grain"], "column_name"]
    assert set(grain) == {"team", "quarter_start"}


def test_parquet_and_duckdb_agree(written: Candidate) -> None:
    with duckdb.connect() as connection:
        for mart in written.manifest.marts:
            file = written.path / f"{mart.audience}.duckdb"
            parquet = written.path / mart.audience / f"{mart.name}.parquet"
            connection.execute(f"attach '{file}' as audience (read_only)")
            theirs = f"select * from read_parquet('{parquet}')"
            ours = f"select * from audience.main.{mart.name}"
            differences = connection.execute(
                f"({ours} except all {theirs}) union all ({theirs} except all {ours})"
            ).fetchall()
            counted = connection.execute(f"select count(*) from ({theirs})").fetchall()
            connection.execute("detach audience")
            assert differences == []
            assert counted == [(mart.rows,)]


def test_values_reach_the_file_exactly(written: Candidate) -> None:
    with duckdb.connect(written.path / "review.duckdb", read_only=True) as connection:
        total = connection.execute(
            f"select sum(list_cost_usd), sum(output_tokens) from {PERSONS}"
        ).fetchone()
    rows = company()[PERSONS]
    cost = sum((row["list_cost_usd"] or Decimal(0) for row in rows), Decimal(0))
    assert total == (cost, sum(row["output_tokens"] or 0 for row in rows))


def test_persons_have_one_key_per_audience_and_no_internal_id(
    written: Candidate,
) -> None:
    keys = set(column(written, f"select person_key from review.{PERSONS}"))
    figures = set(column(written, "select person_key from review.fct_person_figure"))
    assert keys == figures
    assert pseudonym(KEY, "review", "person-01") in keys
    assert pseudonym(KEY, "allocation", "person-01") not in keys
    assert pseudonym(b"another key", "review", "person-01") not in keys
    for path in written.path.rglob("*"):
        assert path.is_dir() or b"person-01" not in path.read_bytes()


def test_rows_are_not_in_the_order_of_internal_ids(written: Candidate) -> None:
    keys = column(written, f"select distinct person_key from review.{PERSONS}")
    assert sorted(keys) != [
        pseudonym(KEY, "review", f"person-{number:02}") for number in range(1, 27)
    ]
    rows = column(written, f"select person_key from review.{PERSONS}")
    assert rows == sorted(rows)


def test_the_key_does_not_change_the_content_hash(
    built: tuple[Path, Path], releases: Releases, written: Candidate
) -> None:
    internal = candidate(releases, built, key=None)
    assert internal.content_hash == written.content_hash
    assert internal.manifest.pseudonym_key is None
    assert written.manifest.pseudonym_key is not None
    assert "person-01" in column(internal, f"select person_key from review.{PERSONS}")


def test_the_manifest_says_what_it_was_made_from(written: Candidate) -> None:
    manifest = json.loads((written.path / "manifest.json").read_text())
    assert manifest["release_id"] == written.id
    assert manifest["created_at"] == manifest["present"] == PRESENT.isoformat()
    assert manifest["inputs_count"] == 1
    assert manifest["code_hash"] == "code"
    assert manifest["configuration_hash"] == "configuration"
    assert manifest["audiences"] == ["finance", "review", "steward", "teams"]
    marts = {mart["name"]: mart for mart in manifest["marts"]}
    assert marts[PERSONS]["rows"] == 78
    assert marts[PERSONS]["grain"] == ["person_key", "quarter_start"]
    assert len(marts[PERSONS]["content_hash"]) == 64
    assert marts["mart_publication_gate"]["content_hash"] is None
    assert json.loads((written.path / "inputs.json").read_text()) == {
        "lake/anthropic/usage/current/dt=2026-07-01/part.parquet": "11aa"
    }


def test_the_id_is_the_time_and_the_content_and_never_taken_twice(
    built: tuple[Path, Path], tmp_path: Path
) -> None:
    releases = Releases(tmp_path)
    first = candidate(releases, built)
    assert first.id == f"20270205T060000Z-{first.content_hash[:12]}"
    (releases.releases / first.id).mkdir()
    assert candidate(releases, built).id == f"{first.id}-2"


def changed(
    built: tuple[Path, Path], tmp_path: Path, manifest: dict[str, Any]
) -> tuple[Path, Path]:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(manifest))
    return built[0], path


def test_a_column_of_another_type_than_its_contract_is_named(
    built: tuple[Path, Path], releases: Releases, tmp_path: Path
) -> None:
    manifest = dbt_manifest()
    columns = manifest["nodes"][f"model.tokenworth.{PERSONS}"]["columns"]
    columns["requests"]["data_type"] = "double"
    with pytest.raises(ContractBroken, match=r"requests.*DOUBLE.*BIGINT"):
        candidate(releases, changed(built, tmp_path, manifest))
    assert list(releases.candidates.iterdir()) == []


def test_a_column_outside_the_contract_is_not_published(
    built: tuple[Path, Path], releases: Releases, tmp_path: Path
) -> None:
    manifest = dbt_manifest()
    del manifest["nodes"][f"model.tokenworth.{PERSONS}"]["columns"]["location"]
    new = candidate(releases, changed(built, tmp_path, manifest))
    with new.reading() as query:
        assert "location" not in query(f"select * from review.{PERSONS}").columns


def test_a_type_that_clients_cannot_read_is_refused(
    built: tuple[Path, Path], releases: Releases, tmp_path: Path
) -> None:
    manifest = dbt_manifest()
    columns = manifest["nodes"][f"model.tokenworth.{PERSONS}"]["columns"]
    columns["requests"]["data_type"] = "hugeint"
    with pytest.raises(ContractBroken, match="hugeint"):
        candidate(releases, changed(built, tmp_path, manifest))


@pytest.mark.parametrize("audience", ["teams", "finance"])
def test_no_person_reaches_a_file_for_everyone(
    audience: str, built: tuple[Path, Path], releases: Releases, tmp_path: Path
) -> None:
    manifest = dbt_manifest()
    node = manifest["nodes"][f"model.tokenworth.{PERSONS}"]
    node["config"]["meta"]["audience"] = audience
    with pytest.raises(ContractBroken, match="identifies persons"):
        candidate(releases, changed(built, tmp_path, manifest))


def test_a_mart_without_a_grain_is_refused(
    built: tuple[Path, Path], releases: Releases, tmp_path: Path
) -> None:
    manifest = dbt_manifest()
    del manifest["nodes"][f"test.tokenworth.unique_grain_{PERSONS}"]
    with pytest.raises(ContractBroken, match="grain"):
        candidate(releases, changed(built, tmp_path, manifest))


def test_nothing_to_publish_is_an_error(
    built: tuple[Path, Path], releases: Releases, tmp_path: Path
) -> None:
    with pytest.raises(ContractBroken, match="no model names an audience"):
        candidate(releases, changed(built, tmp_path, {"nodes": {}}))


def test_a_warehouse_that_is_being_written_is_named_with_the_fix(
    built: tuple[Path, Path], releases: Releases, tmp_path: Path
) -> None:
    missing = tmp_path / "absent.duckdb", built[1]
    with pytest.raises(WritingFailed, match="no warehouse"):
        candidate(releases, missing)
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(b"no database")
    with pytest.raises(WritingFailed, match=r"cannot be opened.*Fix:"):
        candidate(releases, (broken, built[1]))


def test_a_manifest_that_dbt_did_not_finish_is_named(
    built: tuple[Path, Path], releases: Releases, tmp_path: Path
) -> None:
    torn = tmp_path / "manifest.json"
    torn.write_text('{"nodes": ')
    with pytest.raises(ContractBroken, match="run dbt"):
        candidate(releases, (built[0], torn))

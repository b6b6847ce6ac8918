"""From a spoilt warehouse to a refused release, by the real files."""

import json
import shutil
from contextlib import ExitStack
from pathlib import Path

import duckdb
import pytest

from expectations.gate import Audit, audit
from publication import Candidate, Published, ReleaseRefused, Releases, durable
from tests.expectations.seeded import EDGES
from tests.publication.releasing import candidate
from tests.publication.small_warehouse import PRESENT, build

Built = tuple[Path, Path]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("warehouse"))


def audit_of(releases: Releases, new: Candidate) -> Audit:
    """The audit as the pipeline runs it."""
    current = releases.current()
    with new.reading() as query, ExitStack() as stack:
        previous = current and stack.enter_context(current.reading())
        return audit(
            query,
            candidate_id=new.id,
            content_hash=new.content_hash,
            thresholds={},
            edges=EDGES,
            present=PRESENT,
            previous=previous,
        )


def test_a_clean_warehouse_is_published_and_a_spoilt_one_is_not(
    built: Built, tmp_path: Path
) -> None:
    releases = Releases(tmp_path / "published")
    first = candidate(releases, built)
    published = releases.promote(first, audit_of(releases, first))
    again = candidate(releases, built)
    published = releases.promote(again, audit_of(releases, again))
    gates = Published(published).gates()
    assert {gate["decision"] for gate in gates} == {"pass", "withhold"}
    assert Published(published).rows("steward", "mart_publication_gate")[-1][
        "candidate_id"
    ] == (published.id)
    before = durable.hashes(published.path)

    spoilt = tmp_path / "warehouse.duckdb"
    shutil.copy(built[0], spoilt)
    with duckdb.connect(spoilt) as connection:
        connection.execute(
            "update marts.mart_cost_reconciliation "
            "set person_tokens = person_tokens - 1 where person_tokens > 0"
        )
    for _ in range(2):
        bad = candidate(releases, (spoilt, built[1]))
        with pytest.raises(ReleaseRefused, match="DQ01"):
            releases.promote(bad, audit_of(releases, bad))
        rejected = json.loads((bad.path / "rejected.json").read_text())
        decided = {gate["gate_id"]: gate["decision"] for gate in rejected["gates"]}
        assert decided["DQ04"] == "pass"
        assert releases.current() == published
        assert durable.hashes(published.path) == before

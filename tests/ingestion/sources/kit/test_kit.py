"""One kit for every connector: what is not said here is special to one vendor."""

from pathlib import Path

import pytest
from cases import CASES, Case
from matrix import Matrix
from subject import Subject

from ingestion.connector import Connector
from ingestion.simulator import Company
from ingestion.simulator.vendor import vendors
from ingestion.sources import connectors

SIMULATED = {vendor.source: vendor for vendor in vendors()}


def test_every_connector_has_a_simulated_vendor_and_every_vendor_a_connector() -> None:
    assert {each.source for each in connectors()} == set(SIMULATED)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
@pytest.mark.parametrize("connector", connectors(), ids=lambda each: each.source)
def test_connector(
    connector: Connector,
    case: Case,
    calm: str,
    kit_company: Company,
    kit_home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vendor = SIMULATED[connector.source]
    subject = Subject(connector, vendor, kit_company, calm, kit_home, tmp_path)
    Matrix.put(case.__name__, connector.source, "FAIL")
    try:
        reason = case(subject, monkeypatch)
    except pytest.skip.Exception as skipped:
        Matrix.put(case.__name__, connector.source, "skip", str(skipped))
        raise
    Matrix.put(case.__name__, connector.source, "-" if reason else "ok", reason or "")

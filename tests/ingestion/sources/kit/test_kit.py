"""One kit for every connector: what is not said here is special to one vendor."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cases import CASES, Case
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
    record_property: Callable[[str, object], None],
) -> None:
    vendor = SIMULATED[connector.source]
    subject = Subject(connector, vendor, kit_company, calm, kit_home, tmp_path)
    record_property("connector", connector.source)
    record_property("case", case.__name__)
    record_property("order", CASES.index(case))
    does_not_apply = case(subject, monkeypatch)
    if does_not_apply:
        record_property("does_not_apply", does_not_apply)

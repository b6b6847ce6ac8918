"""The made-up marts of these tests are those that dbt promises."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.publication.small_warehouse import CONTRACTS, Contract

MARTS = Path(__file__).parents[2] / "dbt" / "models" / "marts"


def grain(model: dict[str, Any]) -> tuple[str, ...]:
    tests = [test for test in model["data_tests"] if "unique_grain" in test]
    return tuple(tests[0]["unique_grain"]["arguments"]["columns"])


@pytest.mark.parametrize(("name", "contract"), CONTRACTS.items())
def test_the_small_warehouse_keeps_the_contract_of_dbt(
    name: str, contract: Contract
) -> None:
    file = MARTS / contract.audience / f"{name}.yml"
    stated = yaml.safe_load(file.read_text())["models"][0]
    columns = {column["name"]: column["data_type"] for column in stated["columns"]}
    assert dict(contract.columns) == columns
    assert contract.grain == grain(stated)

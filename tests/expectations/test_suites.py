from expectations.suites import SUITES
from tests.publication.small_warehouse import CONTRACTS


def test_every_mart_has_one_suite_with_the_grain_of_its_contract() -> None:
    stated = {
        f"{contract.audience}.{name}": [
            "person_key" if column == "person_id" else column
            for column in contract.grain
        ]
        for name, contract in CONTRACTS.items()
    }
    found = {
        mart: next(
            one.arguments["column_list"]
            for one in suite().expected
            if one.type == "ExpectCompoundColumnsToBeUnique"
        )
        for mart, suite in SUITES.items()
    }
    assert found == stated
    assert [mart.split(".")[1] for mart in SUITES] == [
        s().name for s in SUITES.values()
    ]


def test_a_suite_becomes_one_of_great_expectations() -> None:
    suite = SUITES["teams.mart_team_period"]()
    built = suite.built()
    assert built.name == "mart_team_period"
    assert len(built.expectations) == len(suite.expected)
    severities = {one.severity.value for one in built.expectations}
    assert severities == {"critical"}

"""Limits of the gates are those that the configuration states."""

from expectations.thresholds import DEFAULTS
from ingestion.configuration import Thresholds


def test_without_configuration_gates_use_its_defaults() -> None:
    stated = Thresholds().model_dump()
    assert {name: stated.get(name) for name in DEFAULTS} == DEFAULTS

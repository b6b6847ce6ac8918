"""Every gate is shown to fail on its own seeded defect, and to pass without it."""

import pytest

from tests.expectations.defects import COSTS, DEFECTS, ONE_DAY, PERSONS, WHOLE, Defect
from tests.expectations.seeded import Company, decisions

# Shown to fail in tests/expectations/gate/test_audit.py: they are not about rows.
ELSEWHERE = {("DQ47", WHOLE), ("PC07", WHOLE)}
WITHHELD_PERSON = {("DQ06", PERSONS): "withhold"}


@pytest.mark.parametrize("seeded", DEFECTS, ids=lambda defect: defect.sentence)
def test_a_seeded_defect_is_found(seeded: Defect, company: Company) -> None:
    company.seed(*seeded.statements)
    audited = company.audit(only={seeded.gate})
    assert decisions(audited)[seeded.gate, seeded.subject] == seeded.decision
    assert audited.passed == (seeded.decision != "block")
    row = next(row for row in audited.findings if row["gate_subject"] == seeded.subject)
    assert row["gate_title"]
    assert "Fix: " in row["detail"]
    assert "could not be judged" not in row["detail"]
    assert "person-" not in row["detail"]


def test_models_without_a_price_are_named_as_the_vendor_spells_them(
    company: Company,
) -> None:
    company.seed(
        f"update {COSTS} set unpriced_tokens = 10, unpriced_models = 'new-1, auto' "
        f"where {ONE_DAY}"
    )
    (row,) = company.audit(only={"DQ05"}).findings
    assert row["decision"] == "warn"
    assert ": auto, new-1" in row["detail"]


def test_a_clean_candidate_passes_with_what_it_withholds_shown(
    company: Company,
) -> None:
    audited = company.audit()
    assert audited.passed
    assert decisions(audited) == WITHHELD_PERSON


def test_every_gate_has_its_defect(company: Company) -> None:
    judged = {(row["gate_id"], row["gate_subject"]) for row in company.audit().rows}
    shown = {(defect.gate, defect.subject) for defect in DEFECTS}
    assert judged - shown == ELSEWHERE
    assert shown <= judged

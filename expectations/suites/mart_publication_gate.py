"""One row per candidate, gate and subject: the decisions of earlier audits."""

from expectations.suites.common import Suite, build, filled, grain, one_of


def suite() -> Suite:
    """What the gate's own history must look like."""
    return build(
        "mart_publication_gate",
        grain("candidate_id", "gate_id", "gate_subject"),
        filled("gate_title", "detail"),
        one_of("severity", ("block", "withhold", "warn")),
        one_of("decision", ("pass", "block", "withhold", "warn")),
    )

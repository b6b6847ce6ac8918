"""One row per source and table."""

from expectations.suites.common import Suite, build, filled, grain


def suite() -> Suite:
    """What the coverage of sources must look like."""
    return build(
        "mart_source_coverage",
        grain("source", "table_name"),
        filled("is_connected"),
    )

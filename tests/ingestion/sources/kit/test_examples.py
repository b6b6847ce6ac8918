"""Every body that vendors show is read by the kit, or it is said who reads it or why
nobody does."""

import json
from pathlib import Path

import pytest
from examples import SHARED

from ingestion.simulator.vendor import vendors

VENDORS = SHARED / "vendors"
needs_bodies = pytest.mark.skipif(
    not VENDORS.is_dir(), reason="the vendors' bodies are not beside the checkout"
)
NO_TABLE = "nothing of it is in a table"
PROBE = "read by tokenworth doctor: test_anthropic_permissions.py"
OWN_TESTS = "read by the source's own tests"
NO_SOURCE = "local files of a client; its telemetry is read instead"
REQUEST = "a request, no answer"
# Bodies that no `Example` names, by file, as pointers into it.
UNNAMED = {
    "anthropic/anthropic_admin_examples.json": {
        "/organizations_me/examples/0": PROBE,
        "/service_accounts_list/examples/0": "an admin key may not read it",
        "/enterprise_analytics_usage_list/examples/0": "the report by user is read",
        "/enterprise_analytics_cost_list/examples/0": "the report by user is read",
        "/enterprise_analytics_summaries/examples/0": NO_TABLE,
    },
    "anthropic/anthropic_unified_usage_cost_synthetic.json": {
        "/usage_request": REQUEST,
        "/headers": REQUEST,
    },
    "cursor/cursor_examples.json": {
        "/daily_usage_request": REQUEST,
        "/spend_request": REQUEST,
        "/events_request": REQUEST,
        "/error": "the same words in test_cursor.py",
    },
    "github/github_examples.json": {
        "/copilot-usage-records": "content of calls",
        "/copilot-usage-metrics-28-day-report": "the report of a day is read",
        "/copilot-organization-details": NO_TABLE,
        "/copilot-seat-detail-active": "the list of seats is read",
        "/billing-ai-credit-usage-report-ghe": OWN_TESTS,
        "/billing-ai-credit-usage-report-user": "the report of an organisation is read",
        **{
            f"/{name}": "of other products, or of the time before AI credits"
            for name in (
                "usage-report-export-list",
                "usage-report-export",
                "billing-premium-request-usage-report-ghe",
                "billing-premium-request-usage-report-org",
                "billing-premium-request-usage-report-user",
                "billing-usage-report",
                "billing-usage-report-user",
                "billing-usage-summary-report-ghe",
                "billing-usage-summary-report-org",
                "billing-usage-summary-report-user",
            )
        },
    },
    "openai/openai_examples.json": {
        "/~1organization~1admin_api_keys": NO_TABLE,
        "/~1organization~1groups": NO_TABLE,
        "/~1organization~1projects~1{project_id}~1service_accounts": (
            "keys name the service account they belong to"
        ),
        "/~1organization~1projects~1{project_id}~1users": NO_TABLE,
        "/~1organization~1users~1{user_id}": "the list of users is read",
    },
    "openai/openai_populated_synthetic.json": {
        "/costs": OWN_TESTS,
        "/error": "refusals of the simulator are read by the kit",
    },
    "openai/codex_enterprise_analytics_synthetic.json": {"/request": REQUEST},
    "other/other_vendor_examples.json": {
        "/bedrock_invocation_log": OWN_TESTS,
        "/windsurf_cascade": OWN_TESTS,
        "/otel_claude_token_usage_point": OWN_TESTS,
        "/claude_jsonl_line": NO_SOURCE,
        "/codex_rollout_line": NO_SOURCE,
    },
}
# Files that hold no bodies to serve, and the test that holds the sources to them.
READ_BY = {
    "anthropic/anthropic_analytics_item_jsonschema.json": (
        "simulator/test_simulated_anthropic.py"
    ),
    "anthropic/anthropic_error_examples.json": "sources/test_anthropic_permissions.py",
    "focus/focus_v1_2_columns.csv": "sources/test_files.py",
    "github/github_copilot_billing_openapi_excerpt.json": "sources/copilot_bodies.py",
    "litellm/litellm_price_sample.json": "sources/test_prices.py",
    "litellm/litellm_spend_tables.prisma": "sources/test_litellm.py",
    "openai/openai_admin_usage_openapi_excerpt.json": (
        "sources/test_openai_simulated.py"
    ),
    "prices/genai_prices_flat.csv": "sources/test_prices.py",
}
# Teams come from the people file: this report leaves out small ones.
UNREAD_FILES = {"github/copilot_organization_user_teams_1_day.ndjson"}
NAMED = {
    (example.file.removeprefix("vendors/"), example.pointer)
    for vendor in vendors()
    for example in vendor.examples
    if example.file.startswith("vendors/")
}


def pointers(file: Path) -> set[str]:
    """Where the bodies of a file lie; one that is a body itself lies nowhere."""
    if file.suffix == ".ndjson":
        return {""}
    told = json.loads(file.read_text())
    names = {f"/{name.replace('/', '~1')}" for name in told if not name.startswith("_")}
    is_nested = file.name == "anthropic_admin_examples.json"
    return {f"{name}/examples/0" for name in names} if is_nested else names


@needs_bodies
def test_every_file_of_the_vendors_is_read() -> None:
    files = {str(p.relative_to(VENDORS)) for p in VENDORS.rglob("*") if p.is_file()}
    named = {file for file, _ in NAMED}
    assert files == named | READ_BY.keys() | UNREAD_FILES
    tests = Path(__file__).parents[2]
    for file, test in READ_BY.items():
        assert Path(file).name in (tests / test).read_text(), file


@needs_bodies
@pytest.mark.parametrize("file", sorted({file for file, _ in NAMED}))
def test_every_body_is_named_or_it_is_said_why_not(file: str) -> None:
    named = {pointer for of, pointer in NAMED if of == file}
    unnamed = UNNAMED.get(file, {})
    assert named.isdisjoint(unnamed)
    assert pointers(VENDORS / file) == named | unnamed.keys()

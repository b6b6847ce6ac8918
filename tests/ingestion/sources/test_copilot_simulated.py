"""GitHub Copilot against the simulated organisation, and both against GitHub's own
schemas and examples."""

import copy
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import jsonschema
import pyarrow.compute as pc
import pytest
import requests
from copilot_bodies import CLOCK, EXAMPLES, official, rows, schema

from ingestion.connector import Surroundings
from ingestion.simulator import PRESENT, Company, organisation, serving
from ingestion.simulator.copilot import SEATS_TOKEN, TOKEN, VENDOR
from ingestion.simulator.copilot.accounts import accounts
from ingestion.simulator.copilot.keys import ENTERPRISE, ORGANIZATION
from ingestion.sources import copilot
from ingestion.window import Window

ORG, GROUP = f"orgs/{ORGANIZATION}", f"enterprises/{ENTERPRISE}"
REPORTS, SEATS = "copilot/metrics/reports/users-1-day", "copilot/billing/seats"
CREDITS = "settings/billing/ai_credit/usage"
DAY = date(2026, 11, 18)
AROUND_RENAMING = Window(date(2026, 8, 25), date(2026, 9, 8))
PAGE = "responses/200/content/application~1json/schema"
SEAT_PAGES = f"#/paths/~1orgs~1{{org}}~1copilot~1billing~1seats/get/{PAGE}"
SCHEMAS = "#/components/schemas"
OFFICIAL = [
    (SEAT_PAGES, "copilot-seats-list"),
    (
        f"{SCHEMAS}/copilot-usage-metrics-1-day-report",
        "copilot-usage-metrics-1-day-report",
    ),
    (
        f"{SCHEMAS}/billing-ai-credit-usage-report-org",
        "billing-ai-credit-usage-report-org",
    ),
    (
        f"{SCHEMAS}/billing-ai-credit-usage-report-ghe",
        "billing-ai-credit-usage-report-ghe",
    ),
]


@pytest.fixture(scope="module")
def company() -> Company:
    """The company of the demonstration."""
    return Company()


@pytest.fixture(scope="module")
def url(company: Company) -> Iterator[str]:
    """The address of the simulated GitHub, with its limits on."""
    with serving(company, throttles=True) as address:
        yield f"{address}/copilot"


def connection(url: str, **said: Any) -> Any:
    """A connection to the simulated GitHub; waits take no time."""
    settings = {**VENDOR.settings(url, EXAMPLES), **said}
    around = Surroundings(
        CLOCK, VENDOR.secrets.__getitem__, EXAMPLES, lambda seconds: None
    )
    return copilot.CONNECTOR.connect(copilot.Copilot.model_validate(settings), around)


def body(url: str, path: str, token: str = TOKEN, **params: Any) -> requests.Response:
    """A plain answer, asked again while the limit refuses."""
    while True:
        headers = {"authorization": f"Bearer {token}"}
        found = requests.get(
            f"{url}/{path}", params=params, headers=headers, timeout=60
        )
        if "retry-after" not in found.headers:
            return found


@pytest.mark.parametrize(("pointer", "name"), OFFICIAL)
def test_the_official_examples_follow_the_official_schemas(
    pointer: str, name: str
) -> None:
    example = copy.deepcopy(official("github_examples.json")[name])
    for seat in example.get("seats", []):
        # GitHub's own example of a team lacks fields that its schema requires.
        seat.pop("assigning_team", None)
    jsonschema.validate(example, schema(pointer))


def test_what_the_simulator_serves_follows_the_official_schemas(url: str) -> None:
    period = {"year": 2026, "month": 11, "day": 18}
    served = [
        (SEAT_PAGES, f"{ORG}/{SEATS}", {}),
        (SEAT_PAGES, f"{GROUP}/{SEATS}", {"per_page": 7, "page": 2}),
        (OFFICIAL[1][0], f"{ORG}/{REPORTS}", {"day": DAY}),
        (OFFICIAL[1][0], f"{GROUP}/{REPORTS}", {"day": DAY}),
        (OFFICIAL[2][0], f"organizations/{ORGANIZATION}/{CREDITS}", period),
        (OFFICIAL[3][0], f"{GROUP}/{CREDITS}", period),
    ]
    for pointer, path, params in served:
        answer = body(url, path, **params)
        assert answer.status_code == 200, answer.text
        jsonschema.validate(answer.json(), schema(pointer))
    refused = body(url, f"{ORG}/{SEATS}", token="wrong")
    assert refused.status_code == 401
    jsonschema.validate(refused.json(), schema(f"{SCHEMAS}/basic-error"))


def test_reports_have_the_fields_of_the_official_rows(url: str) -> None:
    if not EXAMPLES.is_dir():
        pytest.skip("GitHub's examples are not beside the checkout")
    text = (EXAMPLES / "copilot_organization_users_1_day.ndjson").read_text()
    known = json.loads(text.splitlines()[0])
    (first, *_) = body(url, f"{ORG}/{REPORTS}", day=DAY).json()["download_links"]
    row = json.loads(requests.get(first, timeout=60).text.splitlines()[0])
    assert set(row) - set(known) <= {"totals_by_copilot_app"}
    assert {
        n: type(v) for n, v in row.items() if n in known and n != "totals_by_cli"
    } == {n: type(known[n]) for n in row if n in known and n != "totals_by_cli"}


def test_a_signed_link_works_alone_and_not_with_a_token(url: str) -> None:
    (link, *_) = body(url, f"{ORG}/{REPORTS}", day=DAY).json()["download_links"]
    assert requests.get(link, timeout=60).status_code == 200
    bearer = {"authorization": f"Bearer {TOKEN}"}
    assert requests.get(link, headers=bearer, timeout=60).status_code == 400
    assert requests.get(f"{link}0", timeout=60).status_code == 403


def test_github_hides_what_a_token_may_not_see(url: str) -> None:
    path = f"organizations/{ORGANIZATION}/{CREDITS}"
    assert body(url, path, SEATS_TOKEN).status_code == 404
    assert body(url, f"{ORG}/{REPORTS}", SEATS_TOKEN, day=DAY).status_code == 403


def test_an_enterprise_tells_the_same_persons_once(url: str) -> None:
    window = Window(DAY, DAY)
    of_group = connection(url, organization=None, enterprise=ENTERPRISE)
    one = rows(list(copilot.user_days(connection(url), window)))
    other = rows(list(copilot.user_days(of_group, window)))
    ids = sorted(row["user_id"] for row in one)
    assert sorted(row["user_id"] for row in other) == ids
    assert len({row["organization_id"] for row in other}) == 2
    credits_ = rows(list(copilot.credit_usage(of_group, window)))
    assert sum(row["gross_quantity"] for row in credits_) == sum(
        row["gross_quantity"]
        for row in rows(list(copilot.credit_usage(connection(url), window)))
    )


def test_the_renamed_person_keeps_their_credits_over_both_logins(
    url: str, company: Company
) -> None:
    renamed = next(
        account
        for account in accounts(company)
        if account.person and account.person.person_id == organisation.RENAMED
    )
    before, after = (login.lower() for _, login in renamed.logins)
    at = connection(url)
    reported = rows(list(copilot.user_days(at, AROUND_RENAMING)))
    billed = rows(list(copilot.credit_usage(at, AROUND_RENAMING)))
    logins = {r["user_login"] for r in reported if r["user_id"] == renamed.user_id}
    assert logins <= {before, after}
    assert {r["user_login"] for r in billed if r["user_id"] == renamed.user_id} == {
        after
    }
    linked = {link.account for link in VENDOR.links(company)}
    assert {before, after} <= linked


def test_persons_services_and_nobody_all_occur(company: Company) -> None:
    assert VENDOR.truth is not None
    truth = VENDOR.truth(company, PRESENT)
    assert set(pc.unique(truth["attribution"]).to_pylist()) == {
        "person",
        "service",
        "unattributed",
    }
    linked = {link.account for link in VENDOR.links(company)}
    unknown = truth.filter(pc.equal(truth["attribution"], "unattributed"))
    assert not linked & set(unknown["principal_id"].to_pylist())
    users = truth.filter(pc.equal(truth["attribution"], "person"))
    assert set(users["principal_id"].to_pylist()) <= linked


def test_nothing_is_billed_beyond_list_price_and_the_plan_includes_some(
    company: Company,
) -> None:
    window = Window(date(2026, 6, 1), date(2027, 2, 4))
    sums = VENDOR.expected(company, PRESENT, window)["credit_usage"]
    assert 0 < sums["net_amount"] < sums["gross_amount"]
    assert sums["discount_quantity"] > 0

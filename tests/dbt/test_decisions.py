"""A decision is followed by every figure, and its reversal puts every figure back."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import small_company
from decided_company import (
    SINCE,
    DecidedCompany,
    account,
    bind,
    revert,
    shares,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_company import mail
from warehouse import World

from ledger import Refused
from ledger.identity import Decision, Span

pytestmark = pytest.mark.slow
CLAIMED = account("anthropic", "user", "user-claimed")
GHOST = account("jira", "user", "jira-ghost")
STRANGER = account("git", "email", "somebody@elsewhere.example")
ALPHA_1 = account("anthropic", "user", "user-a1")
ACCOUNTS = (
    *(CLAIMED, GHOST, STRANGER, ALPHA_1),
    account("anthropic", "user", "user-a2"),
    account("anthropic", "user", "user-alias"),
    account("anthropic", "api_key", "key-ci"),
    account("anthropic", "service_account", "svac-1"),
    account("jira", "user", "jira-a1"),
    account("git", "email", mail("alpha-1")),
    account("git", "email", mail("before")),
)
PEOPLE = ("alpha-1", "alpha-2", "alpha-3", "alpha-7", "beta-1", "gamma-2")
TOKENS = sum(
    row[name]
    for row in small_company.usage()
    for name in (
        *("uncached_input_tokens", "cache_read_input_tokens", "output_tokens"),
        *("cache_creation_5m_input_tokens", "cache_creation_1h_input_tokens"),
    )
)
DAYS = (date(2026, 1, 1), date(2026, 5, 6), date(2026, 5, 16), date(2026, 6, 12))


@pytest.fixture(scope="module")
def company(
    small: World, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DecidedCompany]:
    yield DecidedCompany(small, tmp_path_factory.mktemp("decided"))


@pytest.fixture
def before(company: DecidedCompany) -> dict[str, Any]:
    """Every mart of the company without a decision."""
    company.fresh()
    return company.built().everything()


def person(company: DecidedCompany, name: str) -> dict[str, Any]:
    """The second quarter of a person."""
    (row,) = company.rows(
        "from review.mart_person_efficiency_quarterly "
        f"where person_id = '{name}' and quarter_label = '2026-Q2'"
    )
    return row


def credit(company: DecidedCompany, item: str) -> dict[str, int]:
    """Who holds an item, in millionths."""
    return shares(
        company.rows(
            f"from core.fct_delivery_credit where item_id = '{item}' "
            "and credit_rule = 'equal'"
        )
    )


def unresolved(company: DecidedCompany) -> dict[str, dict[str, Any]]:
    """Accounts that are nobody's."""
    rows = company.rows("from steward.mart_unresolved_account")
    return {row["account_id"]: row for row in rows}


def test_without_decisions_everything_is_as_it_was_built(
    company: DecidedCompany, before: dict[str, Any], small: World
) -> None:
    built = {
        name: [tuple(row.values()) for row in small.rows(f"from {name} order by all")]
        for name in before
    }
    assert before == built


def test_bound_usage_and_credit_move_to_the_person_and_back(
    company: DecidedCompany, before: dict[str, Any]
) -> None:
    assert person(company, "alpha-7")["withheld_reason"] == "coverage_identity"
    assert credit(company, "main/8") == {"unattributed": 1_000_000}
    usage = company.decide(bind(CLAIMED, "alpha-7"), why="the badge list of May")
    issue = company.decide(bind(GHOST, "alpha-7"))
    company.built()
    after = person(company, "alpha-7")
    assert (after["output_tokens"], after["list_cost_usd"]) == (1000, Decimal("0.015"))
    assert (after["delivered_n"], after["withheld_reason"]) == (1, None)
    assert after["coverage_reason"] == "vendor_feed_days"
    assert credit(company, "main/8") == {"alpha-7": 1_000_000}
    assert person(company, "alpha-8")["withheld_reason"] is None  # claims it no longer
    for event in (usage, issue):
        company.decide(revert(event))
    assert company.built().everything() == before
    told = [(e.action, e.decided_by, e.reason) for e in company.ledger.verified()]
    assert told[0] == ("bind", "steward", "the badge list of May")
    assert [action for action, _, _ in told] == ["bind", "bind", "revert", "revert"]


def test_a_decision_goes_before_an_e_mail_from_its_first_to_its_last_day(
    company: DecidedCompany, before: dict[str, Any]
) -> None:
    span = Span(date(2026, 5, 16), date(2026, 5, 31))
    company.decide(bind(ALPHA_1, "beta-1", span))
    company.built()
    owners = company.rows(
        "select distinct usage_date, person_id from core.fct_ai_usage_daily "
        "where principal_id = 'user-a1' order by usage_date"
    )
    assert [(row["usage_date"], row["person_id"]) for row in owners] == [
        (date(2026, 5, 15), "alpha-1"),
        (date(2026, 5, 16), "beta-1"),
        (date(2026, 6, 1), "alpha-1"),
        (date(2026, 8, 3), "alpha-1"),
    ]


def test_a_split_takes_an_account_from_one_of_two_and_leaves_it_to_the_other(
    company: DecidedCompany, before: dict[str, Any]
) -> None:
    company.decide(Decision("split", CLAIMED, "alpha-8", span=SINCE))
    company.built()
    assert person(company, "alpha-7")["output_tokens"] == 1000
    assert person(company, "alpha-8")["output_tokens"] == 0


def test_merged_records_are_one_person_in_every_figure_and_apart_again(
    company: DecidedCompany, before: dict[str, Any]
) -> None:
    merged = company.decide(
        Decision(
            "merge", person_id="alpha-6", other_person_id="alpha-5", span=SINCE
        )
    )
    company.built()
    one = person(company, "alpha-6")
    assert one["output_tokens"] == 2000  # the key of one, the alias of the other
    assert credit(company, "main/6") == {"alpha-4": 500_000, "alpha-6": 500_000}
    assert one["fte_days"] == 64.0
    gone = company.rows(
        "from review.mart_person_efficiency_quarterly where person_id = 'alpha-5'"
    )
    assert gone == []
    company.decide(revert(merged))
    assert company.built().everything() == before


def test_an_excluded_account_stays_nobodys_and_is_asked_about_no_more(
    company: DecidedCompany, before: dict[str, Any]
) -> None:
    assert "somebody@elsewhere.example" in unresolved(company)
    company.decide(Decision("exclude", STRANGER, span=SINCE))
    company.built()
    assert "somebody@elsewhere.example" not in unresolved(company)
    assert credit(company, "app@m7") == {"unattributed": 1_000_000}


def test_what_is_nobodys_is_listed_with_its_stake_and_whom_it_could_be_of(
    company: DecidedCompany, before: dict[str, Any]
) -> None:
    listed = unresolved(company)
    assert set(listed) == {
        *("user-a2", "user-a3", "user-claimed", "key-nobody", "jira-ghost"),
        *("somebody@elsewhere.example", "guest@elsewhere.example"),
    }
    former = listed["user-a2"]
    assert (former["suggested_person_id"], former["suggestion_class"]) == (
        "alpha-2",
        "strong",
    )
    assert former["list_cost_usd"] == Decimal("0.015")
    rivals = listed["user-claimed"]
    assert (rivals["suggestion_class"], rivals["suggested_person_id"]) == (
        "contested",
        None,
    )
    assert rivals["suggested_people_n"] == 2
    assert listed["jira-ghost"]["items_n"] == 1
    assert listed["jira-ghost"]["tokens"] is None


def test_contradictions_are_refused_and_nothing_is_written(
    company: DecidedCompany, before: dict[str, Any]
) -> None:
    first = company.decide(bind(CLAIMED, "alpha-7"))
    merge = Decision("merge", person_id="beta-1", other_person_id="beta-2", span=SINCE)
    company.decide(merge)
    chained = Decision(
        "merge", person_id="beta-3", other_person_id="beta-1", span=SINCE
    )
    backwards = Span(date(2026, 5, 2), date(2026, 5, 1))
    for wrong, words in (
        (bind(CLAIMED, "alpha-7"), "event 1 already says so"),
        (bind(CLAIMED, "alpha-8", backwards), "lies before"),
        (chained, "event 2 merges beta-2 into beta-1"),
        (Decision("revert", reverts_sequence=9), "no identity decision in force"),
        (Decision("bind", CLAIMED, span=SINCE), "person_id"),
    ):
        with pytest.raises(Refused, match=words):
            company.decide(wrong)
    company.decide(revert(first))
    with pytest.raises(Refused, match="take the decision again"):
        company.decide(revert(first))
    assert len(company.ledger.verified()) == 3


spans = st.builds(
    lambda first, days: Span(first, None if days is None else first + days),
    st.sampled_from(DAYS),
    st.sampled_from([None, timedelta(0), timedelta(20)]),
)
decided = st.one_of(
    st.builds(bind, st.sampled_from(ACCOUNTS), st.sampled_from(PEOPLE), spans),
    st.builds(
        lambda one, person, other, span: Decision(
            "split", one, person, None if other == person else other, span
        ),
        st.sampled_from(ACCOUNTS),
        st.sampled_from(PEOPLE),
        st.none() | st.sampled_from(PEOPLE),
        spans,
    ),
    st.builds(
        lambda pair, span: Decision(
            "merge", person_id=pair[0], other_person_id=pair[1], span=span
        ),
        st.permutations(PEOPLE),
        spans,
    ),
    st.builds(
        lambda one, span: Decision("exclude", one, span=span),
        st.sampled_from(ACCOUNTS),
        spans,
    ),
)


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(wanted=st.lists(decided, min_size=1, max_size=6), takes_back=st.booleans())
def test_whatever_is_decided_nothing_is_lost_and_nothing_counts_twice(
    company: DecidedCompany, wanted: list[Decision], takes_back: bool
) -> None:
    company.fresh()
    events = []
    for each in wanted:
        try:
            events.append(company.decide(each))
        except Refused:
            continue  # it contradicts an earlier one
    if takes_back and events:
        company.decide(revert(events[0]))
    company.built()
    lost = company.rows(
        "from finance.mart_cost_reconciliation where vendor_tokens <> person_tokens "
        "+ service_tokens + unattributed_tokens + elsewhere_tokens"
    )
    assert lost == []
    (total,) = company.rows("select sum(tokens) as n from core.fct_ai_usage_daily")
    assert total["n"] == TOKENS
    shared = company.rows(
        "select item_kind, item_id, credit_rule, sum(credit_millionths) as n "
        "from core.fct_delivery_credit group by all having n <> 1000000"
    )
    assert shared == []
    for grain, table in (
        ("source, account_kind, account_id, seen_date", "int_accounts_resolved"),
        ("person_id, valid_from", "int_persons_spanned"),
    ):
        twice = company.rows(
            f"select {grain} from intermediate.{table} group by all having count(*) > 1"
        )
        assert twice == []
    outside = company.rows(
        "select r.* from intermediate.int_accounts_resolved as r "
        "anti join intermediate.int_persons_spanned as p on r.person_id = p.person_id "
        "and r.seen_date >= p.valid_from and r.seen_date < p.valid_to "
        "where r.person_id is not null"
    )
    assert outside == []


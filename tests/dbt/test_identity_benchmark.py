"""Precision and recall of identity on labelled accounts, through the real models."""

from pathlib import Path

import pytest

from dagster_project.labelled import Score, measured
from ingestion.simulator import identities

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def score(tmp_path_factory: pytest.TempPathFactory) -> Score:
    return measured(tmp_path_factory.mktemp("labelled"), seed=7, people=300)


def test_the_world_is_the_same_for_the_same_seed_and_no_day_has_two_truths() -> None:
    world = identities.world(7, 300)
    assert world == identities.world(7, 300)
    assert world != identities.world(8, 300)
    days = [
        (a.source, a.account_kind, a.account_id, day)
        for a in world.accounts
        for day in a.days
    ]
    assert len(days) == len(set(days))
    assert len({a.case for a in world.accounts}) > 15


def test_who_gets_an_account_is_right(score: Score) -> None:
    assert score.accounts > 900
    assert score.precision >= 0.995


def test_most_accounts_are_given_to_somebody(score: Score) -> None:
    assert score.recall >= 0.97


def test_the_ambiguous_are_quarantined_and_never_bound(score: Score) -> None:
    assert score.ambiguous > 10
    assert score.quarantined == score.ambiguous
    for case in ("claimed_twice", "shared_mailbox", "outsider", "left"):
        assert score.cases[case]["wrong"] == score.cases[case]["right"] == 0


def test_of_missed_accounts_the_right_person_is_mostly_suggested(score: Score) -> None:
    assert score.missed_accounts > 0  # else the world were too easy
    assert score.suggested_accounts >= 0.8 * score.missed_accounts


def test_a_world_without_its_links_resolves_less(tmp_path: Path) -> None:
    """The measure itself can fail."""
    few = measured(tmp_path, seed=7, people=40, without_links=True)
    assert few.recall < 0.9

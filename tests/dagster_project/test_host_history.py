"""Code hosts in the configuration, and where the next pull of each one starts."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dagster_project.outcomes import newest_updates
from ingestion.clock import FixedClock
from ingestion.configuration import configuration
from ingestion.errors import Misconfigured
from ingestion.lake import Lake
from ingestion.page import Page
from ingestion.sources.gitlab.tables import MERGE_REQUESTS

HOST = "{host: %s, repositories: [{name: works/app, repository: app}]}"
MAY, JUNE = (datetime(2026, month, 1, tzinfo=UTC) for month in (5, 6))


def written(tmp_path: Path, text: str) -> Path:
    """A configuration with this text."""
    path = tmp_path / "tokenworth.yaml"
    path.write_text(text)
    return path


def test_a_host_is_no_ai_vendor_and_moves_no_first_day_of_usage(tmp_path: Path) -> None:
    text = f"sources:\n  github: [{HOST % 'hub'}]\n"
    found = configuration(written(tmp_path, text))
    assert [each.source for each in found.connected] == ["github"]
    assert found.vendors == {}
    assert found.starts_on == found.organisation.outcomes_start


def test_two_hosts_of_one_name_are_an_error(tmp_path: Path) -> None:
    text = f"sources:\n  github: [{HOST % 'hub'}]\n  gitlab: [{HOST % 'hub'}]\n"
    with pytest.raises(Misconfigured, match="two code hosts have the name 'hub'"):
        configuration(written(tmp_path, text))


def test_a_key_of_a_host_that_is_misspelt_names_the_nearest(tmp_path: Path) -> None:
    text = "sources: {gitlab: [{token_evn: X, repositories: [{name: works/app}]}]}"
    with pytest.raises(Misconfigured, match="did you mean 'token_env'"):
        configuration(written(tmp_path, text))


def test_each_repository_goes_on_from_its_own_newest_update(tmp_path: Path) -> None:
    lake = Lake(tmp_path, FixedClock(JUNE))
    lake.initialise([MERGE_REQUESTS])
    rows = [("lab", "works/app", "1", MAY), ("lab", "works/app", "2", JUNE)]
    named = ("host", "host_repository", "merge_request_id", "updated_at")
    given = dict(zip(named, map(list, zip(*rows, strict=True)), strict=True))
    empty = {
        column.name: [None] * len(rows)
        for column in MERGE_REQUESTS.columns
        if column.name not in given
    }
    lake.merge(MERGE_REQUESTS, [Page({**given, **empty})])
    since = newest_updates(lake, MERGE_REQUESTS)
    assert since("lab", "works/app") == JUNE.replace(tzinfo=None)
    assert since("lab", "works/new") is None

"""Telemetry of coding assistants: each token once, with whoever sent it."""

import gzip
import json
import shutil
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from otlp import (
    DAY,
    NOON,
    claude,
    codex,
    connection,
    logs,
    metrics,
    point,
    put,
    record,
    rows,
)

from ingestion.clock import FixedClock
from ingestion.errors import BadInput, Misconfigured, SchemaChanged
from ingestion.lake import Lake
from ingestion.sources import otel
from ingestion.window import Window

EXAMPLES = Path(__file__).parents[4] / "shared/data/vendors/other"
HOUR = timedelta(hours=1)


def test_a_call_of_claude_code_is_a_row_with_counters_as_sent(tmp_path: Path) -> None:
    put(tmp_path, logs(claude(user__email="Dev@Works.example", user__id="i-1")))
    (row,) = rows(tmp_path)
    assert row["event_id"] == row["request_id"] == "req_1"
    assert (row["tool"], row["signal"], row["usage_date"]) == (
        "claude_code",
        "log",
        DAY,
    )
    assert (row["user_email"], row["is_email_injected"]) == ("Dev@Works.example", False)
    assert (row["input_tokens"], row["cache_read_tokens"]) == (4, 81000)
    assert (row["cache_creation_tokens"], row["output_tokens"]) == (12000, 512)
    assert row["cost_usd"] == Decimal("0.1309")
    assert row["total_tokens"] is None


def test_counters_may_be_sent_as_text_and_a_missing_one_stays_unknown(
    tmp_path: Path,
) -> None:
    told = claude(input_tokens="7", cost_usd="0.25")
    told["attributes"] = [a for a in told["attributes"] if a["key"] != "output_tokens"]
    put(tmp_path, logs(told))
    (row,) = rows(tmp_path)
    assert (row["input_tokens"], row["output_tokens"]) == (7, None)
    assert row["cost_usd"] == Decimal("0.25")


def test_an_injected_e_mail_stands_in_for_a_login_without_one(tmp_path: Path) -> None:
    injected = {"employee__email": "dev@works.example"}
    put(
        tmp_path,
        logs(claude(request_id="req_1"), **injected),
        logs(claude(request_id="req_2", user__email="login@works.example"), **injected),
    )
    found = {row["request_id"]: row for row in rows(tmp_path)}
    assert found["req_1"]["user_email"] == "dev@works.example"
    assert found["req_1"]["is_email_injected"] is True
    assert found["req_2"]["user_email"] == "login@works.example"


def test_nobody_named_is_kept(tmp_path: Path) -> None:
    put(tmp_path, logs(claude(user__id="i-1")))
    (row,) = rows(tmp_path)
    assert (row["user_email"], row["installation_id"]) == (None, "i-1")


def test_what_is_sent_twice_counts_once(tmp_path: Path) -> None:
    told = logs(claude(), claude(request_id=None, session__id="s-2"))
    told_metric = metrics(point(5, type="input", session__id="s-3"))
    put(tmp_path, told, told_metric)
    put(tmp_path, told, told_metric, name="b.jsonl", day=date(2026, 11, 21))
    assert len(rows(tmp_path)) == 3


def test_metrics_count_only_for_sessions_that_send_no_events(tmp_path: Path) -> None:
    put(
        tmp_path,
        logs(claude(session__id="s-1")),
        metrics(
            point(4, type="input", session__id="s-1"),
            point(9, type="input", session__id="s-2"),
            point(7, type="cacheRead", session__id="s-2"),
        ),
    )
    found = rows(tmp_path)
    alone = [row for row in found if row["signal"] == "delta"]
    assert {row["session_id"] for row in alone} == {"s-2"}
    assert sum(row["input_tokens"] or 0 for row in found) == 4 + 9
    assert [row["output_tokens"] for row in alone] == [None, None]


def test_metrics_without_sessions_give_way_to_events_of_the_user_s_day(
    tmp_path: Path,
) -> None:
    def anonymous(amount: int, email: str) -> Any:
        return point(amount, type="input", session__id="", user__email=email)

    put(
        tmp_path,
        logs(claude(user__email="dev@works.example")),
        metrics(anonymous(4, "dev@works.example"), anonymous(9, "ops@works.example")),
    )
    assert sorted(row["input_tokens"] for row in rows(tmp_path)) == [4, 9]


@pytest.mark.parametrize("temporality", [2, "AGGREGATION_TEMPORALITY_CUMULATIVE"])
def test_cumulative_counters_become_what_was_added(
    tmp_path: Path, temporality: Any
) -> None:
    night, restarted = NOON.replace(hour=23), NOON + 14 * HOUR
    told = [
        point(100, night, type="input"),
        point(100, night + HOUR / 2, type="input"),  # nothing was added
        point(130, NOON + 13 * HOUR, type="input"),  # after midnight
        point(8, restarted + HOUR, restarted, type="input"),
    ]
    put(tmp_path, metrics(*told, temporality=temporality))
    assert [row["input_tokens"] for row in rows(tmp_path)] == [100]
    assert [r["input_tokens"] for r in rows(tmp_path, date(2026, 11, 21))] == [30, 8]


def test_a_counter_older_than_its_first_file_has_an_unknown_amount(
    tmp_path: Path,
) -> None:
    long_ago = NOON - timedelta(days=30)
    put(tmp_path, metrics(point(5000, NOON, long_ago, type="input"), temporality=2))
    (row,) = rows(tmp_path)
    assert row["input_tokens"] is None


def test_codex_counts_each_answer_once_and_with_its_user(tmp_path: Path) -> None:
    later = NOON + timedelta(microseconds=300)
    put(
        tmp_path,
        logs(codex(conversation__id=""), scope="codex_otel.trace_safe"),
        logs(
            codex(later, user__email="dev@works.example", auth_mode="ChatGPT"),
            scope="codex_otel.log_only",
        ),
        logs(record(event__name="codex.sse_event", event__kind="response.created")),
    )
    (row,) = rows(tmp_path)
    assert (row["tool"], row["user_email"]) == ("codex", "dev@works.example")
    assert (row["input_tokens"], row["cache_read_tokens"]) == (20000, 16000)
    assert (row["reasoning_tokens"], row["total_tokens"]) == (400, 20700)


def test_codex_without_its_named_family_is_kept_unnamed(tmp_path: Path) -> None:
    put(tmp_path, logs(codex(), scope="codex_otel.trace_safe"))
    (row,) = rows(tmp_path)
    assert (row["user_email"], row["session_id"]) == (None, "c-1")


def test_gemini_counts_thoughts_beside_output(tmp_path: Path) -> None:
    told = record(
        event__name="gemini_cli.api_response", session__id="g-1",
        model="gemini-2.5-pro",
        user__email="dev@works.example", installation__id="i-9",
        input_token_count=30000, cached_content_token_count=10000,
        output_token_count=900, thoughts_token_count=2100, tool_token_count=0,
        total_token_count=33000, auth_type="oauth-personal", response_text="secret",
    )  # fmt: skip
    put(tmp_path, logs(told))
    (row,) = rows(tmp_path)
    assert (row["output_tokens"], row["thoughts_tokens"]) == (900, 2100)
    assert (row["input_tokens"], row["total_tokens"]) == (30000, 33000)
    assert "secret" not in repr(row)


@pytest.mark.parametrize(
    ("told", "platform"),
    [
        ({"model": "claude-opus-4-8"}, None),
        ({"model": "eu.anthropic.claude-sonnet-4-5-20250929-v1:0"}, "bedrock"),
        ({"model": "claude-sonnet-4-5@20250929"}, "vertex"),
        ({"model": "own-name", "gen_ai__provider__name": "aws.bedrock"}, "bedrock"),
        ({"model": "own-name", "gen_ai__system": "gcp.vertex_ai"}, "vertex"),
    ],
)
def test_calls_through_a_cloud_are_known_as_such(
    tmp_path: Path, told: dict[str, str], platform: str | None
) -> None:
    put(tmp_path, logs(claude(**told)))
    assert rows(tmp_path)[0]["platform"] == platform


def test_late_files_belong_to_the_day_of_their_events(tmp_path: Path) -> None:
    put(tmp_path, logs(claude()), day=DAY + timedelta(days=7))
    put(
        tmp_path,
        logs(claude(NOON + timedelta(days=1), "req_2")),
        day=DAY + timedelta(days=1),
    )
    assert [row["request_id"] for row in rows(tmp_path)] == ["req_1"]
    assert len(rows(tmp_path, DAY, DAY + timedelta(days=1))) == 2


def test_days_whose_telemetry_was_removed_keep_what_landed(tmp_path: Path) -> None:
    removed = put(tmp_path, logs(claude(), claude(request_id="req_2")))
    put(tmp_path, logs(claude(request_id="req_3")), day=DAY + timedelta(days=1))
    clock = FixedClock(NOON + timedelta(days=40))
    days, lake = Window(DAY, DAY), Lake(tmp_path / "lake", clock)
    at = connection(tmp_path, clock)
    table = otel.CONNECTOR.tables[0]
    lake.replace_days(table, days, otel.token_usage(at, days))
    shutil.rmtree(removed.parent)
    (receipt,) = lake.replace_days(table, days, otel.token_usage(at, days))
    assert (receipt.outcome, receipt.row_count) == ("unreported", 3)


def test_files_of_other_collectors_are_read_too(tmp_path: Path) -> None:
    folder = tmp_path / "collector"
    folder.mkdir()
    (folder / "one.json").write_text(json.dumps(logs(claude()), indent=2))
    lines = json.dumps(logs(claude(request_id="req_2"))) + "\n"
    (folder / "two.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    (folder / "three.json").write_text(lines.replace("req_2", "req_3") * 2)
    assert [r["request_id"] for r in rows(tmp_path)] == ["req_1", "req_2", "req_3"]


def test_a_line_that_is_being_written_waits_and_a_cut_one_is_named(
    tmp_path: Path,
) -> None:
    path = put(tmp_path, logs(claude()))
    path.write_text(path.read_text() + '{"resourceLogs":[{"res')
    today = connection(tmp_path, FixedClock(NOON))
    (page,) = otel.token_usage(today, Window(DAY, DAY))
    assert page.columns["request_id"] == ["req_1"]
    with pytest.raises(BadInput, match=r"line 2 of 2026-11-20/a\.jsonl"):
        rows(tmp_path)


def test_a_counter_that_is_no_number_stops_the_table_by_its_name(
    tmp_path: Path,
) -> None:
    put(tmp_path, logs(claude(input_tokens="many")))
    with pytest.raises(SchemaChanged, match="input_tokens"):
        rows(tmp_path)


def test_a_silent_day_says_so(tmp_path: Path) -> None:
    at = connection(tmp_path)
    (page,) = otel.token_usage(at, Window(DAY, DAY))
    assert page.note == "no telemetry was received for these days"
    put(tmp_path, logs(claude(NOON - timedelta(days=1))))
    (page,) = otel.token_usage(at, Window(DAY, DAY))
    assert page.note == "the telemetry received tells of no model call on these days"


def test_activity_is_what_each_metric_added(tmp_path: Path) -> None:
    put(
        tmp_path,
        metrics(point(1), name="claude_code.session.count"),
        metrics(point(40, type="added"), name="claude_code.lines_of_code.count"),
        metrics(point(12.5), name="claude_code.active_time.total"),
        metrics(point(9, type="input")),
    )
    (page,) = otel.activity(connection(tmp_path), Window(DAY, DAY))
    told = zip(page.columns["metric"], page.columns["kind"], page.columns["amount"],
               strict=True)  # fmt: skip
    assert set(told) == {
        ("claude_code.session.count", None, Decimal(1)),
        ("claude_code.lines_of_code.count", "added", Decimal(40)),
        ("claude_code.active_time.total", None, Decimal("12.5")),
    }


def test_doctor_names_a_missing_folder_and_a_silent_receiver(tmp_path: Path) -> None:
    missing = otel.probe(connection(tmp_path / "nowhere"))
    assert not missing.is_usable
    assert "no folder 'nowhere'" in missing.problems[0].problem
    with pytest.raises(Misconfigured):
        rows(tmp_path / "nowhere")
    put(tmp_path, logs(claude()), day=date(2026, 11, 2))
    silent = otel.probe(connection(tmp_path))
    assert "tokenworth receive" in silent.problems[0].fix
    put(tmp_path, logs(claude()))
    fresh = otel.probe(connection(tmp_path))
    assert (fresh.is_usable, fresh.newest_day) == (True, DAY)


def test_the_documented_point_of_a_metric_is_read(tmp_path: Path) -> None:
    file = EXAMPLES / "other_vendor_examples.json"
    if not file.exists():
        pytest.skip("the shared examples are not at hand")
    told = json.loads(file.read_text())["otel_claude_token_usage_point"]
    said = {name.replace(".", "__"): each for name, each in told["attributes"].items()}
    put(tmp_path, metrics(point(told["value"], **said), name=told["metric"]))
    (row,) = rows(tmp_path)
    assert (row["cache_read_tokens"], row["account_id"]) == (81000, "user_01WCz...")

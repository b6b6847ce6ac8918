"""Bedrock's invocation logs: each call once, its caller, and nothing of its content."""

import gzip
import json
import shutil
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import fsspec
import pytest

from ingestion.clock import FixedClock
from ingestion.connector import Surroundings
from ingestion.errors import Misconfigured, SchemaChanged, Unavailable
from ingestion.lake import Lake
from ingestion.sources import bedrock
from ingestion.window import Window

EXAMPLES = Path(__file__).parents[4] / "shared/data/vendors/other"
DAY = date(2026, 11, 20)
CLOCK = FixedClock(datetime(2026, 11, 21, 6, tzinfo=UTC))
ACCOUNT = "123456789012"
ROLE = f"arn:aws:sts::{ACCOUNT}:assumed-role/BedrockDev"
PROMPT = "please rewrite the payroll of everybody"
BELOW = f"AWSLogs/{ACCOUNT}/BedrockModelInvocationLogs/us-east-1"
(TABLE,) = bedrock.CONNECTOR.tables


def entry(request_id: str = "r-1", **told: Any) -> dict[str, Any]:
    """An entry of the log; `told` replaces parts of it."""
    return {
        "schemaType": "ModelInvocationLog",
        "schemaVersion": "1.0",
        "timestamp": "2026-11-20T12:00:01Z",
        "accountId": ACCOUNT,
        "identity": {"arn": f"{ROLE}/Dev@works.example"},
        "region": "us-east-1",
        "inferenceRegion": "us-west-2",
        "requestId": request_id,
        "operation": "InvokeModel",
        "modelId": "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "input": {
            "inputContentType": "application/json",
            "inputBodyJson": {"messages": [{"content": PROMPT}]},
            "inputTokenCount": 120,
        },
        "output": answered({"content": [{"text": PROMPT}]}),
        **told,
    }


def answered(body: Any) -> dict[str, Any]:
    return {"outputBodyJson": body, "outputTokenCount": 450}


def put(
    folder: Path, *entries: Any, hour: str = "2026/11/20/12", name: str = "a.json.gz"
) -> Path:
    path = folder / BELOW / hour / name
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(each) + "\n" for each in entries)
    path.write_bytes(gzip.compress(lines.encode()))
    return path


def connection(folder: Path | str, clock: FixedClock = CLOCK, **settings: Any) -> Any:
    named = bedrock.Bedrock(folder=str(folder), starts_on=DAY, **settings)
    around = Surroundings(clock, lambda name: name, Path())
    return bedrock.CONNECTOR.connect(named, around)


def rows(folder: Path | str, **settings: Any) -> list[Mapping[str, Any]]:
    """The rows of `DAY`."""
    at = connection(folder, **settings)
    return [
        dict(zip(page.columns, values, strict=True))
        for page in bedrock.invocations(at, Window(DAY, DAY))
        for values in zip(*page.columns.values(), strict=True)
    ]


def test_a_call_is_a_row_with_its_caller_and_counts(tmp_path: Path) -> None:
    put(tmp_path, entry())
    (row,) = rows(tmp_path)
    assert (row["request_id"], row["usage_date"]) == ("r-1", DAY)
    assert row["invoked_at"] == datetime(2026, 11, 20, 12, 0, 1)  # noqa: DTZ001
    assert row["principal_type"] == "user"
    assert row["principal_id"] == row["principal_email"] == "Dev@works.example"
    assert (row["input_tokens"], row["output_tokens"]) == (120, 450)
    assert (row["region"], row["inference_region"]) == ("us-east-1", "us-west-2")


@pytest.mark.parametrize(
    ("told", "read", "written"),
    [
        ({}, None, None),
        (
            {"input": {"cacheReadInputTokenCount": 9, "cacheWriteInputTokenCount": 0}},
            9,
            0,
        ),
        (
            {
                "output": answered(
                    {
                        "usage": {
                            "cache_read_input_tokens": 7,
                            "cache_creation_input_tokens": 3,
                        }
                    }
                )
            },
            7,
            3,
        ),
        (
            {
                "output": answered(
                    {"usage": {"cacheReadInputTokens": 5, "cacheWriteInputTokens": 2}}
                )
            },
            5,
            2,
        ),
        (
            {
                "output": answered(
                    [
                        {"type": "message_start", "message": {"usage": {"x": 1}}},
                        {"type": "content_block_delta", "delta": {"text": PROMPT}},
                        {
                            "type": "message_stop",
                            "amazon-bedrock-invocationMetrics": {
                                "cacheReadInputTokenCount": 8,
                                "cacheWriteInputTokenCount": 1,
                            },
                        },
                    ]
                )
            },
            8,
            1,
        ),
        ({"output": answered("an image")}, None, None),
    ],
    ids=["nowhere", "entry", "anthropic", "converse", "stream", "no JSON answer"],
)
def test_cache_counts_are_found_wherever_they_stand(
    tmp_path: Path, told: Any, read: int | None, written: int | None
) -> None:
    put(tmp_path, entry(**told))
    (row,) = rows(tmp_path)
    assert row["cache_read_input_tokens"] == read
    assert row["cache_write_input_tokens"] == written


@pytest.mark.parametrize(
    ("arn", "metadata", "caller"),
    [
        (f"{ROLE}/dev@works.example", None, ("user", "dev@works.example")),
        (f"{ROLE}/session-1", None, ("api_key", "BedrockDev")),
        (f"{ROLE}/session-1", {"user": "ops@works.example"},
         ("user", "ops@works.example")),
        (f"arn:aws:sts::{ACCOUNT}:assumed-role/Notebook/jdoe", None,
         ("user", "Notebook/jdoe")),
        (f"arn:aws:sts::{ACCOUNT}:assumed-role/AWSServiceRoleForX/y", None,
         ("service_account", "AWSServiceRoleForX")),
        (f"arn:aws:iam::{ACCOUNT}:user/team/jdoe", None, ("user", "user/jdoe")),
        (f"arn:aws:iam::{ACCOUNT}:root", None,
         ("unknown", f"arn:aws:iam::{ACCOUNT}:root")),
        (None, None, ("unknown", "")),
    ],
)  # fmt: skip
def test_whoever_called_is_kept(
    tmp_path: Path, arn: str | None, metadata: Any, caller: tuple[str, str]
) -> None:
    put(tmp_path, entry(identity={"arn": arn}, requestMetadata=metadata))
    (row,) = rows(tmp_path, person_roles=("Notebook",))
    assert (row["principal_type"], row["principal_id"]) == caller


def test_a_call_in_several_files_counts_once(tmp_path: Path) -> None:
    put(tmp_path, entry(), entry("r-2"))
    put(tmp_path, entry(), name="b.json.gz")
    put(tmp_path, entry("r-3"), entry(), hour="2026/11/21/00")
    assert [row["request_id"] for row in rows(tmp_path)] == ["r-1", "r-2", "r-3"]


def test_calls_belong_to_their_utc_day(tmp_path: Path) -> None:
    put(tmp_path, entry("r-1", timestamp="2026-11-21T01:30:00+02:00"))
    put(tmp_path, entry("r-2", timestamp="2026-11-21T00:00:00Z"), name="b.json.gz")
    assert [row["request_id"] for row in rows(tmp_path)] == ["r-1"]


def test_a_model_behind_an_arn_is_named(tmp_path: Path) -> None:
    model = "us.anthropic.claude-sonnet-4-5-20250929-v1:0"
    arn = f"arn:aws:bedrock:us-east-1:{ACCOUNT}:inference-profile/{model}"
    put(tmp_path, entry(modelId=arn))
    (row,) = rows(tmp_path)
    assert (row["model"], row["model_id"]) == (model, arn)


def test_nothing_of_the_content_is_kept(tmp_path: Path) -> None:
    logs, folder = tmp_path / "logs", tmp_path / "lake"
    put(logs, entry(), entry("r-2", output=answered([{"delta": {"text": PROMPT}}])))
    beside = logs / BELOW / "2026/11/20/12/data" / "r-1_input.json.gz"
    beside.parent.mkdir()
    beside.write_bytes(b"a body too long for the log, which is not opened")
    lake = Lake(folder, CLOCK)
    lake.initialise(bedrock.CONNECTOR.tables)
    window = Window(DAY, DAY)
    lake.replace_days(TABLE, window, bedrock.invocations(connection(logs), window))
    assert lake.current(TABLE).num_rows == 2
    assert PROMPT not in repr(lake.current(TABLE).to_pylist())
    assert not list(folder.rglob("*.zst"))
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert not any(PROMPT.encode() in path.read_bytes() for path in files)


def test_a_wrong_field_is_named_without_its_content(tmp_path: Path) -> None:
    put(tmp_path, entry(input={"inputTokenCount": PROMPT, "inputBodyJson": PROMPT}))
    with pytest.raises(SchemaChanged, match=r"input\.inputTokenCount") as refused:
        rows(tmp_path)
    assert PROMPT not in str(refused.value)


def test_a_new_field_is_reported_by_name_and_content_is_not(tmp_path: Path) -> None:
    put(tmp_path, entry(guardrail={"version": 1}))
    at = connection(tmp_path)
    (page,) = bedrock.invocations(at, Window(DAY, DAY))
    assert page.unknown_fields == {"guardrail"}
    assert page.body == b""


def test_a_cut_file_is_named(tmp_path: Path) -> None:
    path = put(tmp_path, entry())
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(Unavailable, match=r"a\.json\.gz"):
        rows(tmp_path)


def test_a_failed_call_is_kept_without_counts(tmp_path: Path) -> None:
    put(tmp_path, entry(errorCode="ThrottlingException", input=None, output=None))
    (row,) = rows(tmp_path)
    assert row["error_code"] == "ThrottlingException"
    assert (row["input_tokens"], row["output_tokens"]) == (None, None)


def test_a_bucket_is_read_like_a_folder(tmp_path: Path) -> None:
    source = put(tmp_path, entry())
    bucket = fsspec.filesystem("memory")
    bucket.pipe_file(f"/logs/{BELOW}/2026/11/20/12/a.json.gz", source.read_bytes())
    assert len(rows("memory://logs")) == 1
    bucket.rm("/logs", recursive=True)


def test_a_quiet_day_says_so(tmp_path: Path) -> None:
    at = connection(tmp_path)
    (page,) = bedrock.invocations(at, Window(DAY, DAY))
    assert page.note == "no invocation log was delivered for these days"
    put(tmp_path, entry(timestamp="2026-11-19T12:00:00Z"))
    (page,) = bedrock.invocations(at, Window(DAY, DAY))
    assert page.note == "the invocation logs hold no call of these days"


def test_days_whose_logs_expired_are_not_taken_for_quiet_ones(tmp_path: Path) -> None:
    older = put(tmp_path, entry(), entry("r-2"))
    late = entry("r-3", timestamp="2026-11-20T23:59:59Z")
    put(tmp_path, late, hour="2026/11/21/00")
    clock = FixedClock(CLOCK.now() + timedelta(days=40))
    days, lake = Window(DAY, DAY), Lake(tmp_path / "lake", clock)
    at = connection(tmp_path, clock)
    lake.replace_days(TABLE, days, bedrock.invocations(at, days))
    shutil.rmtree(older.parents[1])
    (receipt,) = lake.replace_days(TABLE, days, bedrock.invocations(at, days))
    assert (receipt.outcome, receipt.row_count) == ("unreported", 3)
    assert receipt.note == "the oldest invocation log that is left is of a later day"
    fresh = Lake(tmp_path / "fresh", clock)
    (receipt,) = fresh.replace_days(TABLE, days, bedrock.invocations(at, days))
    assert (receipt.outcome, receipt.row_count) == ("changed", 1)


def test_doctor_says_what_is_wrong_with_the_folder(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="no 'nowhere'"):
        rows(tmp_path / "nowhere")
    with pytest.raises(Misconfigured, match="s3fs"):
        rows("nonsense://bucket")
    silent = bedrock.probe(connection(tmp_path))
    assert "logging to S3" in silent.problems[0].fix
    put(tmp_path, entry())
    fresh = bedrock.probe(connection(tmp_path))
    assert (fresh.is_usable, fresh.newest_day, fresh.account) == (True, DAY, ACCOUNT)


def test_the_documented_entry_is_read(tmp_path: Path) -> None:
    file = EXAMPLES / "other_vendor_examples.json"
    if not file.exists():
        pytest.skip("the shared examples are not at hand")
    put(tmp_path, json.loads(file.read_text())["bedrock_invocation_log"])
    (row,) = rows(tmp_path)
    assert row["principal_email"] == "jane@example.com"
    counts = [value for name, value in row.items() if name.endswith("_tokens")]
    assert counts == [120, 9000, 300, 450]

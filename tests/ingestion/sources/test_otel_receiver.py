"""The receiver: closed without a token, and nothing but counters reaches the disk."""

import gzip
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import uvicorn
from otlp import CLOCK, NOON, claude, codex, logs, metrics, point, record, rows

from ingestion.errors import BadCredentials
from ingestion.simulator.server import address, listening
from ingestion.sources.otel.receiver import LARGEST, application, serve

TOKEN = "a-token-that-is-long-enough"
PROMPT = "please rewrite the payroll of everybody"


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """The address of a receiver that writes below `tmp_path`."""
    app = application(tmp_path, TOKEN, CLOCK)
    with listening() as listener:
        config = uvicorn.Config(app, log_level="critical", lifespan="off", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield address(listener)
        finally:
            server.should_exit = server.force_exit = True
            thread.join()


def sent(url: str, path: str, content: Any, **headers: str) -> requests.Response:
    named = {"authorization": f"Bearer {TOKEN}", "content-type": "application/json"}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return requests.post(url + path, data=data, headers=named, timeout=60)


def stored(folder: Path) -> str:
    return "".join(path.read_text() for path in folder.rglob("*.jsonl"))


@pytest.mark.parametrize("token", ["", "short", "with a space in it, long enough"])
def test_without_a_token_it_does_not_start(tmp_path: Path, token: str) -> None:
    with pytest.raises(BadCredentials, match="token_env"):
        serve(tmp_path, "127.0.0.1", 0, token)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("told", ["", "Bearer wrong", f"Basic {TOKEN}"])
@pytest.mark.parametrize("path", ["/v1/logs", "/v1/metrics", "/v1/traces"])
def test_nobody_without_the_token_is_heard(
    url: str, tmp_path: Path, told: str, path: str
) -> None:
    answer = sent(url, path, logs(claude()), authorization=told)
    assert answer.status_code == 401
    assert "OTEL_EXPORTER_OTLP_HEADERS" in answer.json()["message"]
    assert TOKEN not in answer.text
    assert list(tmp_path.iterdir()) == []


def test_what_is_received_is_what_the_source_reads(url: str, tmp_path: Path) -> None:
    told = logs(claude(user__email="dev@works.example"))
    answer = sent(url, "/v1/logs", told)
    assert (answer.status_code, answer.json()) == (200, {})
    more = metrics(point(9, type="output", session__id="s-2"))
    assert sent(url, "/v1/metrics", more).json() == {}
    (file,) = tmp_path.rglob("*.jsonl")
    assert file.parent.name == "2026-11-21"  # the day of receipt
    assert {row["output_tokens"] for row in rows(tmp_path)} == {9, 512}
    assert rows(tmp_path)[0]["usage_date"] == NOON.date()


def test_gzip_is_unpacked(url: str, tmp_path: Path) -> None:
    body = gzip.compress(json.dumps(logs(claude())).encode())
    assert sent(url, "/v1/logs", body, content_encoding="gzip").status_code == 200
    assert len(rows(tmp_path)) == 1


def test_content_is_dropped_before_anything_is_written(
    url: str, tmp_path: Path
) -> None:
    secret = "sk-ant-" + "a" * 40
    told = logs(
        claude(prompt=PROMPT, model=secret),
        record(body=PROMPT, event__name="user_prompt", prompt=PROMPT),
        record(event__name="tool_result", tool_parameters=PROMPT, session__id="s-1"),
        codex(arguments=PROMPT, output=PROMPT),
        claude(request_id="req_2", session__id=PROMPT * 20),
        host__name=PROMPT,
        process__command_args=PROMPT,
    )
    assert sent(url, "/v1/logs", told).json() == {}
    assert sent(url, "/v1/traces", {"resourceSpans": [PROMPT]}).json() == {}
    kept = stored(tmp_path)
    assert PROMPT not in kept
    assert secret not in kept
    assert {row["tool"] for row in rows(tmp_path)} == {"claude_code", "codex"}


def test_records_that_cannot_be_used_are_counted_in_the_answer(
    url: str, tmp_path: Path
) -> None:
    timeless = {**claude(request_id="req_2"), "timeUnixNano": "0"}
    told = logs(claude(), timeless, claude(request_id="req_3", input_tokens="many"))
    part = sent(url, "/v1/logs", told).json()["partialSuccess"]
    assert part["rejectedLogRecords"] == "2"
    assert len(rows(tmp_path)) == 1
    empty = {**point(1, type="input"), "timeUnixNano": "0"}
    part = sent(url, "/v1/metrics", metrics(empty)).json()["partialSuccess"]
    assert part["rejectedDataPoints"] == "1"


def test_what_is_not_json_is_refused_with_the_setting_that_helps(url: str) -> None:
    protobuf = sent(url, "/v1/logs", b"\x0a", content_type="application/x-protobuf")
    assert protobuf.status_code == 415
    assert "OTEL_EXPORTER_OTLP_PROTOCOL=http/json" in protobuf.json()["message"]
    packed = sent(url, "/v1/logs", b"{}", content_encoding="zstd")
    assert packed.status_code == 415
    assert "OTEL_EXPORTER_OTLP_COMPRESSION" in packed.json()["message"]
    for body in (b"{", b"[]", b'{"resourceLogs": 1}'):
        assert sent(url, "/v1/logs", body).status_code == 400
    cut = gzip.compress(b"{}")[:-4]
    assert sent(url, "/v1/logs", cut, content_encoding="gzip").status_code == 400


def test_too_much_is_refused_packed_or_not(url: str, tmp_path: Path) -> None:
    assert sent(url, "/v1/logs", b" " * (LARGEST + 1)).status_code == 413
    bomb = gzip.compress(b" " * (40 << 20))
    assert sent(url, "/v1/logs", bomb, content_encoding="gzip").status_code == 413
    assert list(tmp_path.iterdir()) == []


def test_many_clients_at_once_leave_whole_lines(url: str, tmp_path: Path) -> None:
    def client(number: int) -> None:
        for call in range(10):
            told = logs(claude(request_id=f"req_{number}_{call}"))
            assert sent(url, "/v1/logs", told).status_code == 200

    threads = [threading.Thread(target=client, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rows(tmp_path)) == 40
    assert len(list(tmp_path.rglob("*.jsonl"))) == 1


def test_a_disk_that_refuses_is_an_answer_to_try_again(
    url: str, tmp_path: Path
) -> None:
    (tmp_path / "2026-11-21").write_text("a file where the day's folder should be")
    answer = sent(url, "/v1/logs", logs(claude()))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")

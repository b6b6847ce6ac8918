"""Sessions as OTLP: one request of logs, and one of metrics, for each session's day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.otel.calls import CLAUDE, MODELS, Calls, Client, clients
from ingestion.simulator.randomness import identifier, unique_id

TYPES = ("input", "cacheRead", "cacheCreation", "output")
TEMPORALITY = {"both": 1, "delta": 1, "cumulative": 2}
_NANO = 1_000_000_000
_SESSION_STARTED = 600  # seconds before the first call


@dataclass(frozen=True)
class Session:
    """One client's day as received: its calls, and the lines that tell of them."""

    received: int
    lines: tuple[bytes, ...]


def sessions(company: Company, made: Calls) -> Iterator[Session]:
    """Every session's day, in order."""
    known = clients(company)
    keys = np.stack([made.client, made.day], axis=1)
    _, starts = np.unique(keys, axis=0, return_index=True)
    for rows in np.split(np.arange(len(made.day)), np.sort(starts)[1:]):
        part = made.take(rows)
        if len(rows):
            yield _session(company, known[int(part.client[0])], part)


def identity(company: Company, client: Client, day: int) -> dict[str, str]:
    """Whose a client is, as it says on a day. Logins with a cloud's credentials have
    no e-mail, so that their managed settings inject one."""
    own = unique_id(company.seed, "installation", client.tool, client.key)
    is_claude = client.tool == CLAUDE
    found = {"user.id" if is_claude else "installation.id": own}
    if client.person_id is None:
        return found
    person = next(p for p in company.people if p.person_id == client.person_id)
    email = person.position(timeline.day_at(day)).email
    email = email.title() if client.is_other_case else email
    found["employee.email" if client.is_injected else "user.email"] = email
    return found


def _session(company: Company, client: Client, part: Calls) -> Session:
    day = int(part.day[0])
    own = {
        **identity(company, client, day),
        "session.id": unique_id(company.seed, client.tool, client.key, day),
    }
    resource = {"service.name": client.tool.replace("_", "-")}
    if "employee.email" in own:
        resource["employee.email"] = own.pop("employee.email")
    lines: list[bytes] = []
    if client.sends == "both":
        lines.append(_logs(company, client, part, resource, own))
    if client.tool == CLAUDE:
        lines.append(_metrics(client, part, resource, own))
    return Session(int(part.received.max()), tuple(lines))


def _logs(
    company: Company,
    client: Client,
    part: Calls,
    resource: Mapping[str, Any],
    own: Mapping[str, Any],
) -> bytes:
    records: list[object] = []
    for n in range(len(part.day)):
        uncached, read, written, output, thoughts = map(int, part.tokens[n])
        counters: dict[str, Any] = {
            "input_token_count": uncached + read,
            "cached_content_token_count": read,
            "output_token_count": output - thoughts,
            "thoughts_token_count": thoughts,
            "tool_token_count": 0,
            "total_token_count": uncached + read + output,
            "auth_type": "oauth-personal",
        }
        name = "gemini_cli.api_response"
        if client.tool == CLAUDE:
            name = "claude_code.api_request"
            counters = {
                "input_tokens": uncached,
                "cache_read_tokens": read,
                "cache_creation_tokens": written,
                "output_tokens": output,
                "request_id": identifier(
                    "req", company.seed, client.key, int(part.at[n]), int(part.model[n])
                ),
            }
        said = {**own, "model": MODELS[part.model[n]], **counters}
        records.append(
            {
                "timeUnixNano": str(int(part.at[n]) * _NANO),
                "eventName": name,
                "attributes": _attributes(said),
            }
        )
    scope = {"logRecords": records}
    told_by = {"resource": _resource(resource), "scopeLogs": [scope]}
    return msgspec.json.encode({"resourceLogs": [told_by]})


def _metrics(
    client: Client, part: Calls, resource: Mapping[str, Any], own: Mapping[str, Any]
) -> bytes:
    temporality = TEMPORALITY[client.sends]
    started = int(part.at.min()) - _SESSION_STARTED
    sums: dict[tuple[int, str], int] = {}
    points: list[object] = []
    for n in range(len(part.day)):
        for type_, tokens in zip(TYPES, part.tokens[n], strict=False):
            if not tokens:
                continue
            series = (int(part.model[n]), type_)
            sums[series] = sums.get(series, 0) + int(tokens)
            value = sums[series] if temporality == 2 else int(tokens)
            said = {**own, "type": type_, "model": MODELS[series[0]]}
            points.append(_point(started, int(part.at[n]), value, said))
    last = int(part.at.max())
    lines = int(part.tokens[:, 3].sum()) // 400 + 1
    told: list[tuple[str, list[object]]] = [
        ("claude_code.token.usage", points),
        ("claude_code.session.count", [_point(started, last, 1, own)]),
        ("claude_code.lines_of_code.count",
         [_point(started, last, lines, {**own, "type": "added"})]),
    ]  # fmt: skip
    metrics = [
        {
            "name": name,
            "sum": {
                "dataPoints": held,
                "aggregationTemporality": temporality,
                "isMonotonic": True,
            },
        }
        for name, held in told
    ]
    scope = {"metrics": metrics}
    return msgspec.json.encode(
        {
            "resourceMetrics": [
                {"resource": _resource(resource), "scopeMetrics": [scope]}
            ]
        }
    )


def _point(started: int, at: int, value: int, said: Mapping[str, Any]) -> object:
    return {
        "attributes": _attributes(said),
        "startTimeUnixNano": str(started * _NANO),
        "timeUnixNano": str(at * _NANO),
        "asDouble": value,
    }


def _resource(told: Mapping[str, Any]) -> object:
    return {"attributes": _attributes(told)}


def _attributes(told: Mapping[str, Any]) -> list[object]:
    return [
        {
            "key": key,
            "value": {"intValue": str(value)}
            if isinstance(value, int)
            else {"stringValue": value},
        }
        for key, value in told.items()
    ]

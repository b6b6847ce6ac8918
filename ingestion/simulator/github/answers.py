"""Bodies and errors as GitHub sends them, of code and of Copilot."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import msgspec
from starlette.responses import Response

DOCUMENTATION = "https://docs.github.com/rest"
_LIMIT = {
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": "4999",
    "x-ratelimit-resource": "core",
}


def refusal(status: int, message: str, headers: Mapping[str, str]) -> Response:
    """A refusal with this status."""
    body = {
        "message": message,
        "documentation_url": DOCUMENTATION,
        "status": str(status),
    }
    response = answer(body, status)
    response.headers.update(headers)
    return response


def answer(
    body: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """A JSON body; a 204 has none."""
    content = b"" if status == 204 else msgspec.json.encode(body)
    kind = {} if status == 204 else {"content-type": "application/json; charset=utf-8"}
    return Response(content, status, {**kind, **_LIMIT, **(headers or {})})


def storage_refusal(status: int, code: str) -> Response:
    """The refusal of the storage behind signed links: XML, and no JSON."""
    body = f'<?xml version="1.0" encoding="utf-8"?><Error><Code>{code}</Code></Error>'
    return Response(body, status, {"content-type": "application/xml"})


def instant(day: date, hour: int = 9) -> str:
    """`2026-11-20T09:00:00Z`."""
    at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")

"""Bodies and errors as the vendor sends them."""

from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec
from starlette.responses import Response

_STATUS_OF = {
    "invalid_request_error": 400,
    "authentication_error": 401,
    "permission_error": 403,
    "not_found_error": 404,
    "rate_limit_error": 429,
    "overloaded_error": 529,
}
REQUEST_ID = "req_011CSimulated000000000000"


class Refused(Exception):
    """The vendor's refusal of a request."""

    def __init__(
        self, kind: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.kind, self.message, self.headers = kind, message, dict(headers or {})

    def response(self) -> Response:
        """The refusal as a response."""
        return error(self.kind, self.message, self.headers)


def error(
    kind: str, message: str, headers: Mapping[str, str] | None = None
) -> Response:
    """An error body of the vendor, with the status of its kind."""
    body = {
        "type": "error",
        "error": {"type": kind, "message": message},
        "request_id": REQUEST_ID,
    }
    response = answer(body, _STATUS_OF[kind])
    response.headers.update(headers or {})
    return response


def refusal(status: int, message: str, headers: Mapping[str, str]) -> Response:
    """A refusal with this status, of the kind that is nearest to it."""
    kinds = {code: kind for kind, code in _STATUS_OF.items()}
    return error(kinds.get(status, "overloaded_error"), message, headers)


def answer(body: object, status: int = 200) -> Response:
    """A JSON body."""
    return Response(
        msgspec.json.encode(body),
        status,
        {"content-type": "application/json", "request-id": REQUEST_ID},
    )


def rfc3339(at: datetime) -> str:
    """`2026-11-20T00:00:00Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

"""Bodies, errors and request bodies as the vendor has them."""

from collections.abc import Mapping
from typing import Any, cast

import msgspec
from starlette.responses import Response

from ingestion.simulator import timeline

PICO_A_CENT = 10**10
MOST_DAYS = 30
_TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    429: "Too Many Requests",
    500: "Internal Server Error",
}


class Refused(Exception):
    """The vendor's refusal of a request."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message

    def response(self) -> Response:
        """The refusal as a response."""
        return refusal(self.status, self.message, {})


def refusal(status: int, message: str, headers: Mapping[str, str]) -> Response:
    """An error body of the vendor; its refusals name no time to wait."""
    title = _TITLES.get(status, "Service Unavailable")
    response = answer({"error": title, "message": message}, status)
    response.headers.update(headers)
    return response


def answer(body: object, status: int = 200) -> Response:
    """A JSON body."""
    named = {"content-type": "application/json"}
    return Response(msgspec.json.encode(body), status, named)


def cents(pico: int) -> msgspec.Raw:
    """Pico-dollars as a JSON number of cents, with as many decimals as it has."""
    text = f"{pico // PICO_A_CENT}.{pico % PICO_A_CENT:010d}"
    return msgspec.Raw(text.rstrip("0").rstrip(".").encode())


class Asked:
    """The parameters of one request, from its JSON body or its query."""

    def __init__(self, body: bytes, query: Mapping[str, str]) -> None:
        try:
            found = msgspec.json.decode(body) if body else {}
        except msgspec.DecodeError:
            raise Refused(400, "Invalid JSON body") from None
        if not isinstance(found, dict):
            raise Refused(400, "Request body must be an object")
        self._values: dict[str, Any] = {**query, **cast(dict[str, Any], found)}

    def text(self, name: str) -> str:
        """A parameter that must be there."""
        if name not in self._values:
            raise Refused(400, f"{name} is required")
        return str(self._values[name])

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number from 1 to `most`."""
        text = str(self._values.get(name, default))
        if not text.isdigit() or not 1 <= int(text) <= most:
            raise Refused(400, f"{name} must be between 1 and {most}")
        return int(text)

    def range(self) -> tuple[int, int]:
        """First and last epoch millisecond, both included, of at most 30 days."""
        first, last = (self._values.get(name) for name in ("startDate", "endDate"))
        if not isinstance(first, int) or not isinstance(last, int):
            raise Refused(400, "startDate and endDate must be epoch milliseconds")
        if last < first:
            raise Refused(400, "endDate must not be before startDate")
        if last - first > MOST_DAYS * timeline.DAY_MS:
            raise Refused(400, f"Date range cannot exceed {MOST_DAYS} days")
        return first, last

    def page(self, default_size: int) -> tuple[int, int]:
        """(page number from 1, page size)."""
        return (
            self.number("page", 1, 1_000_000),
            self.number("pageSize", default_size, 1000),
        )

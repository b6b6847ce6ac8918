"""Bodies, errors and times as the vendor sends them."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from starlette.responses import Response

from ingestion.simulator import organisation, timeline

HOST = "https://works.atlassian.example"
API = "/rest/api/3"
_ZONE = ZoneInfo(organisation.TIME_ZONE)


class Refused(Exception):
    """The vendor's refusal of a request."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message

    def response(self) -> Response:
        """The refusal as a response."""
        return refusal(self.status, self.message)


def refusal(
    status: int, message: str, headers: Mapping[str, str] | None = None
) -> Response:
    """An error body; being let in is refused in a shape of its own."""
    body: dict[str, object] = {"errorMessages": [message], "warningMessages": []}
    if status == 401:
        body = {"message": message, "status-code": 401}
    response = answer(body, status)
    response.headers.update(headers or {})
    return response


def answer(body: object, status: int = 200) -> Response:
    """A JSON body."""
    content = msgspec.json.encode(body)
    return Response(content, status, {"content-type": "application/json"})


def shown(milliseconds: int) -> str:
    """`2026-11-20T10:12:13.456+0100`: the caller's zone, and no colon in it."""
    at = timeline.instant(milliseconds).astimezone(_ZONE)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{milliseconds % 1000:03d}{at:%z}"


def local_ms(text: str) -> int:
    """Epoch milliseconds of a date and minute in the caller's zone."""
    at = datetime.fromisoformat(text.replace("/", "-")).replace(tzinfo=_ZONE)
    return timeline.epoch_ms(at)

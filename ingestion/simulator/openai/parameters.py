"""Query parameters and errors as the vendor knows them."""

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import msgspec
from starlette.responses import Response

Items = Sequence[tuple[str, str]]
_TYPES = {
    401: "invalid_request_error",
    403: "insufficient_permissions",
    429: "rate_limit_error",
    503: "server_error",
}


class Refused(Exception):
    """The vendor's refusal of a request; `param` is what it objects to."""

    def __init__(self, status: int, message: str, param: str | None = None) -> None:
        super().__init__(message)
        self.status, self.message, self.param = status, message, param


def refusal(
    status: int, message: str, headers: Mapping[str, str], param: str | None = None
) -> Response:
    """An error body of the vendor with this status."""
    kind = _TYPES.get(status, "invalid_request_error")
    body = {"message": message, "type": kind, "param": param, "code": None}
    return answer({"error": body}, status, headers)


def answer(
    body: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """A JSON body."""
    named = {"content-type": "application/json", **(headers or {})}
    return Response(msgspec.json.encode(body), status, named)


class Parameters:
    """The parameters of one request; lists are repeated, with or without brackets."""

    def __init__(self, items: Items) -> None:
        self._items = [(name.removesuffix("[]"), value) for name, value in items]

    def one(self, name: str) -> str | None:
        """The last value of a parameter."""
        return next((v for n, v in reversed(self._items) if n == name), None)

    def every(self, name: str) -> list[str]:
        """All values of a repeated parameter, in order."""
        return [value for n, value in self._items if n == name]

    def limit(self, usual: int, most: int, of: str) -> int:
        """The page size, 1 to `most`."""
        text = self.one("limit")
        if text is None:
            return usual
        if not text.isdigit() or not 1 <= int(text) <= most:
            message = (
                f"Invalid limit provided. Limit must be between 1 and {most} {of}."
            )
            raise Refused(400, message, "limit")
        return int(text)

    def groups(self, allowed: Sequence[str]) -> tuple[str, ...]:
        """The dimensions to group by."""
        asked = tuple(dict.fromkeys(self.every("group_by")))
        for name in asked:
            if name not in allowed:
                raise Refused(400, f"Invalid value: '{name}'.", "group_by")
        return asked

    def days(self, present: datetime) -> tuple[date, date]:
        """(first day, day after the last); the present one is the last to be had."""
        if self.one("bucket_width") not in {None, "1d"}:
            message = "This simulator reports whole days only."
            raise Refused(400, message, "bucket_width")
        start = self._day("start_time", 0)
        if start is None:
            message = "Missing required parameter: 'start_time'."
            raise Refused(400, message, "start_time")
        after = self._day("end_time", 86_399) or date.max
        tomorrow = present.date() + timedelta(days=1)
        if after <= start:
            raise Refused(400, "end_time must be after start_time.", "end_time")
        return start, max(min(after, tomorrow), start)

    def cursor(self, endpoint: str, present: datetime) -> tuple[int, datetime]:
        """(offset in days, present the data are read at) of the page asked for."""
        text = self.one("page")
        if text is None:
            return 0, present
        try:
            packed = base64.urlsafe_b64decode(text.removeprefix("page_"))
            digest, offset, at = msgspec.json.decode(
                packed, type=tuple[str, int, datetime]
            )
        except (binascii.Error, msgspec.DecodeError, UnicodeDecodeError):
            raise Refused(400, "Invalid page cursor.", "page") from None
        if digest != self._digest(endpoint):
            message = "The page cursor does not match the other parameters."
            raise Refused(400, message, "page")
        return offset, at

    def token(self, endpoint: str, offset: int, at: datetime) -> str:
        """The opaque token of a page, bound to this query."""
        packed = msgspec.json.encode((self._digest(endpoint), offset, at))
        return f"page_{base64.urlsafe_b64encode(packed).decode()}"

    def _day(self, name: str, round_up: int) -> date | None:
        text = self.one(name)
        if text is None:
            return None
        if not text.isdigit() or int(text) > 2**33:
            raise Refused(400, f"Invalid '{name}': expected Unix seconds.", name)
        return datetime.fromtimestamp(int(text) + round_up, UTC).date()

    def _digest(self, endpoint: str) -> str:
        rest = sorted(item for item in self._items if item[0] != "page")
        return hashlib.sha256(f"{endpoint}{rest}".encode()).hexdigest()[:16]

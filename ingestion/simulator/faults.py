"""Faults that can be switched on: what goes wrong at which request.

A fault is named by its kind, a prefix of the path, and the first request (from 1,
counted since it was set) and number of requests it touches.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingestion.simulator import damage

_REFUSALS = {
    "wrong_key": 401,
    "missing_permission": 403,
    "rate_limited": 429,
    "overloaded": 503,
}
Refuse = Callable[[int, str, Mapping[str, str]], Response]
_CHANGES: dict[str, Callable[[Any, str], Any]] = {
    "missing_field": damage.without_field,
    "retyped_field": damage.with_retyped,
    "unknown_field": lambda body, _: damage.with_news(body),
    "empty_answer": lambda body, _: damage.emptied(body),
    "shrunk_tenfold": lambda body, _: damage.shrunk(body),
}
KINDS = (
    *_REFUSALS, *_CHANGES, "malformed_json", "truncated_body", "empty_body", "stall",
    "repeated_cursor", "duplicate_page",
)  # fmt: skip


class Fault(Struct, frozen=True, forbid_unknown_fields=True):
    """One fault. `field` is the field that goes missing or changes type.

    `times` None is every request from the `nth` on.
    """

    kind: str
    path: str
    nth: int = 1
    times: int | None = None
    field: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown fault {self.kind!r}; one of {', '.join(KINDS)}")

    def touches(self, count: int) -> bool:
        """Whether it touches the `count`th request to its path."""
        return self.nth <= count and (
            self.times is None or count < self.nth + self.times
        )


class Faults:
    """The faults in force, as a layer around the vendors."""

    def __init__(
        self, app: ASGIApp, seen: Callable[[str], None], refuse: Mapping[str, Refuse]
    ) -> None:
        """`refuse` holds by the first part of a path how that vendor refuses."""
        self._app, self._seen, self._refuse = app, seen, refuse
        self.put([])

    def put(self, faults: Iterable[Fault]) -> None:
        """Replaces all faults and starts counting anew."""
        self.active = list(faults)
        self._counts = [0] * len(self.active)
        self._cursors: dict[str, dict[str, Any]] = {}
        self._previous: dict[str, Any] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/_simulator"):
            await self._app(scope, receive, send)
            return
        self._seen(f"{scope['method']} {scope['path']}")
        fault = self._due(scope["path"])
        if fault is None and not self.active:
            await self._app(scope, receive, send)
        elif fault is not None and fault.kind in _REFUSALS:
            await self._refused(fault, scope["path"])(scope, receive, send)
        else:
            start, body = await _answered(self._app, scope, receive)
            await self._send(fault, scope, receive, send, start, body)

    def _refused(self, fault: Fault, path: str) -> Response:
        """The vendor's own refusal; a client is told to wait no time at all."""
        status = _REFUSALS[fault.kind]
        wait = {"retry-after": "0"} if status in {429, 503} else {}
        refuse = self._refuse[path.split("/")[1]]
        return refuse(status, f"simulated {fault.kind}", wait)

    def _due(self, path: str) -> Fault | None:
        """The first fault that touches this request; counts it for all."""
        due: list[Fault] = []
        for place, fault in enumerate(self.active):
            if path.startswith(fault.path):
                self._counts[place] += 1
                if fault.touches(self._counts[place]):
                    due.append(fault)
        return due[0] if due else None

    async def _send(
        self,
        fault: Fault | None,
        scope: Scope,
        receive: Receive,
        send: Send,
        start: Message,
        body: bytes,
    ) -> None:
        """Sends the body as the fault leaves it, or only half of what it promises."""
        path = scope["path"]
        changed = body if fault is None else self._changed(fault, path, body)
        if fault is None or fault.kind != "duplicate_page":
            self._previous[path] = damage.parsed(body)
        headers = [(n, v) for n, v in start["headers"] if n != b"content-length"]
        headers.append((b"content-length", str(len(changed)).encode()))
        await send({**start, "headers": headers})
        if fault is not None and fault.kind in {"truncated_body", "stall"}:
            half = changed[: len(changed) // 2]
            await send({"type": "http.response.body", "body": half, "more_body": True})
            while fault.kind == "stall":
                if (await receive())["type"] == "http.disconnect":
                    break
            return
        await send({"type": "http.response.body", "body": changed})

    def _changed(self, fault: Fault, path: str, body: bytes) -> bytes:
        """The body as the fault leaves it."""
        if fault.kind == "malformed_json":
            return body[:-1] + b",}"
        if fault.kind == "empty_body":
            return b""
        content = damage.parsed(body)
        if fault.kind in _CHANGES:
            content = _CHANGES[fault.kind](content, fault.field)
        elif fault.kind == "repeated_cursor":
            cursor = self._cursors.setdefault(path, damage.cursor_of(content))
            content = damage.with_cursor(content, cursor)
        elif fault.kind == "duplicate_page":
            content = damage.with_rows_of(content, self._previous.get(path))
        else:
            return body
        return damage.encoded(content)


async def _answered(
    app: ASGIApp, scope: Scope, receive: Receive
) -> tuple[Message, bytes]:
    """(start message, whole body) of the application's own answer."""
    starts: list[Message] = []
    parts: list[bytes] = []

    async def keep(message: Message) -> None:
        if message["type"] == "http.response.start":
            starts.append(message)
        else:
            parts.append(message.get("body", b""))

    await app(scope, receive, keep)
    return starts[0], b"".join(parts)

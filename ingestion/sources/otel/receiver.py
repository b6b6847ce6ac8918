"""A receiver of OTLP over HTTP: what coding assistants send, reduced to counters.

POST /v1/logs, /v1/metrics → token → size → JSON → what is kept → one line of a file

It is closed by default: without a token it does not start. Prompts, commands and
answers are dropped before anything is written (`kept`). Traces are thanked for and
dropped. Beyond one machine, put a proxy with TLS in front: the token is sent plainly.
"""

import hmac
import zlib
from pathlib import Path
from typing import Final

import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from ingestion.clock import Clock, SystemClock
from ingestion.errors import BadCredentials, SourceError
from ingestion.redaction import redact
from ingestion.sources.otel.kept import reduced
from ingestion.sources.otel.shapes import REQUEST
from ingestion.sources.otel.spool import Spool

SOURCE: Final = "otel"
SHORTEST_TOKEN: Final = 16  # characters
LARGEST: Final = 4 << 20  # bytes as sent
LARGEST_UNPACKED: Final = 32 << 20
JSON: Final = "application/json"
_ENCODE: Final = msgspec.json.Encoder(decimal_format="number")
_INVALID, _UNAVAILABLE, _UNAUTHENTICATED = 3, 14, 16  # status codes of gRPC
_FIX_PROTOCOL: Final = (
    "only JSON is understood: set OTEL_EXPORTER_OTLP_PROTOCOL=http/json in the client."
)


class Refused(Exception):
    """A request that is not taken: its HTTP status, gRPC's code, and what to do."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


def serve(
    folder: Path, host: str, port: int, token: str, clock: Clock | None = None
) -> None:
    """Receives until ended; raises BadCredentials without a token that clients send."""
    app = application(folder, token, clock or SystemClock())
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
    )


def application(folder: Path, token: str, clock: Clock) -> Starlette:
    """The receiver's application; raises BadCredentials for a token that is none."""
    if len(token) < SHORTEST_TOKEN or not token.isascii() or token.split() != [token]:
        raise BadCredentials(
            SOURCE,
            f"the receiver's token is missing or shorter than {SHORTEST_TOKEN} signs.",
            field="token_env",
            fix="put a long random token into that variable, and the same as "
            "'Authorization=Bearer <token>' into OTEL_EXPORTER_OTLP_HEADERS of the "
            "clients.",
        )
    receiver = _Receiver(token, Spool(folder, clock))
    kept = [Route(f"/v1/{kind}", receiver.take, methods=["POST"])
            for kind in ("logs", "metrics")]  # fmt: skip
    traces = Route("/v1/traces", receiver.pass_over, methods=["POST"])
    return Starlette(routes=[*kept, traces])


class _Receiver:
    """One receiver with its token and its files."""

    def __init__(self, token: str, spool: Spool) -> None:
        self._expected = f"Bearer {token}".encode()
        self._spool = spool

    async def take(self, request: Request) -> Response:
        """Logs or metrics."""
        try:
            self._admit(request)
            self._check_form(request)
            body = await _body(request)
            return await run_in_threadpool(self._keep, body, _is_gzip(request))
        except Refused as refused:
            return _status(refused)
        except ClientDisconnect:
            return Response(status_code=400)

    async def pass_over(self, request: Request) -> Response:
        """Traces, of which nothing is kept."""
        try:
            self._admit(request)
            await _body(request)
        except Refused as refused:
            return _status(refused)
        except ClientDisconnect:
            return Response(status_code=400)
        return _answer({})

    def _admit(self, request: Request) -> None:
        sent = request.headers.get("authorization", "").encode()
        if not hmac.compare_digest(sent, self._expected):
            raise Refused(
                401,
                _UNAUTHENTICATED,
                "the token is missing or wrong: set OTEL_EXPORTER_OTLP_HEADERS to "
                "'Authorization=Bearer <token>' with the receiver's token.",
            )

    def _check_form(self, request: Request) -> None:
        kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind != JSON:
            told = kind[:60] or "no content type"
            raise Refused(415, _INVALID, f"{told}: {_FIX_PROTOCOL}")
        packed = request.headers.get("content-encoding", "identity").lower()
        if packed not in ("gzip", "identity", ""):
            raise Refused(
                415,
                _INVALID,
                f"{packed[:20]} is not unpacked: set OTEL_EXPORTER_OTLP_COMPRESSION to "
                "gzip or none.",
            )

    def _keep(self, body: bytes, is_gzip: bool) -> Response:
        """Write what is kept of a body; an answer that says what of it is unusable."""
        try:
            kept, refused = reduced(REQUEST.read(_unpacked(body) if is_gzip else body))
        except SourceError as error:
            raise Refused(400, _INVALID, f"{error.problem} {_FIX_PROTOCOL}") from None
        try:
            if kept.resource_logs or kept.resource_metrics:
                self._spool.append(redact(_ENCODE.encode(kept)))
        except OSError as error:
            message = f"it cannot be written ({type(error).__name__}); send it again."
            raise Refused(503, _UNAVAILABLE, message) from None
        if not refused:
            return _answer({})
        is_logs = bool(kept.resource_logs) or b'"resourceLogs"' in body
        name = "rejectedLogRecords" if is_logs else "rejectedDataPoints"
        message = "without a time, or with a counter that is no whole number"
        told = {name: str(refused), "errorMessage": message}
        return _answer({"partialSuccess": told})


async def _body(request: Request) -> bytes:
    """The body as sent; refuses one that is too large while it comes."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST:
            raise _too_large()
        parts.append(part)
    return b"".join(parts)


def _unpacked(body: bytes) -> bytes:
    """The body out of gzip; refuses one that unpacks to too much."""
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        found = unpacking.decompress(body, LARGEST_UNPACKED)
    except zlib.error:
        raise Refused(400, _INVALID, "the body is no gzip.") from None
    if unpacking.unconsumed_tail:
        raise _too_large()
    if not unpacking.eof:
        raise Refused(400, _INVALID, "the gzip ended early.")
    return found


def _too_large() -> Refused:
    message = "the body is too large: send fewer records at once."
    return Refused(413, _INVALID, message)


def _is_gzip(request: Request) -> bool:
    return request.headers.get("content-encoding", "").lower() == "gzip"


def _answer(content: object) -> Response:
    return Response(msgspec.json.encode(content), media_type=JSON)


def _status(refused: Refused) -> Response:
    body = msgspec.json.encode({"code": refused.code, "message": refused.message})
    headers = {"retry-after": "30"} if refused.status == 503 else {}
    return Response(body, refused.status, headers, JSON)

"""The HTTP client against a real server on loopback."""

import gzip
import json
import socket
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from requests.adapters import HTTPAdapter
from requests.auth import HTTPBasicAuth

from ingestion.errors import (
    BadCredentials,
    Misconfigured,
    MissingPermission,
    SourceError,
    Unavailable,
)
from ingestion.http import Api, BasicAuth, BearerAuth, HeaderAuth

SECRET = "sk-made-up-0123456789abcdef"
SENT_AT = "Fri, 05 Feb 2027 06:00:00 GMT"


@dataclass
class Reply:
    """One answer of the server, sent as told even where that breaks the protocol."""

    status: int = 200
    body: bytes = b'{"ok":true}'
    headers: dict[str, str] = field(default_factory=dict)
    claimed_length: int | None = None
    hangs: bool = False


@dataclass
class Asked:
    """One request the server saw."""

    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: bytes
    connection: int


class Vendor:
    """A server that gives prepared replies in order and remembers what it was asked."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.asked: list[Asked] = []
        self.over = threading.Event()
        vendor = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # one packet an answer, or each waits for an ACK

            def do_GET(self) -> None:
                vendor.answer(self)

            do_POST = do_GET

            def log_message(self, format: str, *args: Any) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}
        )
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("content-length", 0))
        split = urlsplit(handler.path)
        self.asked.append(
            Asked(
                handler.command,
                split.path,
                parse_qsl(split.query),
                {name.lower(): value for name, value in handler.headers.items()},
                handler.rfile.read(length),
                handler.client_address[1],
            )
        )
        reply = self.replies.pop(0) if self.replies else Reply()
        handler.send_response_only(reply.status)
        claimed = reply.claimed_length
        size = len(reply.body) if claimed is None else claimed
        for name, value in {"date": SENT_AT, **reply.headers}.items():
            handler.send_header(name, value)
        if reply.status != 204:
            handler.send_header("content-length", str(size))
        handler.end_headers()
        handler.wfile.write(reply.body)
        handler.wfile.flush()
        if reply.hangs:
            self.over.wait()
        if claimed is not None:
            handler.close_connection = True

    def stop(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def vendor() -> Iterator[Vendor]:
    server = Vendor()
    yield server
    server.stop()


@pytest.fixture
def waits() -> list[float]:
    return []


MakeApi = Callable[..., Api]


@pytest.fixture
def make_api(vendor: Vendor, waits: list[float]) -> MakeApi:
    def make(auth: Any = None, **options: Any) -> Api:
        given = {"sleep": waits.append, "jitter": lambda: 1.0, **options}
        url = given.pop("base_url", vendor.url)
        return Api("vendor", url, auth or HeaderAuth("x-api-key", SECRET), **given)

    return make


@pytest.fixture
def api(make_api: MakeApi) -> Api:
    return make_api()


def said(error: SourceError) -> str:
    """Everything a person could see of an error."""
    parts: list[BaseException | None] = [error, error.__cause__]
    if not error.__suppress_context__:
        parts.append(error.__context__)
    return " ".join(f"{part!r} {part}" for part in parts if part is not None)


def test_an_answer_comes_as_received(api: Api, vendor: Vendor) -> None:
    vendor.replies = [Reply(headers={"X-Next": "2"}, body=b'{"a": 1.10}')]
    answer = api.get("/usage", [("group_by[]", "model"), ("group_by[]", "actor")])
    assert (answer.status, answer.body) == (200, b'{"a": 1.10}')
    assert answer.headers["x-next"] == "2"
    assert vendor.asked[0].query == [("group_by[]", "model"), ("group_by[]", "actor")]
    assert vendor.asked[0].headers["x-api-key"] == SECRET


def test_no_content_is_an_answer(api: Api, vendor: Vendor) -> None:
    vendor.replies = [Reply(204, b"")]
    answer = api.get("/reports")
    assert (answer.status, answer.body) == (204, b"")


def test_a_post_sends_json(api: Api, vendor: Vendor) -> None:
    api.post("/search", {"jql": "order by key", "maxResults": 100})
    asked = vendor.asked[0]
    assert (asked.method, asked.headers["content-type"]) == ("POST", "application/json")
    assert json.loads(asked.body) == {"jql": "order by key", "maxResults": 100}


def test_extra_headers_go_with_every_request(make_api: MakeApi, vendor: Vendor) -> None:
    make_api(headers={"anthropic-version": "2023-06-01"}).get("/usage")
    assert vendor.asked[0].headers["anthropic-version"] == "2023-06-01"


def test_connections_are_used_again(api: Api, vendor: Vendor) -> None:
    vendor.replies = [Reply(), Reply(429), Reply(), Reply(body=b"x" * 3_000_000)]
    for _ in range(4):
        api.get("/usage")
    assert len({asked.connection for asked in vendor.asked}) == 1


def test_a_compressed_body_is_unpacked(api: Api, vendor: Vendor) -> None:
    packed = gzip.compress(b'{"ok":1}')
    vendor.replies = [Reply(body=packed, headers={"content-encoding": "gzip"})]
    assert api.get("/usage").body == b'{"ok":1}'


def test_a_wrong_key_is_named_as_such_and_not_tried_again(
    api: Api, vendor: Vendor
) -> None:
    message = b'{"type":"error","error":{"type":"a","message":"invalid x-api-key"}}'
    vendor.replies = [Reply(401, message)]
    with pytest.raises(BadCredentials) as caught:
        api.get("/usage")
    assert len(vendor.asked) == 1
    assert str(caught.value) == (
        'vendor: GET /usage: status 401, the vendor says "invalid x-api-key". '
        "Fix: check that the configured key is complete and not expired."
    )


def test_a_missing_permission_tells_what_the_source_says_to_do(
    make_api: MakeApi, vendor: Vendor
) -> None:
    vendor.replies = [Reply(403, b'{"errorMessages":["No access"],"errors":{}}')]
    api = make_api(fixes={403: "give the key the scope read:usage."})
    with pytest.raises(MissingPermission, match="No access") as caught:
        api.get("/usage")
    assert caught.value.fix == "give the key the scope read:usage."


@pytest.mark.parametrize("status", [400, 402, 404, 409, 410, 422])
def test_a_wrong_request_is_not_tried_again(
    status: int, api: Api, vendor: Vendor
) -> None:
    vendor.replies = [Reply(status, b'{"error":"bad","message":"unknown group_by"}')]
    with pytest.raises(Misconfigured, match="unknown group_by"):
        api.get("/usage")
    assert len(vendor.asked) == 1


def test_a_status_without_meaning_is_an_error(api: Api, vendor: Vendor) -> None:
    vendor.replies = [Reply(206, b"{}")]
    with pytest.raises(Misconfigured, match="status 206"):
        api.get("/usage")


def test_a_429_waits_as_many_seconds_as_told(
    api: Api, vendor: Vendor, waits: list[float]
) -> None:
    vendor.replies = [Reply(429, headers={"retry-after": "7"}), Reply()]
    assert api.get("/usage").status == 200
    assert waits == [7.0]


def test_a_429_waits_until_the_date_told(
    api: Api, vendor: Vendor, waits: list[float]
) -> None:
    until = "Fri, 05 Feb 2027 06:02:30 GMT"
    vendor.replies = [Reply(429, headers={"retry-after": until}), Reply()]
    api.get("/usage")
    assert waits == [150.0]


LEFT = {"x-ratelimit-remaining": "12"}
NONE_LEFT = {"x-ratelimit-remaining": "0"}


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        (LEFT | {"x-ratelimit-reset": "1801807230"}, 1.0),
        (NONE_LEFT | {"x-ratelimit-reset": "1801807230"}, 30.0),
        (NONE_LEFT | {"x-ratelimit-reset": "2027-02-05T06:00+00:00"}, 1.0),
        ({"x-ratelimit-reset": "1801807230"}, 1.0),
        (
            {
                "anthropic-ratelimit-requests-remaining": "0",
                "anthropic-ratelimit-requests-reset": "2027-02-05T06:00:20Z",
            },
            20.0,
        ),
        ({"retry-after": "86400"}, 900.0),
        ({"retry-after": "soon"}, 1.0),
        ({"retry-after": "0"}, 1.0),
        ({"retry-after": "Fri, 05 Feb 2027 05:00:00 GMT"}, 1.0),
        ({"retry-after": "Fri, 05 Feb 2027 06:01:00 GMT", "date": "?"}, 1.0),
        ({}, 1.0),
    ],
)
def test_other_ways_to_say_how_long_to_wait(
    headers: dict[str, str],
    wait: float,
    api: Api,
    vendor: Vendor,
    waits: list[float],
) -> None:
    vendor.replies = [Reply(429, headers=headers), Reply()]
    api.get("/usage")
    assert waits == [wait]


def test_a_403_that_is_a_limit_is_waited_out(
    api: Api, vendor: Vendor, waits: list[float]
) -> None:
    exhausted = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1801807210"}
    vendor.replies = [
        Reply(403, headers={"retry-after": "3"}),
        Reply(403, headers=exhausted),
        Reply(),
    ]
    api.get("/usage")
    assert waits == [3.0, 10.0]


def test_waits_double_and_vary(
    make_api: MakeApi, vendor: Vendor, waits: list[float]
) -> None:
    vendor.replies = [Reply(status) for status in (500, 502, 503, 504, 529)]
    draws = iter([1.0, 0.0, 1.0, 0.5, 1.0, 1.0])
    make_api(jitter=lambda: next(draws)).get("/usage")
    assert waits == [1.0, 1.0, 4.0, 6.0, 16.0]


def test_a_storm_of_529_ends_in_one_error(
    api: Api, vendor: Vendor, waits: list[float]
) -> None:
    overloaded = b'{"error":{"type":"overloaded_error","message":"Overloaded"}}'
    vendor.replies = [Reply(529, overloaded) for _ in range(6)]
    with pytest.raises(Unavailable, match='529 "Overloaded", 6 times') as caught:
        api.get("/usage", [("day", "2026-01-01")])
    assert (len(vendor.asked), len(waits)) == (6, 5)
    assert "2026-01-01" not in said(caught.value)


def test_a_time_out_in_the_middle_of_a_page_is_asked_again(
    make_api: MakeApi, vendor: Vendor, waits: list[float]
) -> None:
    vendor.replies = [Reply(body=b'{"data":[', claimed_length=50, hangs=True), Reply()]
    assert make_api(timeout=(1.0, 0.1)).get("/usage").body == b'{"ok":true}'
    assert waits == [1.0]


def test_a_time_out_that_stays_is_unavailable(
    make_api: MakeApi, vendor: Vendor
) -> None:
    vendor.replies = [Reply(body=b"{", claimed_length=9, hangs=True) for _ in range(2)]
    with pytest.raises(Unavailable, match="no answer in time, 2 times"):
        make_api(timeout=(1.0, 0.1), attempts=2).get("/usage")


def test_a_body_shorter_than_announced_is_asked_again(
    api: Api, vendor: Vendor, waits: list[float]
) -> None:
    vendor.replies = [Reply(body=b'{"data":[1,', claimed_length=400), Reply()]
    assert api.get("/usage").body == b'{"ok":true}'
    assert waits == [1.0]


def test_a_chunked_body_without_its_end_is_asked_again(
    api: Api, vendor: Vendor, waits: list[float]
) -> None:
    chunked = {"transfer-encoding": "chunked"}
    vendor.replies = [Reply(body=b'5\r\n{"dat', headers=chunked, claimed_length=0)]
    assert api.get("/usage").body == b'{"ok":true}'
    assert waits == [1.0]


def test_json_cut_by_a_gateway_is_asked_again(
    make_api: MakeApi, vendor: Vendor
) -> None:
    vendor.replies = [Reply(body=b'{"data":[1,'), Reply(body=b"[1,2"), Reply()]
    assert make_api().get("/usage").body == b'{"ok":true}'
    vendor.replies = [Reply(body=b'{"data":[1,') for _ in range(3)]
    with pytest.raises(Unavailable, match="JSON ended early, after 11 bytes, 3 times"):
        make_api(attempts=3).get("/usage")


def test_a_body_that_cannot_be_unpacked_is_asked_again(
    api: Api, vendor: Vendor, waits: list[float]
) -> None:
    vendor.replies = [Reply(body=b"no gzip", headers={"content-encoding": "gzip"})]
    assert api.get("/usage").body == b'{"ok":true}'
    assert waits == [1.0]


def test_nobody_listening_is_unavailable(make_api: MakeApi) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    api = make_api(base_url=f"http://127.0.0.1:{port}", attempts=2)
    with pytest.raises(Unavailable, match="no connection, 2 times") as caught:
        api.get("/usage", [("email", "someone@example.test")])
    assert "example.test" not in said(caught.value)


def test_a_server_that_never_accepts_is_unavailable(make_api: MakeApi) -> None:
    with (
        socket.create_server(("127.0.0.1", 0), backlog=0) as full,
        ExitStack() as open_,
    ):
        for _ in range(3):
            waiting = open_.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        url = f"http://127.0.0.1:{full.getsockname()[1]}"
        api = make_api(base_url=url, attempts=2, timeout=(0.05, 1.0))
        with pytest.raises(Unavailable, match="no connection in time, 2 times"):
            api.get("/usage")


def test_a_connection_that_is_not_secure_is_named(
    make_api: MakeApi, vendor: Vendor
) -> None:
    url = vendor.url.replace("http:", "https:")
    with pytest.raises(Unavailable, match="no secure connection"):
        make_api(base_url=url, attempts=1).get("/usage")


def test_any_credentials_and_adapter_of_requests_will_do(
    make_api: MakeApi, vendor: Vendor
) -> None:
    auth, adapter = HTTPBasicAuth("someone", "made-up"), HTTPAdapter()
    vendor.replies = [Reply(400, b"no"), Reply()]
    api = make_api(auth, adapter=adapter)
    with pytest.raises(Misconfigured, match='"no"'):
        api.get("/usage")
    assert api.get("/usage").status == 200
    assert vendor.asked[0].headers["authorization"].startswith("Basic ")


def test_a_key_can_be_a_user_without_password(
    make_api: MakeApi, vendor: Vendor
) -> None:
    vendor.replies = [Reply(401, f"unknown {SECRET}".encode())]
    with pytest.raises(BadCredentials, match=r"unknown \[redacted\]"):
        make_api(BasicAuth(SECRET, "")).get("/usage")
    sent = vendor.asked[0].headers["authorization"].removeprefix("Basic ")
    assert b64decode(sent).decode() == f"{SECRET}:"


def test_netrc_changes_nothing(
    vendor: Vendor,
    make_api: MakeApi,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login other password stolen\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    make_api(BearerAuth(SECRET)).get("/usage")
    make_api(HeaderAuth("x-api-key", SECRET)).get("/usage")
    assert vendor.asked[0].headers["authorization"] == f"Bearer {SECRET}"
    assert "authorization" not in vendor.asked[1].headers


def test_a_redirect_on_the_same_host_is_followed(api: Api, vendor: Vendor) -> None:
    vendor.replies = [Reply(307, headers={"location": "/v2/usage?page=2"}), Reply()]
    assert api.get("/usage", [("page", "2")]).status == 200
    assert (vendor.asked[1].path, vendor.asked[1].query) == (
        "/v2/usage",
        [("page", "2")],
    )


def test_a_redirect_to_another_host_is_refused(api: Api, vendor: Vendor) -> None:
    elsewhere = vendor.url.replace("127.0.0.1", "localhost") + "/usage?token=abc"
    vendor.replies = [Reply(302, headers={"location": elsewhere})]
    with pytest.raises(Misconfigured, match="redirected to another host") as caught:
        api.get("/usage")
    assert len(vendor.asked) == 1
    assert "token=abc" not in said(caught.value)


def test_redirects_in_a_circle_end(api: Api, vendor: Vendor) -> None:
    vendor.replies = [Reply(302, headers={"location": "/usage"}) for _ in range(9)]
    with pytest.raises(Misconfigured, match="redirected more than 5 times"):
        api.get("/usage")


def test_no_secret_is_in_any_text(make_api: MakeApi, vendor: Vendor) -> None:
    for auth in (
        HeaderAuth("x-api-key", SECRET),
        BearerAuth(SECRET),
        BasicAuth("someone@example.test", SECRET),
    ):
        echo = json.dumps({"error": {"message": f"bad key {SECRET}"}}).encode()
        vendor.replies = [Reply(401, echo)]
        api = make_api(auth)
        with pytest.raises(BadCredentials, match=r"bad key \[redacted\]") as caught:
            api.get("/usage")
        encoded = vendor.asked[-1].headers.get("authorization", SECRET).split()[-1]
        for text in (said(caught.value), repr(api), repr(auth), str(auth)):
            assert SECRET not in text
            assert encoded not in text


def test_the_vendors_words_are_cut_after_the_secret_is_gone(
    api: Api, vendor: Vendor
) -> None:
    vendor.replies = [Reply(400, ("x" * 295 + " " + SECRET).encode())]
    with pytest.raises(Misconfigured) as caught:
        api.get("/usage")
    assert SECRET[:4] not in caught.value.problem
    assert len(caught.value.problem) < 400


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"error":{"message":"m1"}}', '"m1"'),
        (b'{"error":"Bad","message":"m2"}', '"Bad; m2"'),
        (b'{"errorMessages":[],"errors":{"jql":"m3"}}', '"jql: m3"'),
        (b'{"errorMessages":["m4","m5"]}', '"m4; m5"'),
        (b'{"detail":[{"message":"m6"}]}', '"m6"'),
        (b"plain  text\n here", '"plain text here"'),
        (b"<html>a gateway</html>", "status 400."),
        (b"", "status 400."),
        (b"17", "status 400."),
    ],
)
def test_the_vendors_own_words_are_found(
    body: bytes, words: str, api: Api, vendor: Vendor
) -> None:
    vendor.replies = [Reply(400, body)]
    with pytest.raises(Misconfigured) as caught:
        api.get("/usage")
    assert words in caught.value.problem


@pytest.mark.parametrize("secret", ["", "two words", "line\nbreak", "dash–dash"])
def test_a_key_that_cannot_be_one_is_refused_unsent(
    secret: str, make_api: MakeApi
) -> None:
    with pytest.raises(BadCredentials, match="the key is empty or holds"):
        make_api(BearerAuth(secret))


def test_an_address_with_a_password_is_refused(make_api: MakeApi) -> None:
    with pytest.raises(Misconfigured, match="holds a user or password") as caught:
        make_api(base_url="https://user:hidden@vendor.example")
    assert "hidden" not in said(caught.value)


def test_an_address_without_a_scheme_is_named(make_api: MakeApi) -> None:
    with pytest.raises(Misconfigured, match="cannot be sent"):
        make_api(base_url="vendor.example").get("/usage", [("secret", "x")])


def test_a_proxy_of_the_environment_still_applies(
    vendor: Vendor, make_api: MakeApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", vendor.url)
    monkeypatch.setenv("no_proxy", "")
    make_api(base_url="http://vendor.example").get("/usage")
    assert vendor.asked[0].headers["host"] == "vendor.example"

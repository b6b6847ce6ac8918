"""The guard of all tests: nothing leaves this machine."""

import socket

import pytest

ELSEWHERE = ("192.0.2.1", 80)  # reserved for documentation, routed nowhere


def test_a_connection_elsewhere_is_refused() -> None:
    with socket.socket() as tried:
        with pytest.raises(AssertionError, match=r"192\.0\.2\.1"):
            tried.connect(ELSEWHERE)
        with pytest.raises(AssertionError, match="connection to"):
            tried.connect_ex(ELSEWHERE)


def test_a_look_up_elsewhere_is_refused() -> None:
    with pytest.raises(AssertionError, match=r"vendor\.example"):
        socket.getaddrinfo("vendor.example", 443)


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.connect(server.getsockname())
        assert socket.getaddrinfo("localhost", 80)

"""Strangers and slow ones at central's door: they hold no place and no room that others need."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from starlette.types import Message

from central import auth
from sync.wire.encoding import sha256_hex
from sync.wire.keys import SigningKey
from sync.wire.request import RequestClaims, authorize, new_nonce
from tests.central.conftest import Central
from tests.central.driver import Driver

Receive = Callable[[], Awaitable[Message]]


def method_of(path: str) -> str:
    return "PUT" if "bundles" in path or "assets" in path else "POST"


async def status_of(central: Central, path: str, authorization: str, receive: Receive) -> int:
    """Of a call whose body `receive` gives."""
    said: list[Message] = []

    async def send(message: Message) -> None:
        said.append(message)

    bare, _, query = path.partition("?")
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method_of(path),
        "scheme": "https",
        "path": bare,
        "raw_path": bare.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"authorization", authorization.encode()), (b"content-length", b"400000")],
        "client": ("10.0.0.9", 40000),
        "server": ("central", 443),
    }
    await central.calls.app(scope, receive, send)
    return int(said[0]["status"])


async def nothing_may_be_read() -> Message:
    raise AssertionError("a stranger's body was read")


def signature(driver: Driver, key: SigningKey, path: str) -> str:
    claims = RequestClaims(
        method_of(path), path, sha256_hex(b"x"), new_nonce(), driver.id, driver.incarnation
    )
    return authorize(key, claims)


@pytest.mark.parametrize(
    "path",
    [
        "/v1/terminals/{id}/operations",
        "/v1/terminals/{id}/evidence",
        "/v1/terminals/{id}/forks",
        "/v1/terminals/{id}/heartbeat",
        f"/v1/bundles/{'0' * 64}",
        f"/v1/assets/{'0' * 64}?op=x",
    ],
)
def test_a_strangers_body_is_not_read(central: Central, path: str) -> None:
    """Who proves nothing by the head of the request could else hold all places, or all of the memory."""
    driver = central.terminal()
    named = path.replace("{id}", driver.id)
    forged = signature(driver, SigningKey.generate(), named)
    for value in ("", forged):
        assert asyncio.run(status_of(central, named, value, nothing_may_be_read)) == 401


@pytest.mark.parametrize("path", ["/v1/terminals/{id}/heartbeat", "/v1/terminals/offer"])
def test_a_body_that_does_not_come_is_not_waited_for(
    central: Central, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Not even a terminal's own: its key may be stolen."""
    monkeypatch.setattr(auth, "BODY_SECONDS", 0.01)
    driver = central.terminal()
    named = path.replace("{id}", driver.id)
    pieces = iter([b"x"])

    async def receive() -> Message:
        for piece in pieces:
            return {"type": "http.request", "body": piece, "more_body": True}
        await asyncio.Event().wait()
        raise AssertionError("never")

    value = signature(driver, driver.key, named)
    assert asyncio.run(status_of(central, named, value, receive)) == 503

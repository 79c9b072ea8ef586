"""What an answer in the clear says of the network; a dead line and central's own host are no portal."""

import asyncio
import contextlib

import pytest

from sync.portal import look, stands_between
from tests.support.portal import HTML, http, portal

CENTRAL = "central.example"
REDIRECT = http("302 Found", b"", Location="http://signin.example/")
HOME = http("301 Moved Permanently", b"", Location=f"https://{CENTRAL}/")
BARE = http("302 Found", b"", Location="/login")


@pytest.mark.parametrize(
    ("head", "stranger", "is_portal"),
    [
        (REDIRECT, False, True),
        (REDIRECT, True, True),
        (http("511 Network Authentication Required", HTML), False, True),
        (http("200 OK", HTML), True, True),  # and over TLS somebody else answered
        (http("200 OK", HTML), False, False),  # central's host may well have a page
        (HOME, False, False),
        (HOME, True, True),
        (BARE, False, False),
        (http("502 Bad Gateway", HTML), True, False),
        (b"SSH-2.0-OpenSSH_9.2\r\n", True, True),
        (b"SSH-2.0-OpenSSH_9.2\r\n", False, False),
        (b"", True, False),
        (b"HTTP/1.1 abc\r\n\r\n", False, False),
    ],
)
def test_only_what_proves_a_sign_in_page_is_one(head: bytes, stranger: bool, is_portal: bool) -> None:
    assert (stands_between(head, CENTRAL, stranger) is not None) == is_portal


async def test_the_question_says_nothing_about_us() -> None:
    asked: list[bytes] = []

    def answer(head: bytes) -> bytes:
        asked.append(head)
        return REDIRECT

    async with portal(answer, None) as url:
        assert await look("127.0.0.1", False, int(url.rpartition(":")[2])) == "sends on to signin.example"
    assert asked == [b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"]


async def test_nobody_there_and_a_silent_one_are_no_portal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.portal.SECONDS", 0.05)

    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while await reader.read(100):
                pass
        writer.close()

    silent = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    assert await look("127.0.0.1", True, port) is None
    silent.close()
    assert await look("127.0.0.1", True, port) is None
    assert await look("no-such-name.invalid", True, port) is None

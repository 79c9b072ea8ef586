"""Asks, in the clear and without a word about us, whether a sign-in page keeps us from the network."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from sync.failures import HostileAnswer, Hostility, LinkError, NoLink, WrongCertificate

SECONDS = 3.0
MOST = 16 * 1024
HTTP = 80
SIGN_IN = 511  # RFC 6585, Network Authentication Required
REDIRECTS = frozenset({301, 302, 303, 307, 308})

Look = Callable[[str, bool], Awaitable[str | None]]
"""Host, and whether a stranger answered there over TLS → what stands between; None: nothing was seen."""
MayLook = Look | None


async def explained(error: NoLink | WrongCertificate, url: str, look: MayLook) -> LinkError:
    """The error itself, or the sign-in page that keeps central away."""
    stranger = isinstance(error, WrongCertificate)
    dated = isinstance(error, WrongCertificate) and error.hostility is Hostility.CERTIFICATE_DATES
    if look is None or dated:
        return error
    found = await look(urlsplit(url).hostname or "", stranger)
    return error if found is None else HostileAnswer(Hostility.CAPTIVE_PORTAL, found)


async def look(host: str, stranger: bool, port: int = HTTP) -> str | None:
    question = f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
    try:
        async with asyncio.timeout(SECONDS):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                writer.write(question)
                await writer.drain()
                head = await _head(reader)
            finally:
                writer.transport.abort()
    except (OSError, TimeoutError):
        return None
    return stands_between(head, host, stranger)


async def _head(reader: asyncio.StreamReader) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head and len(head) < MOST and (piece := await reader.read(4096)):
        head += piece
    return head


def stands_between(head: bytes, host: str, stranger: bool) -> str | None:
    """A page of central's own host proves nothing, unless a stranger answers there over TLS too."""
    first, *lines = head.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    version, _, rest = first.partition(" ")
    status = rest[:3]
    if not version.startswith("HTTP/") or not status.isdecimal():
        return "no HTTP" if head and stranger else None
    pairs = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    if int(status) == SIGN_IN:
        return "asks for signing in"
    if int(status) in REDIRECTS:
        to = urlsplit(headers.get("location", "")).hostname
        return f"sends on to {to}" if to is not None and (stranger or to != host) else None
    return f"a page of {host}" if stranger and int(status) < 500 else None

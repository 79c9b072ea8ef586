"""Holds one idle TLS connection to central, so that a pulled cable is noticed at once and costs no bytes."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Callable
from urllib.parse import urlsplit

CONNECT_LIMIT = 5.0
BETWEEN = 5.0
LONGEST_BETWEEN = 600.0  # whoever closes idle connections must not make us reconnect without end
# A line that dies without a word is missed after two minutes; Linux itself would ask after two hours.
ALIVE = {"TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 15, "TCP_KEEPCNT": 4}  # seconds, seconds, questions


class LineWatch:
    """`keep()` while online; `dropped` is called when the held connection ends."""

    def __init__(self, url: str, context: ssl.SSLContext, dropped: Callable[[], None]) -> None:
        parsed = urlsplit(url)
        self._host = parsed.hostname or ""
        self._port = parsed.port or 443
        self._context = context
        self._dropped = dropped
        self._task: asyncio.Task[None] | None = None
        self._not_before = 0.0
        self._between = BETWEEN

    def keep(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._hold(), name="line-watch")

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _hold(self) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(self._not_before - loop.time())
        self._not_before = loop.time() + self._between
        try:
            async with asyncio.timeout(CONNECT_LIMIT):
                reader, writer = await asyncio.open_connection(
                    self._host, self._port, ssl=self._context, server_hostname=self._host
                )
        except ConnectionError:  # gone between the exchange that went well and now
            self._dropped()
            return
        except (OSError, TimeoutError):  # the engine's own exchange says what is wrong
            return
        try:
            _ask_alive(writer.get_extra_info("socket"))
            began, broke = loop.time(), await _broke(reader)
            self._between = pause_after(self._between, loop.time() - began, broke=broke)
            self._not_before = loop.time() + self._between
            self._dropped()
        finally:
            writer.transport.abort()


def pause_after(before: float, lasted: float, *, broke: bool) -> float:
    """Seconds until the next connection: what was soon closed in good order will be closed again."""
    return BETWEEN if broke or lasted >= LONGEST_BETWEEN else min(LONGEST_BETWEEN, before * 2)


async def _broke(reader: asyncio.StreamReader) -> bool:
    try:
        await reader.read(1)
    except OSError:
        return True
    return False


def _ask_alive(raw: socket.socket | None) -> None:
    if raw is None:
        return
    with contextlib.suppress(OSError):
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in ALIVE.items():
            if hasattr(socket, name):  # as this system has them
                raw.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
